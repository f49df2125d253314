"""Whom a university may recruit as a professional teacher (TCH-12)."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Final

from services.training.domain.faculty.career import Degree, Employments
from services.training.domain.faculty.employment_months import completed_months
from services.training.domain.faculty.skill_level import SkillLevel, reaches
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial, Verdict, all_of, verdict_of
from shared.rules.fact_types import FEW

TCH_12: Final = RuleShape(
    "TCH-12",
    params={
        "months": int,
        "full_time_hours": int,
        "degrees": tuple,
        "relaxed_degrees": tuple,
        "skilled_from": tuple,
        "exceptions": tuple,
    },
    cases=("months", "degree", "months_and_degree"),
    facts=("employments", "weekly_hours", "degree", "skill_levels"),
)
REASONS: Final = {
    "months": ("months",),
    "degree": ("degree",),
    "months_and_degree": ("months", "degree"),
}
"""What a candidate lacks, by the case of the finding."""


class RecruitingFacts(Facts):
    """What is known of a candidate. Without skill qualifications the list is empty; None is what nobody has stated."""

    employments: Employments | None = None
    degree: Degree | None = None
    skill_levels: Annotated[tuple[SkillLevel, ...], FEW] | None = None


def may_be_recruited(facts: RecruitingFacts, *, on: date, rule: Rule, order: Rule) -> Finding:
    """TCH-12: 36 whole months of enterprise work by `on`, the date of the notice, and a higher-vocational degree.

    The degree is relaxed for whoever has the skill level that the rule names. Source: the action plan; "in principle",
    so that an exception with a coded reason may be granted.
    """
    least, most = _months(facts, on, rule)
    worked = verdict_of(True if least >= rule.number("months") else None if most >= rule.number("months") else False)
    educated = _educated(facts, rule, order)
    match all_of((worked, educated)):
        case Verdict.UNKNOWN:
            return rule.unknown(*_missing(facts, worked, educated))
        case Verdict.PASS:
            return rule.passes(actual=least, limit=rule.number("months"))
        case _:
            return rule.fails(_case(worked, educated), actual=least, limit=rule.number("months"))


def reasons_of(finding: Finding) -> tuple[str, ...]:
    """What a candidate lacks, or what is not known of them, as codes."""
    return tuple(missing.fact for missing in finding.missing) or REASONS.get(finding.case, ())


def _months(facts: RecruitingFacts, on: date, rule: Rule) -> tuple[int, int]:
    """The months that are proved, and those that there may be."""
    if facts.employments is None:
        return 0, rule.number("months")
    work = [employment for employment in facts.employments if employment.enterprise]
    hours = rule.number("full_time_hours")
    least, most = (
        completed_months(work, until=on, full_time_hours=hours, unstated=Fraction(unstated)) for unstated in (0, 1)
    )
    return least, most


def _educated(facts: RecruitingFacts, rule: Rule, order: Rule) -> Verdict:
    if facts.degree is None:
        return Verdict.UNKNOWN
    if facts.degree in rule.names("degrees"):
        return Verdict.PASS
    if facts.degree not in rule.names("relaxed_degrees"):
        return Verdict.FAIL
    if facts.skill_levels is None:
        return Verdict.UNKNOWN
    return verdict_of(any(_skilled(level, rule, order) for level in facts.skill_levels))


def _skilled(level: SkillLevel, rule: Rule, order: Rule) -> bool:
    return all(reaches(level, SkillLevel(least), order) for least in rule.names("skilled_from"))


def _case(worked: Verdict, educated: Verdict) -> str:
    if worked is educated:
        return "months_and_degree"
    return "months" if worked is Verdict.FAIL else "degree"


def _missing(facts: RecruitingFacts, worked: Verdict, educated: Verdict) -> Iterator[str]:
    if worked is Verdict.UNKNOWN:
        yield "employments" if facts.employments is None else "weekly_hours"
    if educated is Verdict.UNKNOWN:
        yield "degree" if facts.degree is None else "skill_levels"


def _judge(facts: RecruitingFacts, asked: Asked) -> Finding:
    return may_be_recruited(facts, on=asked.on, rule=asked.rule("TCH-12"), order=asked.rule("TCH-15"))


TRIAL: Final = Trial(TCH_12, RecruitingFacts, _judge)
