"""Whether the committee's meeting can approve a recognition: enough of its members are there, and enough are for it."""

from fractions import Fraction
from math import ceil, floor
from typing import Final

from shared.rules import Facts, Finding, Rule, RuleShape, tried_alone
from shared.rules.fact_types import Heads

TCH_16: Final = RuleShape(
    "TCH-16",
    params={"quorum": Fraction, "majority": Fraction},
    cases=("quorum", "majority"),
    facts=("members", "present", "in_favour"),
)


class VoteFacts(Facts):
    """How the committee voted: all its members, those who were there, those who were for it, and what came of that."""

    approved: bool
    members: Heads | None = None
    present: Heads | None = None
    in_favour: Heads | None = None


def committee_has_voted(facts: VoteFacts, rule: Rule) -> Finding:
    """TCH-16: two thirds of the members decide, and more than half of all members approve. The alliance's own rule."""
    if facts.members is None or facts.present is None or facts.in_favour is None:
        counted = {"members": facts.members, "present": facts.present, "in_favour": facts.in_favour}
        return rule.unknown(*(name for name, count in counted.items() if count is None))
    quorum = ceil(rule.ratio("quorum") * facts.members)
    if facts.present < quorum:
        return rule.fails("quorum", actual=facts.present, limit=quorum)
    majority = floor(rule.ratio("majority") * facts.members) + 1
    if facts.approved and facts.in_favour < majority:
        return rule.fails("majority", actual=facts.in_favour, limit=majority)
    return rule.passes(actual=facts.in_favour, limit=majority)


TRIAL: Final = tried_alone(TCH_16, VoteFacts, committee_has_voted)
