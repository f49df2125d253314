"""What those who arrange internships may not do: intermediaries (INT-11), fees (INT-16), force and profit (INT-18)."""

from collections.abc import Iterator
from typing import Final

from services.training.domain.internship.rules.facts import ConductFacts
from services.training.domain.internship.rules.weighing import gravest, listed
from shared.rules import Asked, Facts, Finding, Rule, RuleShape, Trial

INT_11: Final = RuleShape("INT-11", cases=("intermediary",), facts=("intermediary",))
INT_16: Final = RuleShape(
    "INT-16",
    params={"barred_fees": tuple},
    cases=("fees", "documents", "guarantee"),
    facts=("fees", "documents", "guarantee"),
)
INT_18: Final = RuleShape("INT-18", cases=("forced", "profit"), facts=("forced", "profit"))


class ArrangedFacts(Facts):
    """What INT-11, INT-16 and INT-18 are judged by."""

    conduct: ConductFacts = ConductFacts()


def no_intermediary(facts: ArrangedFacts, asked: Asked) -> Finding:
    """INT-11: internships are not arranged by intermediaries or paid agents."""
    rule = asked.rule(INT_11.id)
    return gravest(rule, _not_true(rule, "intermediary", happens=facts.conduct.intermediary))


def nothing_taken(facts: ArrangedFacts, asked: Asked) -> Finding:
    """INT-16: no fee of any kind for the internship, no holding of documents, no guarantee."""
    rule, conduct = asked.rule(INT_16.id), facts.conduct
    return gravest(
        rule,
        (
            *_fees(conduct, rule),
            *_not_true(rule, "documents", happens=conduct.holds_documents),
            *_not_true(rule, "guarantee", happens=conduct.asks_guarantee),
        ),
    )


def _fees(conduct: ConductFacts, rule: Rule) -> Iterator[Finding]:
    if conduct.fees is None:
        yield rule.unknown("fees")
    elif barred := [fee for fee in conduct.fees if fee in rule.names("barred_fees")]:
        yield rule.fails("fees", actual=listed(barred))


def free_of_force(facts: ArrangedFacts, asked: Asked) -> Finding:
    """INT-18: nobody forces a unit upon the school, and nobody makes a profit of organising internships."""
    rule, conduct = asked.rule(INT_18.id), facts.conduct
    return gravest(
        rule,
        (
            *_not_true(rule, "forced", happens=conduct.forced_on_school),
            *_not_true(rule, "profit", happens=conduct.for_profit),
        ),
    )


def _not_true(rule: Rule, name: str, *, happens: bool | None) -> Iterator[Finding]:
    if happens is None:
        yield rule.unknown(name)
    elif happens:
        yield rule.fails(name)


TRIALS: Final = (
    Trial(INT_11, ArrangedFacts, no_intermediary),
    Trial(INT_16, ArrangedFacts, nothing_taken),
    Trial(INT_18, ArrangedFacts, free_of_force),
)
