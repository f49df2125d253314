"""Which rosters act by themselves."""

from datetime import date

import pytest

from services.training.domain.roster.guard import ROS_01, RosterFacts, acts_by_itself
from shared.rules import Verdict, jurisdiction_of
from tests.unit.training.college import RULEBOOK

RULE = RULEBOOK.rule(ROS_01.id, on=date(2026, 9, 1), jurisdiction=jurisdiction_of("500101", None))


@pytest.mark.parametrize(
    ("known", "unnamed", "left", "touched", "case"),
    [
        (1000, 0, 20, 100, ""),
        (1000, 0, 21, 30, "left"),
        (1000, 0, 0, 101, "changed"),
        (1000, 1, 0, 1, "unnamed"),
        (0, 0, 0, 3, "first"),
        (0, 0, 0, 0, ""),
        (49, 0, 1, 1, "left"),
    ],
)
def test_a_roster_waits_where_more_than_a_share_would_change(
    known: int, unnamed: int, left: int, touched: int, case: str
) -> None:
    finding = acts_by_itself(RosterFacts(known=known, unnamed=unnamed, left=left, touched=touched), RULE)

    assert finding.case == case
    assert (finding.verdict is Verdict.PASS) is (case == "")
