"""Tasks open and close by what is told, whichever order it comes in, however often, and whoever it is told by."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notify import handlers
from services.notify.domain.task import Task
from services.notify.domain.task_words import Over, Waits
from services.notify.storage import NotifyWork
from shared.contracts.event import Message
from shared.contracts.partnership import AgreementState, MatchState, NeedState
from shared.contracts.training import (
    IncidentState,
    PlacementGraded,
    PlacementLogOverdue,
    PlacementLogReceived,
    PlacementState,
    PracticeState,
)
from shared.kernel.work import NotYet, Told
from tests.fakes import NOON, MemoryStore, memory_work
from tests.unit.notify.working import DAY, hear, open_tasks, tasks
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, OFFICE_U, UNIVERSITY, golden, region

PLACEMENT = golden(PlacementLogOverdue).placement_id
STUDENT = f"person:{golden(PlacementLogOverdue).student_id}"


def agreement(status: str, *pending: str) -> AgreementState:
    return golden(AgreementState, status=status, pending_organization_ids=list(pending) or None)


def log(week: str, **changes: Any) -> PlacementLogOverdue:
    return golden(PlacementLogOverdue, placement_id=PLACEMENT, week_starts_on=week, **changes)


def written(week: str) -> PlacementLogReceived:
    return golden(PlacementLogReceived, placement_id=PLACEMENT, week_starts_on=week)


async def test_an_agreement_waits_for_each_party_that_has_not_signed_and_then_for_nobody() -> None:
    store, waited = region(), []

    for version, state in enumerate(
        [
            agreement("draft"),
            agreement("pending_signatures", UNIVERSITY, ENTERPRISE),
            agreement("pending_signatures", ENTERPRISE),
            agreement("signed"),
        ],
        start=1,
    ):
        await hear(store, state, version=version, at=NOON + version * DAY)
        waited.append(open_tasks(store))

    assert waited == [
        {"agreement_to_submit": (OFFICE_U, ADMIN_E)},
        {"agreement_to_sign": (OFFICE_U, ADMIN_E)},
        {"agreement_to_sign": (ADMIN_E,)},
        {},
    ]
    signed = tasks(store)["agreement_to_sign"]
    assert (signed.since, signed.ended_at) == (NOON + 2 * DAY, NOON + 4 * DAY)


async def test_a_task_belongs_to_the_story_and_is_known_to_both_sides() -> None:
    store = region()

    await hear(store, agreement("pending_signatures", ENTERPRISE), version=2)

    task = tasks(store)["agreement_to_sign"]
    assert (task.story, task.service, task.thing) == ("need_1", "partnership", "agreement")
    assert task.owners == {ADMIN_E, UNIVERSITY, ENTERPRISE}


async def test_a_match_waits_for_the_side_that_has_not_answered_until_its_last_day() -> None:
    store = region()
    match = golden(MatchState, status="accepted_one_side", pending_organization_ids=[UNIVERSITY])

    await hear(store, match, version=2)

    task = tasks(store)["match_to_answer"]
    assert (task.parties, task.due_on) == ((OFFICE_U,), match.expires_at.date())


async def test_what_is_about_to_expire_shows_some_days_before() -> None:
    store = region()

    await hear(store, golden(NeedState, status="matching", expires_at="2026-12-01T00:00:00.000+08:00"), version=2)

    task = tasks(store)["need_about_to_expire"]
    assert task.due_on is not None
    assert task.shows_on == task.due_on - timedelta(days=14)


async def test_a_completed_practice_waits_for_whoever_has_not_verified_it() -> None:
    store = region()

    await hear(store, golden(PracticeState, status="completed", pending_organization_ids=[UNIVERSITY]), version=4)

    assert open_tasks(store) == {"practice_to_verify": (f"role:university_hr@{UNIVERSITY}",)}


async def test_an_incident_waits_until_it_is_handled_and_its_enterprise_is_not_told() -> None:
    store = region()
    incident = golden(IncidentState)

    await hear(store, incident)
    opened = tasks(store)["incident_to_handle"]
    await hear(store, golden(IncidentState, status="handled"), version=2)

    assert opened.is_open
    assert opened.owners == {OFFICE_U, UNIVERSITY}
    assert open_tasks(store) == {}


async def test_a_placement_moves_from_one_task_to_the_next() -> None:
    store, waits = region(), []

    for version, status in enumerate(("planned", "consented", "checked", "approved", "archived"), start=1):
        await hear(store, golden(PlacementState, status=status), version=version)
        waits.append(sorted(open_tasks(store)))

    assert waits == [
        ["consent_to_give", "consents_to_collect"],
        ["placement_agreement_to_take_in"],
        ["placement_to_approve"],
        ["placement_to_start"],
        [],
    ]


async def test_a_state_that_ends_what_was_never_waited_for_leaves_no_trace() -> None:
    store = region()

    await hear(store, golden(PlacementState, status="archived"), version=9)

    assert tasks(store) == {}


async def test_a_log_is_asked_for_by_its_week() -> None:
    store = region()
    await hear(store, log("2026-10-05"), version=5)
    await hear(store, log("2026-10-12"), version=6)

    await hear(store, written("2026-10-05"), version=7)

    rows = store.rows["task"].values()
    assert {row["occasion"]: row["is_open"] for row in rows} == {"2026-10-05": False, "2026-10-12": True}


async def test_the_end_of_an_internship_ends_all_its_logs_also_those_of_which_is_heard_later() -> None:
    store = region()
    await hear(store, log("2026-10-05"), version=5)

    await hear(store, golden(PlacementGraded, placement_id=PLACEMENT), version=8)
    await hear(store, log("2026-10-12"), version=6)

    assert open_tasks(store) == {}


async def test_an_end_that_comes_before_its_beginning_still_ends_it() -> None:
    store = region()

    await hear(store, written("2026-10-05"), version=7)
    await hear(store, log("2026-10-05"), version=5)

    assert open_tasks(store) == {}


async def test_a_task_waits_until_it_is_known_who_speaks_for_an_organisation() -> None:
    with pytest.raises(NotYet):
        await hear(MemoryStore(), golden(NeedState, status="matched"), version=3)


async def test_what_is_erased_waits_for_nobody() -> None:
    store = region()
    await hear(store, golden(PlacementState, status="planned", placement_id=PLACEMENT))

    work = memory_work(NotifyWork, store, actor="system:notify", told=Told("/sunmao/training", 2, NOON))
    await handlers.forget_tasks(PLACEMENT, work)
    await work.flush()

    assert open_tasks(store) == {}


async def test_tasks_of_demonstrations_are_marked() -> None:
    store = region()

    await hear(store, golden(NeedState, status="matched"), version=3, test=True)

    assert all(row["test"] for row in store.rows["task"].values())


WEEK = "2026-10-05"
WORDS: list[tuple[int, Message]] = [
    (3, log(WEEK)),
    (4, written(WEEK)),
    (6, log(WEEK, due_on="2026-10-20")),
    (7, log("2026-10-12")),
    (9, golden(PlacementGraded, placement_id=PLACEMENT)),
    (11, log(WEEK, due_on="2026-10-30")),
]


@given(st.permutations(WORDS), st.lists(st.sampled_from(WORDS), max_size=4))
async def test_whichever_order_words_come_in_and_however_often_the_same_is_open(
    words: list[tuple[int, Message]], again: list[tuple[int, Message]]
) -> None:
    store = region()

    for version, body in [*words, *again]:
        await hear(store, body, version=version, at=NOON + version * DAY)

    rows = {row["occasion"]: row for row in store.rows["task"].values() if row["occasion"]}
    assert [occasion for occasion, row in rows.items() if row["is_open"]] == [WEEK]
    task = rows[WEEK]
    assert (task["parties"], str(task["due_on"]), task["since"]) == ([STUDENT], "2026-10-30", NOON + 11 * DAY)


_SAID = {"service": "training", "thing": "placement", "subject": PLACEMENT, "occasion": WEEK}


@given(st.permutations(range(1, 9)), st.sets(st.integers(1, 8)))
def test_the_newest_word_counts(order: list[int], ends: set[int]) -> None:
    waits = Waits(
        task_kind="t", recipients=(), concerns=(), due_on=None, shows_on=None, lapses_on=None, said={}, **_SAID
    )
    over = Over(task_kind="t", by_state=False, **_SAID)
    task = Task.unheard(over, story="s")

    for version in order:
        at = NOON + version * DAY
        if version in ends:
            task = task.over(version=version, at=at)
        else:
            task = task.waits(waits, [STUDENT], version=version, at=at)

    assert task.is_open == (8 not in ends)
