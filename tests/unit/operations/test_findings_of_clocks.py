"""What is found after story S3: each sentence fails when what it says is not so, and only then."""

from dataclasses import replace
from typing import Any, cast

import pytest

from shared.operations.stories.obligation.cast import ObligationCast
from shared.operations.stories.obligation.college import college
from shared.operations.stories.obligation.evidence import ObligationEvidence, ObligationTold
from shared.operations.stories.obligation.findings import find
from shared.operations.stories.teller import Teller
from shared.operations.stories.telling import DELIVERED, Rest

WARNED, FULFILLED, OVERDUE = "tch_w", "tch_f", "tch_o"
PERSONNEL, OFFICE = "role:university_hr@org_u", "role:alliance_office@alliance"
COUNCIL = "role:council_member@org_u"
TRIALS = [{"verdict": asked.verdict, "actual": asked.days, "limit": 180} for asked in college().trials.asked]
STORY = ObligationTold(
    teller=cast("Teller", None),
    cast=ObligationCast(
        university="org_u",
        enterprise="org_e",
        teachers={"warned": WARNED, "fulfilled": FULFILLED, "overdue": OVERDUE},
    ),
    agreement="agr_1",
    trials=TRIALS,
)
CLOCKS: dict[str, dict[str, Any]] = {
    "warned": {
        "status": "at_risk",
        "done_days": 98,
        "missing_days": 180,
        "days_left": 200,
        "due_on": "2027-06-16",
        "begin_by": "2026-12-19",
    },
    "fulfilled": {"status": "fulfilled", "done_days": 186, "due_on": "2027-06-16"},
    "overdue": {"status": "overdue", "done_days": 98, "due_on": "2026-11-21"},
}
COUNTS = {"fulfilled": 1, "at_risk": 1, "overdue": 1, "on_track": 0, "not_started": 0}
TOLD = {
    ("e1", f"person:{WARNED}", "obligation_at_risk"): 1,
    ("e1", PERSONNEL, "teacher_at_risk"): 1,
    ("e2", f"person:{OVERDUE}", "obligation_overdue"): 1,
    ("e2", PERSONNEL, "teacher_overdue"): 1,
    ("e3", PERSONNEL, "practice_escalated"): 1,
    ("e3", OFFICE, "practice_escalated"): 1,
    ("e5", COUNCIL, "practice_escalated"): 1,
    ("e4", f"person:{FULFILLED}", "obligation_fulfilled"): 1,
}


def event(name: str, sequence: int, **data: Any) -> dict[str, Any]:
    """An event of the story."""
    return {"type": f"sunmao.{name}.v1", "test": True, "sequence": sequence, "data": data}


def clock(fact: str, sequence: int, teacher: str, **more: Any) -> dict[str, Any]:
    """What was told of a new teacher's half year."""
    return event(f"training.obligation.{fact}", sequence, teacher_id=teacher, kind="new_teacher_180", **more)


OPENED = [clock("opened", 1, teacher) for teacher in (WARNED, FULFILLED, OVERDUE)]
RISK = [clock("at_risk", 2, WARNED), clock("at_risk", 2, FULFILLED)]
DONE = clock("fulfilled", 3, FULFILLED)
LATE = clock("overdue", 2, OVERDUE, overdue_on="2026-11-22")
RAISED = event("notify.escalation.raised", 1, level=2)
RAISED_AGAIN = event("notify.escalation.raised", 2, level=3)
OTHER = event("training.obligation.fulfilled", 2, teacher_id=WARNED, kind="five_year_180")
DELIVERIES = [{"type": DELIVERED, "test": True, "sequence": 1, "data": {}}] * len(TOLD)
WELL = [*OPENED, *RISK, DONE, LATE, RAISED, RAISED_AGAIN, OTHER, *DELIVERIES]


def evidence(**changes: Any) -> ObligationEvidence:
    """What there is when all is well, with some of it changed."""
    told = changes.pop("told", TOLD)
    rest = Rest(events=changes.pop("events", WELL), due=told, told=told)
    well = ObligationEvidence(rest=rest, clocks=cast("Any", CLOCKS), counts=COUNTS, set_aside={"notify": []})
    return replace(well, **changes)


def failing(evidence: ObligationEvidence, story: ObligationTold = STORY) -> list[str]:
    """The sentences that do not hold."""
    return [finding.sentence for finding in find(story, evidence) if not finding.holds]


def but(fate: str, **changes: Any) -> dict[str, Any]:
    """The clocks, one of them changed."""
    return {"clocks": {**CLOCKS, fate: {**CLOCKS[fate], **changes}}}


def without(*left_out: dict[str, Any]) -> dict[str, Any]:
    """All events but these."""
    return {"events": [each for each in WELL if each not in left_out]}


def test_all_is_well_when_everything_is_there() -> None:
    assert failing(evidence()) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (but("warned", done_days=188), "the clock that is warned"),
        (but("fulfilled", status="at_risk"), "the clock that is fulfilled"),
        (but("overdue", done_days=0), "the clock that is overdue"),
        (but("warned", days_left=270), "it is at risk because"),
        (but("warned", missing_days=82), "it is at risk because"),
        (but("warned", begin_by="2026-12-20"), "it says by when"),
        ({"counts": {**COUNTS, "overdue": 0}}, "the department's numbers"),
        ({"events": [*WELL, clock("at_risk", 4, WARNED)]}, "each change of a clock"),
        (without(DONE), "each change of a clock"),
        (without(RAISED), "the ladder went up step by step"),
        (without(RAISED_AGAIN), "the ladder went up step by step"),
        ({"events": [*WELL, {**event("x.y.z", 1), "test": False}]}, "every event is marked"),
        (but("overdue", due_on="2026-11-22"), "2026-11-22 was the last admissible day"),
        ({"set_aside": {"training": ["x"]}}, "no service has a dead letter"),
        ({"events": WELL[:-1]}, "each was delivered once"),
    ],
)
def test_what_is_not_so_is_found(changes: dict[str, Any], sentence: str) -> None:
    (failed,) = failing(evidence(**changes))

    assert failed.startswith(sentence)


@pytest.mark.parametrize("forgotten", TOLD, ids=lambda key: f"{key[2]} to {key[1]}")
def test_whoever_was_not_told_is_missed_even_where_the_table_forgets_them(forgotten: tuple[str, str, str]) -> None:
    told = {key: count for key, count in TOLD.items() if key != forgotten}

    (failed,) = failing(evidence(told=told, events=WELL[:-1]))

    assert failed.startswith("everybody hears")


@pytest.mark.parametrize("number", range(len(TRIALS)))
def test_a_trial_that_counts_otherwise_is_found(number: int) -> None:
    said = [{**each, "actual": 97} if place == number else each for place, each in enumerate(TRIALS)]

    (failed,) = failing(evidence(), replace(STORY, trials=said))

    assert failed.startswith("hired 2024-09-01")
