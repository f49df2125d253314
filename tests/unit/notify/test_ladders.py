"""Ladders of reminders: each step once, to whom it names, until nothing is owed; a day that moves moves them along."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import TypeAdapter, ValidationError

from services.notify import handlers
from services.notify.domain.escalation import Erased, Escalation, Term
from services.notify.domain.ladder import Ladder, Step
from services.notify.domain.owed import begun_by
from services.notify.domain.party import ALLIANCE_OFFICE
from services.notify.queries import escalations
from services.notify.storage import NotifyWork
from services.notify.storage.ladders import shipped_ladders
from services.notify.subscribers import employment, obligation
from shared.contracts.event import Event
from shared.contracts.fields import Known
from shared.contracts.ids import new_id
from shared.contracts.notify import EscalationRaised
from shared.contracts.training import (
    ObligationAtRisk,
    ObligationFulfilled,
    ObligationOpened,
    ObligationOverdue,
    ObligationRegressed,
    ObligationState,
    PlacementGraded,
    PlacementLogOverdue,
    PlacementLogReceived,
    PlacementTerminated,
    TeacherState,
)
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import MemoryStore, memory_work
from tests.unit.notify.world import UNIVERSITY, golden

DUE = date(2026, 8, 31)
DAY = timedelta(days=1)
TEACHER = golden(ObligationOpened).teacher_id
OBLIGATION = golden(ObligationOpened).obligation_id
STUDENT, PLACEMENT = golden(PlacementLogOverdue).student_id, golden(PlacementLogOverdue).placement_id
HR, COOP = f"role:university_hr@{UNIVERSITY}", f"role:university_coop_office@{UNIVERSITY}"
COUNCIL = f"role:council_member@{UNIVERSITY}"
SUPERVISOR = "tch_01KM4C37M0X2Y1CF42XVGRECS8"
LADDERS = shipped_ladders()


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


async def hear(store: MemoryStore, event: Event, on: date) -> None:
    work = memory_work(NotifyWork, store, actor="system:notify", now=at(on), correlation_id="story_1")
    await handlers.keep_ladders(event, work)
    await work.flush()


async def climb(store: MemoryStore, on: date) -> list[EscalationRaised]:
    """Let the clock find what is due on a day; what is raised."""
    before = len(store.facts)
    for id, row in list(store.rows["escalation"].items()):
        if row["next_on"] is not None and row["next_on"] <= on:
            work = memory_work(NotifyWork, store, actor="system:notify", now=at(on))
            await handlers.climb_ladder(id, work)
            await work.flush()
    return [fact for fact in store.facts[before:] if isinstance(fact, EscalationRaised)]


async def climbed(store: MemoryStore, first: date, last: date) -> dict[int, list[str]]:
    """What is raised day by day, by the days since the day on which it was due."""
    told: dict[int, list[str]] = {}
    for place in range((last - first).days + 1):
        for fact in await climb(store, first + place * DAY):
            told.setdefault(fact.days, []).extend(fact.addressees)
    return told


def owing(body: type[Any], **changes: Any) -> Any:
    of_teacher = {"obligation_id": OBLIGATION, "teacher_id": TEACHER, "university_id": UNIVERSITY}
    return golden(body, **{**of_teacher, "due_on": DUE.isoformat(), **changes})


def late_log(**changes: Any) -> PlacementLogOverdue:
    said = {"university_id": UNIVERSITY, "due_on": DUE.isoformat(), "supervisor_id": SUPERVISOR, **changes}
    return golden(PlacementLogOverdue, **said)


def keep_term(store: MemoryStore, id: str, *, lasts: bool, due_on: date | None = None) -> None:
    store.put(NotifyWork.terms.mapping, Term(id, 1, lasts, due_on))


async def test_a_teacher_is_reminded_of_what_is_owed_on_each_day_of_the_ladder_and_once() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 400 * DAY)

    told = await climbed(store, DUE - 400 * DAY, DUE + 60 * DAY)

    assert told == {days: [f"person:{TEACHER}"] for days in (-365, -180, -90, -30, -7, 0)}
    assert len({(fact.escalation_id, fact.step) for fact in store.facts}) == 6


async def test_the_personnel_office_is_reminded_once_it_is_at_risk() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 400 * DAY)
    await hear(store, owing(ObligationAtRisk), DUE - 100 * DAY)

    await climb(store, DUE - 100 * DAY)

    told = await climbed(store, DUE - 99 * DAY, DUE)

    both = {f"person:{TEACHER}", HR}
    assert {days: set(them) for days, them in told.items()} == dict.fromkeys((-90, -30, -7, 0), both)


async def test_what_is_overdue_goes_up_to_the_office_of_the_alliance_and_after_a_month_to_the_council() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOverdue), DUE + DAY)

    told = await climbed(store, DUE + DAY, DUE + 90 * DAY)

    assert told == {7: [HR, ALLIANCE_OFFICE], 30: [COUNCIL]}
    assert [fact.level for fact in store.facts if isinstance(fact, EscalationRaised)] == [2, 3]


async def test_what_is_heard_of_late_goes_up_at_once_and_says_how_late_it_is() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOverdue), DUE + 90 * DAY)

    fact, last = await climb(store, DUE + 90 * DAY)

    assert (fact.days, fact.step, fact.level, fact.addressees) == (90, 1, 2, [HR, ALLIANCE_OFFICE])
    assert (last.days, last.step, last.level, last.addressees) == (90, 2, 3, [COUNCIL])
    assert (fact.subject_id, fact.owed_by_id, fact.due_on) == (OBLIGATION, TEACHER, DUE)


async def test_steps_that_had_passed_at_the_beginning_of_an_obligation_are_left_out() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 100 * DAY)

    assert set(await climbed(store, DUE - 100 * DAY, DUE)) == {-90, -30, -7, 0}


async def test_nothing_more_is_raised_once_it_is_fulfilled() -> None:
    store = MemoryStore()
    for body in (ObligationOpened, ObligationAtRisk):
        await hear(store, owing(body), DUE - 100 * DAY)
    await climbed(store, DUE - 100 * DAY, DUE - 60 * DAY)

    await hear(store, owing(ObligationFulfilled), DUE - 60 * DAY)

    assert await climbed(store, DUE - 60 * DAY, DUE + 60 * DAY) == {}


async def test_what_is_owed_again_is_reminded_of_again_but_no_step_of_one_day_twice() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 100 * DAY)
    await climbed(store, DUE - 100 * DAY, DUE - 30 * DAY)
    await hear(store, owing(ObligationFulfilled), DUE - 30 * DAY)

    await hear(store, owing(ObligationRegressed), DUE - 30 * DAY)

    told = await climbed(store, DUE - 30 * DAY, DUE + 60 * DAY)
    assert {days: set(them) for days, them in told.items()} == {
        -7: {f"person:{TEACHER}", HR},
        0: {f"person:{TEACHER}", HR},
        7: {HR, ALLIANCE_OFFICE},
        30: {COUNCIL},
    }


async def test_a_repeated_beginning_changes_nothing() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 400 * DAY)
    once = dict(store.rows["escalation"])

    await hear(store, owing(ObligationOpened), DUE - 365 * DAY)

    assert store.rows["escalation"] == once


async def test_a_day_that_moved_is_reminded_of_as_its_state_says() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 100 * DAY)
    keep_term(store, OBLIGATION, lasts=True, due_on=DUE + 50 * DAY)

    told = [fact for place in range(160) for fact in await climb(store, DUE + (place - 90) * DAY)]

    assert [(fact.days, fact.due_on) for fact in told] == [(days, DUE + 50 * DAY) for days in (-90, -30, -7, 0)]


async def test_an_event_that_names_another_day_moves_the_ladder() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 100 * DAY)

    await hear(store, owing(ObligationAtRisk, due_on=(DUE + 365 * DAY).isoformat()), DUE - 90 * DAY)

    assert {row["due_on"] for row in store.rows["escalation"].values()} == {DUE + 365 * DAY}


@pytest.mark.parametrize("subject", [OBLIGATION, TEACHER], ids=["what is met", "who has left"])
async def test_what_lasts_no_longer_is_not_reminded_of(subject: str) -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 100 * DAY)
    keep_term(store, subject, lasts=False)

    assert await climbed(store, DUE - 100 * DAY, DUE) == {}
    assert [row["next_on"] for row in store.rows["escalation"].values()] == [None]


async def test_a_missing_log_is_asked_for_by_more_and_more() -> None:
    store = MemoryStore()
    await hear(store, late_log(), DUE + DAY)

    told = await climbed(store, DUE + DAY, DUE + 60 * DAY)

    student = f"person:{STUDENT}"
    assert told == {2: [student], 7: [student, f"person:{SUPERVISOR}"], 14: [COOP]}


async def test_when_the_clock_stood_still_nobody_is_reminded_twice_at_once() -> None:
    store = MemoryStore()
    await hear(store, late_log(), DUE + DAY)

    raised = await climb(store, DUE + 20 * DAY)

    assert [(fact.step, fact.days, fact.addressees) for fact in raised] == [
        (2, 20, [f"person:{STUDENT}", f"person:{SUPERVISOR}"]),
        (3, 20, [COOP]),
    ]


async def test_a_log_without_a_supervisor_is_asked_for_by_the_others() -> None:
    store = MemoryStore()
    await hear(store, late_log(supervisor_id=None), DUE + DAY)

    assert (await climbed(store, DUE + DAY, DUE + 7 * DAY))[7] == [f"person:{STUDENT}"]


async def test_a_log_that_has_come_is_not_asked_for_but_those_of_other_weeks_are() -> None:
    store = MemoryStore()
    await hear(store, late_log(week_no=1, week_starts_on="2026-08-17"), DUE + DAY)
    await hear(store, late_log(week_no=2, week_starts_on="2026-08-24"), DUE + DAY)

    await hear(store, golden(PlacementLogReceived, placement_id=PLACEMENT, week_starts_on="2026-08-17"), DUE + DAY)

    assert [fact.week_no for fact in await climb(store, DUE + 2 * DAY)] == [2]


@pytest.mark.parametrize("body", [PlacementGraded, PlacementTerminated])
async def test_an_internship_that_is_over_asks_for_no_log(body: type[Event]) -> None:
    store = MemoryStore()
    await hear(store, late_log(), DUE + DAY)

    await hear(store, golden(body, placement_id=PLACEMENT), DUE + DAY)

    assert await climbed(store, DUE + DAY, DUE + 60 * DAY) == {}


async def test_an_end_of_what_was_never_owed_is_no_news() -> None:
    store = MemoryStore()

    await hear(store, owing(ObligationFulfilled), DUE)

    assert "escalation" not in store.rows


async def test_a_step_belongs_to_the_story_of_what_is_owed() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOverdue), DUE + 7 * DAY)

    await climb(store, DUE + 7 * DAY)

    assert [row["story"] for row in store.rows["escalation"].values()] == ["story_1"]


async def test_the_clock_finds_what_is_due_and_not_what_is_over(database: Database) -> None:
    context = Context(actor="system:notify", now=at(DUE + DAY), correlation_id="story_1")
    async with Works(database, NotifyWork).open(context) as work:
        for _ in range(3):
            await handlers.keep_ladders(owing(ObligationOverdue, obligation_id=new_id("obligation")), work)
        over = (await work.escalations.where(ladder="obligation_overdue"))[0]
        work.escalations.save(over.end())

    async with database.reading() as connection:
        early = await escalations.due(connection, at(DUE + 6 * DAY), 10)
        found = await escalations.due(connection, at(DUE + 7 * DAY), 10)

    assert (early, len(found), over.id in found) == ([], 2, False)


def test_the_states_say_what_lasts() -> None:
    owed = [obligation(golden(ObligationState, status=status)) for status in ("overdue", "fulfilled")]
    employed = [employment(golden(TeacherState, status=status)) for status in ("active", "left")]

    assert [each["lasts"] for each in owed] == [True, False]
    assert owed[0]["due_on"] == golden(ObligationState).due_on
    assert [each["lasts"] for each in employed] == [True, False]


def test_a_step_that_names_nobody_is_taken_in_silence() -> None:
    [owed] = begun_by(late_log(supervisor_id=None))
    ladder = Ladder((Step(1, 1, ("supervisor",)),), "raised")

    climbed_now, raised = Escalation.begin(owed, ladder, on=DUE, story="s").climb(ladder, on=DUE + DAY)

    assert (climbed_now.taken, climbed_now.next_on, raised) == (1, None, ())


def test_every_ladder_that_is_begun_is_shipped_and_every_role_of_it_is_somebody() -> None:
    events = [owing(body) for body in (ObligationOpened, ObligationAtRisk, ObligationOverdue, ObligationRegressed)]
    owed = {each.ladder: each for event in (*events, late_log()) for each in begun_by(event)}
    hints = get_type_hints(EscalationRaised, include_extras=True)["ladder"]
    known = {value for part in get_args(hints) if isinstance(part, Known) for value in part.values}

    assert set(owed) == set(LADDERS) == known
    for name, each in owed.items():
        assert {role for step in LADDERS[name].steps for role in step.to} <= set(each.parties)


@pytest.mark.parametrize("days", [[], [7, 2], [2, 2]], ids=["none", "out of order", "twice"])
def test_a_ladder_whose_steps_do_not_follow_each_other_is_refused(days: list[int]) -> None:
    steps = [{"days": each, "level": 0, "to": ["teacher"]} for each in days]

    with pytest.raises(ValidationError, match="follow each other"):
        TypeAdapter(Ladder).validate_python({"missed": "raised", "steps": steps})


async def test_nobody_is_reminded_of_what_was_taken_back_as_if_it_had_never_come() -> None:
    store = MemoryStore()
    await hear(store, owing(ObligationOpened), DUE - 400 * DAY)
    keep_term(store, OBLIGATION, lasts=True, due_on=DUE)
    await climb(store, DUE - 365 * DAY)
    del store.rows["term"][OBLIGATION]
    store.put(NotifyWork.erased.mapping, Erased("term", OBLIGATION, 2))

    told = await climbed(store, DUE - 364 * DAY, DUE + 60 * DAY)

    assert told == {}
