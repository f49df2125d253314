"""The work-list over HTTP: everybody sees what waits for them, the next due first."""

import httpx
import pytest

from services.notify import handlers
from services.notify.queries.tasks import lapsed
from services.notify.storage import NotifyWork, purge_tasks
from services.notify.storage.tables import TASK
from shared.contracts.ids import new_id
from shared.contracts.training import DocumentState, PracticeState
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import NOON
from tests.unit.notify.door import COLLEAGUE, TEACHER, by
from tests.unit.notify.waiting import DAY, TODAY, hear, listed, need, owed, pending
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, UNIVERSITY, golden


async def test_everybody_sees_what_waits_for_them_the_next_due_first(
    notify: httpx.AsyncClient, database: Database
) -> None:
    await hear(database, owed("2026-12-31"), owed("2026-10-31"), owed("2026-11-30", COLLEAGUE), need())

    mine = await listed(notify, "teacher")

    assert [(task["kind"], task["due_on"]) for task in mine] == [
        ("obligation_to_meet", "2026-10-31"),
        ("obligation_to_meet", "2026-12-31"),
    ]
    assert [task["kind"] for task in await listed(notify, "admin_e")] == ["need_to_contract"]


async def test_a_task_says_what_to_do_where_since_when_and_in_which_story(
    notify: httpx.AsyncClient, database: Database
) -> None:
    agreement = pending(ENTERPRISE)
    await hear(database, agreement, at=NOON - 3 * DAY)

    [task] = await listed(notify, "admin_e")

    assert (task["act_service"], task["act_method"]) == ("partnership", "POST")
    assert task["act_path"] == f"/v1/agreements/{agreement.agreement_id}/signatures"
    assert (task["thing"], task["subject"], task["waits_for"]) == ("agreement", agreement.agreement_id, [ADMIN_E])
    assert (task["days"], task["since"], task["correlation_id"]) == (3, "2026-08-29T12:00:00.000+08:00", "need_1")


async def test_a_task_is_told_in_the_language_that_is_asked_for(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, need())
    english = await notify.get("/v1/tasks", headers=by("admin_e", **{"accept-language": "en"}))

    titles = [english.json()["items"][0]["title"], (await listed(notify, "admin_e"))[0]["title"]]

    assert titles == ["Draw up the agreement", "请起草协议"]


async def test_tasks_are_filtered_by_kind_thing_status_and_day(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, owed("2026-08-31"), owed("2026-12-31"))
    await hear(database, golden(PracticeState, status="approved", teacher_id=TEACHER, starts_on=TODAY))
    await hear(database, done := owed("2026-12-30"))
    await hear(database, done.model_copy(update={"status": "fulfilled"}), version=2)

    counted = {
        name: len(await listed(notify, "teacher", **query))
        for name, query in {
            "all": {},
            "kind": {"kind": "obligation_to_meet"},
            "thing": {"thing": "practice"},
            "overdue": {"status": "overdue"},
            "done": {"status": "done"},
            "due": {"due_by": TODAY},
        }.items()
    }

    assert counted == {"all": 3, "kind": 2, "thing": 1, "overdue": 1, "done": 1, "due": 2}


async def test_what_is_not_to_be_done_yet_is_not_shown_yet(notify: httpx.AsyncClient, database: Database) -> None:
    practice = golden(PracticeState, practice_id=new_id("practice"), status="approved", teacher_id=TEACHER)
    await hear(
        database,
        practice.model_copy(update={"starts_on": (NOON + 8 * DAY).date()}),
        practice.model_copy(update={"practice_id": new_id("practice"), "starts_on": (NOON + 7 * DAY).date()}),
    )

    [task] = await listed(notify, "teacher")

    assert (task["due_on"], task["days"]) == ("2026-09-08", 0)


