"""How many of a university's teachers may be part-time teachers from industry (TCH-13)."""

from typing import Final

from shared.rules import Facts, Finding, Rule, RuleShape
from shared.rules.fact_types import Heads
from shared.rules.trial import tried_alone

TCH_13: Final = RuleShape("TCH-13", params={"share_bp": int}, cases=("too_many",), facts=("teachers",))
_WHOLE_BP: Final = 10_000


class StaffFacts(Facts):
    """Heads of one university in one year: full-time teachers of every kind, and part-time ones from industry."""

    full_time: Heads | None = None
    part_time: Heads | None = None


def part_time_share(facts: StaffFacts, rule: Rule) -> Finding:
    """TCH-13: part-time teachers are normally at most 30 % of all teachers, themselves included.

    Compared exactly; the share that is shown is rounded up, so that what exceeds the limit also looks so. Source:
    national rules on part-time teachers of vocational schools.
    """
    if facts.full_time is None or facts.part_time is None or facts.full_time + facts.part_time == 0:
        return rule.unknown("teachers")
    limit = rule.number("share_bp")
    share = -(-facts.part_time * _WHOLE_BP // (facts.full_time + facts.part_time))
    if share > limit:
        return rule.fails("too_many", actual=share, limit=limit)
    return rule.passes(actual=share, limit=limit)


TRIAL: Final = tried_alone(TCH_13, StaffFacts, part_time_share)
