"""Which rosters act by themselves, and which wait for an office (ROS-01)."""

from fractions import Fraction
from typing import Final

from shared.rules import Facts, Finding, Rule, RuleShape, Trial, tried_alone
from shared.rules.fact_types import Heads

ROS_01: Final = RuleShape(
    "ROS-01", params={"changed": Fraction, "left": Fraction}, cases=("unnamed", "first", "left", "changed")
)


class RosterFacts(Facts):
    """How many people (or posts) are on the register, and how many rows or people are unnamed, touched, or not listed.

    `touched` counts whoever is new, changed, back or gone, and the rows that do not fit.
    """

    known: Heads
    unnamed: Heads
    left: Heads
    touched: Heads


def acts_by_itself(facts: RosterFacts, rule: Rule) -> Finding:
    """ROS-01: only a small share may change, and a smaller one leave, unless somebody has looked at it."""
    if facts.unnamed:
        return rule.fails("unnamed", actual=facts.unnamed, limit=0)
    if not facts.known and facts.touched:
        return rule.fails("first", actual=facts.touched)
    for case, number in (("left", facts.left), ("changed", facts.touched)):
        limit = int(rule.ratio(case) * facts.known)
        if number > limit:
            return rule.fails(case, actual=number, limit=limit)
    return rule.passes(actual=facts.touched)


TRIALS: Final[tuple[Trial, ...]] = (tried_alone(ROS_01, RosterFacts, acts_by_itself),)