async def test_what_is_long_past_its_day_is_given_up_where_its_kind_says_so(
    notify: httpx.AsyncClient, database: Database
) -> None:
    paper = {"status": "kept", "owner_ids": [ENTERPRISE], "ends_on": "2026-08-15"}
    await hear(database, golden(DocumentState, **paper), owed("2026-01-01"))
    before = [task["kind"] for task in await listed(notify, "admin_e")]

    for now in (NOON + 13 * DAY, NOON + 14 * DAY):
        async with database.reading() as connection:
            ids = await lapsed(connection, now, 10)
        for id in ids:
            async with Works(database, NotifyWork).open(Context(actor="system:notify", now=now)) as work:
                await handlers.lapse_task(id, work)
        before += [task["kind"] for task in await listed(notify, "admin_e")]

    assert before == ["document_to_renew", "document_to_renew"]
    assert [task["kind"] for task in await listed(notify, "teacher")] == ["obligation_to_meet"]


async def test_a_long_list_comes_in_pages_without_gap_or_repeat(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, *(owed(f"2026-12-{day:02}") for day in (5, 5, 5, 9)))
    await hear(database, *(need() for _ in range(1)))
    seen, cursor = [], None

    while True:
        query = {"limit": 2} if cursor is None else {"limit": 2, "cursor": cursor}
        page = (await notify.get("/v1/tasks", params=query, headers=by("teacher"))).json()
        seen += [task["due_on"] for task in page["items"]]
        cursor = page.get("next")
        if cursor is None:
            break

    assert seen == ["2026-12-05"] * 3 + ["2026-12-09"]


@pytest.mark.parametrize("query", [{"kind": "sign_everything"}, {"thing": "treaty"}, {"status": "forgotten"}])
async def test_a_filter_that_no_task_fits_is_refused(notify: httpx.AsyncClient, query: dict[str, str]) -> None:
    answer = await notify.get("/v1/tasks", params=query, headers=by("teacher"))

    assert answer.status_code == 422


@pytest.mark.parametrize("cursor", ["no cursor", "WyJhIiwgImIiXQ", "e30"])
async def test_a_cursor_of_another_list_is_refused(notify: httpx.AsyncClient, cursor: str) -> None:
    answer = await notify.get("/v1/tasks", params={"cursor": cursor}, headers=by("teacher"))

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_cursor")


async def test_the_list_comes_as_a_file_too(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, need())

    answer = await notify.get("/v1/tasks", params={"format": "csv"}, headers=by("admin_e", **{"accept-language": "zh"}))

    assert "need_to_contract" in answer.text
    assert "截止日期" in answer.text.splitlines()[0]


async def test_the_summary_counts_by_kind_and_what_is_overdue(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, owed("2026-08-31"), owed("2026-12-31"))
    await hear(database, golden(PracticeState, status="planned", university_id=UNIVERSITY, starts_on="2026-10-01"))

    answer = await notify.get("/v1/tasks/summary", headers=by("hr_u"))

    assert answer.json() == {
        "tasks": 3,
        "overdue": 1,
        "kinds": [
            {"kind": "obligation_to_watch", "tasks": 2, "overdue": 1},
            {"kind": "practice_to_approve", "tasks": 1, "overdue": 0},
        ],
    }


async def test_whoever_is_nobody_has_nothing_to_do(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, need())

    assert await listed(notify, "ops") == []


async def test_what_is_long_done_is_let_go_with_what_says_whose_it_was(
    notify: httpx.AsyncClient, database: Database
) -> None:
    done, kept = need(), need()
    await hear(database, done, kept, at=NOON - 100 * DAY)
    await hear(database, done.model_copy(update={"status": "fulfilled"}), version=2, at=NOON - 95 * DAY)

    async with database.writing() as connection:
        purged = await purge_tasks(connection, NOON - 90 * DAY, 100)
        left = (await connection.execute(TASK.select())).mappings().all()

    assert (purged, [row["subject"] for row in left]) == (1, [kept.need_id])
    assert await listed(notify, "admin_e", status="done") == []
