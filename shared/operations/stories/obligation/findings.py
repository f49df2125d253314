"""What must hold after story S3."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from shared.operations.stories.finding import Finding, listed, name_of, told_of
from shared.operations.stories.obligation.clocking import KIND
from shared.operations.stories.obligation.college import Fate, Trials, college
from shared.operations.stories.obligation.evidence import RAISED, ObligationEvidence, ObligationTold
from shared.operations.stories.telling import everybody_was_told, nothing_set_aside, was_told

OWED, MARGIN = 180, 90
"""Days of practice in one piece, and how many more than are missing must be left before somebody warns."""
DONE: Final[Mapping[Fate, int]] = {"warned": 98, "fulfilled": 186, "overdue": 98}
STATUS: Final[Mapping[Fate, str]] = {"warned": "at_risk", "fulfilled": "fulfilled", "overdue": "overdue"}
_DAY: Final = timedelta(days=1)
_OFFICE: Final = "role:alliance_office@alliance"


def find(story: ObligationTold, evidence: ObligationEvidence) -> list[Finding]:
    """Everything that S3 asserts."""
    return [
        *_of_the_trials(college().trials, story.trials),
        *_of_the_clocks(evidence),
        *_of_the_events(story, evidence),
        *_of_those_told(story, evidence),
        *everybody_was_told(evidence.rest),
        nothing_set_aside(evidence.set_aside),
    ]


def _of_the_trials(trials: Trials, said: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    for asked, answer in zip(trials.asked, said, strict=True):
        enough = "is enough" if asked.verdict == "pass" else "is not enough"
        lengths = " and ".join(str((last - first).days + 1) for first, last in trials.periods(asked.practised))
        yield Finding(
            f"hired {trials.hired_on}, practised {lengths} days {asked.practised}: on {asked.day} {enough}",
            (answer["verdict"], answer["actual"]) == (asked.verdict, asked.days),
            f"{answer['verdict']}: {answer['actual']} of {answer['limit']} days",
        )


def _of_the_clocks(evidence: ObligationEvidence) -> Iterator[Finding]:
    clocks = evidence.clocks
    for fate, status in STATUS.items():
        clock = clocks.get(fate, {})
        stands = (clock.get("status"), clock.get("done_days")) == (status, DONE[fate])
        found = f"{clock.get('status')}, {clock.get('done_days')} days, due {clock.get('due_on')}"
        yield Finding(f"the clock that is {fate} has counted {DONE[fate]} days and is {status}", stands, found)
    warned = clocks["warned"]
    left, missing = warned["days_left"], warned["missing_days"]
    yield Finding(
        f"it is at risk because fewer than the missing days and {MARGIN} are left",
        missing == OWED and left < missing + MARGIN,
        f"{left} left, {missing} missing",
    )
    begin_by = date.fromisoformat(warned["due_on"]) - (OWED - 1) * _DAY
    yield Finding(
        "it says by when half a year must begin", warned["begin_by"] == begin_by.isoformat(), str(warned["begin_by"])
    )
    wanted = {"fulfilled": 1, "at_risk": 1, "overdue": 1, "on_track": 0, "not_started": 0}
    counted = {status: evidence.counts.get(status) for status in wanted}
    yield Finding("the department's numbers say so too", counted == wanted, told_of(counted))


def _of_the_events(story: ObligationTold, evidence: ObligationEvidence) -> Iterator[Finding]:
    teachers = story.cast.teachers
    wanted = {"warned": ["at_risk"], "fulfilled": ["at_risk", "fulfilled"], "overdue": ["overdue"]}
    told = {str(fate): [name for name, _ in _told_of_clock(evidence, teacher)] for fate, teacher in teachers.items()}
    yield Finding("each change of a clock was told once", told == wanted, told_of(told))
    last = date.fromisoformat(evidence.clocks["overdue"]["due_on"])
    days = [data.get("overdue_on") for name, data in _told_of_clock(evidence, teachers["overdue"]) if name == "overdue"]
    yield Finding(
        f"{last} was the last admissible day, and the overdue event carries the day after",
        days == [(last + _DAY).isoformat()],
        listed([str(day) for day in days]) or "nothing",
    )
    unmarked = [name_of(event) for event in evidence.rest.events if event.get("test") is not True]
    found = listed(unmarked) or f"{len(evidence.rest.events)} marked"
    yield Finding("every event is marked as a demonstration", not unmarked, found)


def _told_of_clock(evidence: ObligationEvidence, teacher: str) -> list[tuple[str, Mapping[str, Any]]]:
    """What was told of a new teacher's half year since it was owed, in order."""
    told = [
        (name_of(event).removeprefix("training.obligation."), event)
        for event in evidence.rest.events
        if name_of(event).startswith("training.obligation.")
        and event["data"]["teacher_id"] == teacher
        and event["data"]["kind"] == KIND
    ]
    told.sort(key=lambda one: one[1]["sequence"])
    return [(name, event["data"]) for name, event in told if name != "opened"]


def _of_those_told(story: ObligationTold, evidence: ObligationEvidence) -> Iterator[Finding]:
    told, cast = evidence.rest.told, story.cast
    personnel = f"role:university_hr@{cast.university}"
    wanted = {
        "of the risk": (
            ("obligation_at_risk", f"person:{cast.teachers['warned']}"),
            ("teacher_at_risk", personnel),
        ),
        "of the half year that is overdue": (
            ("obligation_overdue", f"person:{cast.teachers['overdue']}"),
            ("teacher_overdue", personnel),
        ),
        "seven days later, one level up": (("practice_escalated", personnel), ("practice_escalated", _OFFICE)),
        "a month later, in the council": (("practice_escalated", f"role:council_member@{cast.university}"),),
        "that it is done": (("obligation_fulfilled", f"person:{cast.teachers['fulfilled']}"),),
    }
    for what, tellings in wanted.items():
        missing = [f"{template} to {party}" for template, party in tellings if not was_told(told, template, party)]
        heard = ", ".join(party.partition("@")[0] for _, party in tellings)
        yield Finding(f"everybody hears {what}", not missing, listed(missing) or heard)
    levels = [event["data"]["level"] for event in evidence.rest.events if name_of(event) == RAISED]
    yield Finding(
        "the ladder went up step by step, to the council", levels == [2, 3], listed([str(level) for level in levels])
    )
