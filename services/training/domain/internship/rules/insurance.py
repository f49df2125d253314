"""Liability insurance for interns (INT-19): for every day, and never at the student's cost."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.training.domain.internship.rules.facts import InsuranceFacts, PeriodFacts
from services.training.domain.internship.rules.occupancy import merged
from services.training.domain.internship.rules.weighing import gravest
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

INT_19: Final = RuleShape(
    "INT-19",
    params={"payers": tuple},
    cases=("payer", "deducted", "gap"),
    facts=("insurance", "deduction", "segments"),
)


class LiabilityInsuranceFacts(Facts):
    """What INT-19 is judged by."""

    period: PeriodFacts = PeriodFacts()
    insurance: tuple[InsuranceFacts, ...] = ()


def insured(facts: LiabilityInsuranceFacts, asked: Asked) -> Finding:
    """INT-19: school or unit insures every day of the internship; the student neither pays nor is deducted."""
    rule = asked.rule(INT_19.id)
    if not facts.insurance:
        return rule.unknown("insurance")
    return gravest(rule, _insured(facts, rule))


def _insured(facts: LiabilityInsuranceFacts, rule: Rule) -> Iterator[Finding]:
    for policy in facts.insurance:
        yield from _paid_for(policy, rule)
    if facts.period.first is None:
        yield rule.unknown("segments")
    uncovered = first_uncovered(facts.period, facts.insurance)
    if uncovered is not None:
        yield rule.fails("gap", actual=uncovered.isoformat())


def _paid_for(policy: InsuranceFacts, rule: Rule) -> Iterator[Finding]:
    if policy.payer not in rule.names("payers"):
        yield rule.fails("payer", actual=policy.payer)
    if policy.deducted_from_pay is None:
        yield rule.unknown("deduction")
    elif policy.deducted_from_pay:
        yield rule.fails("deducted", actual=policy.policy_no)


def first_uncovered(period: PeriodFacts, policies: tuple[InsuranceFacts, ...]) -> date | None:
    """The first day of an internship that no policy covers; days between its segments need none."""
    covered = merged(policies)
    for first, last in merged(period.segments):
        until = next((end for start, end in covered if start <= first <= end), first - 1)
        if until < last:
            return date.fromordinal(until + 1)
    return None


TRIALS: Final = (Trial(INT_19, LiabilityInsuranceFacts, insured),)
