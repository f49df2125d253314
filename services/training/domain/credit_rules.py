"""How learning becomes credits: from hours (X-03), never twice (X-05), into a course only where it fits (X-06)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Annotated, Final

from shared.contracts.fields import Code, Count, Name
from shared.rules import Facts, Finding, Rule, RuleShape, Trial, Verdict, tried_alone
from shared.rules.fact_types import SOME

X_03: Final = RuleShape("X-03", params={"hours_per_credit": int}, cases=("divisor", "hours"), facts=("hours",))
X_05: Final = RuleShape(
    "X-05",
    params={"conversions_per_programme": int},
    cases=("converted_before", "exceeds_recognised"),
    facts=("recognition",),
)
X_06: Final = RuleShape("X-06", params={"coverage_bp": int}, cases=("coverage",), facts=("integration_map",))
POSTED: Final = "posted"
_BASIS_POINTS: Final = 10_000
_WORST_FIRST: Final = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.PASS)


def half_credits(hours: Fraction, rule: Rule, *, divisor: int | None = None) -> int:
    """X-03: class hours / 17 (or the plan's divisor) in half credits, half rounded up: 68 hours are 8 half credits."""
    hours_per_credit = rule.number("hours_per_credit") if divisor is None else divisor
    return floor(2 * hours / hours_per_credit + Fraction(1, 2))


def hours_give_credits(hours: Fraction | None, rule: Rule, *, divisor: int | None = None) -> Finding:
    """X-03: there are class hours, and the divisor is one that the guideline admits: a whole number from 16 to 18.

    `actual` is the worth in half credits. Source: guideline on training plans of vocational programmes, 2019.
    """
    if hours is None:
        return rule.unknown("hours")
    least, most = rule.ranges["hours_per_credit"]
    if divisor is not None and not least <= divisor <= most:
        return rule.fails("divisor", actual=divisor, limit=f"{least}-{most}")
    if hours <= 0:
        return rule.fails("hours", actual=str(hours))
    return rule.passes(actual=half_credits(hours, rule, divisor=divisor))


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierConversion:
    """What an earlier conversion made of the same outcome, and how that stands now."""

    target_programme_id: str
    half_credits: int
    status: str


def converts_once(
    earlier: Iterable[EarlierConversion],
    *,
    target_programme_id: str,
    half_credits: int,
    recognised: int | None,
    rule: Rule,
) -> Finding:
    """X-05: an outcome is converted once per target programme, and never into more than was recognised (half credits).

    Only posted conversions count; a reversed one stays in the ledger and frees the outcome. The alliance's own rule.
    """
    posted = [conversion for conversion in earlier if conversion.status == POSTED]
    times = sum(conversion.target_programme_id == target_programme_id for conversion in posted)
    most = rule.number("conversions_per_programme")
    if times >= most:
        return rule.fails("converted_before", actual=times, limit=most)
    if recognised is None:
        return rule.unknown("recognition")
    total = half_credits + sum(conversion.half_credits for conversion in posted)
    if total > recognised:
        return rule.fails("exceeds_recognised", actual=total, limit=recognised)
    return rule.passes(actual=total, limit=recognised)


def course_is_covered(target_course: str | None, coverage_bp: int | None, rule: Rule) -> Finding:
    """X-06: a course is a target only where the integration map covers 70 % of its outcomes (in basis points).

    Without a course the credits are elective and the rule holds. The alliance's own rule.
    """
    if target_course is None:
        return rule.passes()
    if coverage_bp is None:
        return rule.unknown("integration_map")
    limit = rule.number("coverage_bp")
    if coverage_bp < limit:
        return rule.fails("coverage", actual=coverage_bp, limit=limit)
    return rule.passes(actual=coverage_bp, limit=limit)


class HoursFacts(Facts):
    """What X-03 is judged by: class hours, and how many of them a plan takes for one credit, where it says so."""

    hours: Count | None = None
    divisor: Count | None = None


class PartFacts(Facts):
    """What a conversion takes of one outcome, and what the outcome was recognised as worth, in half credits."""

    outcome_id: Name
    half_credits: Count
    recognised: Count | None = None


class EarlierFacts(Facts):
    """What an earlier conversion took of an outcome, and how that conversion stands now."""

    outcome_id: Name
    target_programme_id: Name
    half_credits: Count
    status: Code


class ConversionFacts(Facts):
    """What X-05 is judged by: a conversion into one programme, and the earlier ones of the same learner."""

    target_programme_id: Name
    parts: Annotated[tuple[PartFacts, ...], SOME]
    earlier: tuple[EarlierFacts, ...] = ()


class CourseFacts(Facts):
    """What X-06 is judged by: the target course, its outcomes, and those of them that the integration map covers."""

    target_course: Name | None = None
    course_outcomes: tuple[Name, ...] | None = None
    covered_outcomes: tuple[Name, ...] | None = None


def outcome_is_worth(facts: HoursFacts, rule: Rule) -> Finding:
    """X-03, asked of stated facts."""
    hours = None if facts.hours is None else Fraction(facts.hours)
    return hours_give_credits(hours, rule, divisor=facts.divisor)


def every_part_converts_once(facts: ConversionFacts, rule: Rule) -> Finding:
    """X-05, asked of every part of a conversion: the first that fails, else that is not known, else that holds."""
    findings = [
        converts_once(
            _earlier_of(part, facts),
            target_programme_id=facts.target_programme_id,
            half_credits=part.half_credits,
            recognised=part.recognised,
            rule=rule,
        )
        for part in facts.parts
    ]
    return min(findings, key=lambda finding: _WORST_FIRST.index(finding.verdict))


def target_is_covered(facts: CourseFacts, rule: Rule) -> Finding:
    """X-06, asked of the outcomes of a course; a course without any is not known."""
    if not facts.course_outcomes or facts.covered_outcomes is None:
        return course_is_covered(facts.target_course, None, rule)
    outcomes = frozenset(facts.course_outcomes)
    covered = len(outcomes & frozenset(facts.covered_outcomes))
    return course_is_covered(facts.target_course, covered * _BASIS_POINTS // len(outcomes), rule)


def _earlier_of(part: PartFacts, facts: ConversionFacts) -> list[EarlierConversion]:
    return [
        EarlierConversion(target_programme_id=one.target_programme_id, half_credits=one.half_credits, status=one.status)
        for one in facts.earlier
        if one.outcome_id == part.outcome_id
    ]


TRIALS: Final[tuple[Trial, ...]] = (
    tried_alone(X_03, HoursFacts, outcome_is_worth),
    tried_alone(X_05, ConversionFacts, every_part_converts_once),
    tried_alone(X_06, CourseFacts, target_is_covered),
)
