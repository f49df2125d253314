"""The work-list, delegations and the board over HTTP: everybody sees what waits for them, the office what is stuck."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from services.notify import handlers
from services.notify.queries.tasks import lapsed
from services.notify.storage import NotifyWork, purge_tasks
from services.notify.storage.tables import TASK
from shared.contracts.event import Message
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementState, NeedState
from shared.contracts.training import DocumentState, ObligationState, PlacementState, PracticeState
from shared.kernel.work import Context, Told
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import NOON
from tests.unit.notify.door import COLLEAGUE, TEACHER, by
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, OFFICE_U, UNIVERSITY, golden

DAY = timedelta(days=1)
TODAY = "2026-09-01"
HR = f"role:university_hr@{UNIVERSITY}"


async def hear(database: Database, *bodies: Message, version: int = 1, at: datetime = NOON) -> None:
    for body in bodies:
        told = Told(f"/sunmao/{body.wire.service}", version, at)
        context = Context(actor="system:notify", now=at, correlation_id="need_1", told=told)
        async with Works(database, NotifyWork).open(context) as work:
            await handlers.keep_tasks(body, work)


def need(**changes: Any) -> NeedState:
    return golden(NeedState, need_id=new_id("need"), organization_id=ENTERPRISE, status="matched", **changes)


def owed(due_on: str, teacher_id: str = TEACHER) -> ObligationState:
    said = {"teacher_id": teacher_id, "university_id": UNIVERSITY, "status": "at_risk", "due_on": due_on}
    return golden(ObligationState, obligation_id=new_id("obligation"), **said)


def pending(*organizations: str) -> AgreementState:
    said = {"status": "pending_signatures", "pending_organization_ids": list(organizations)}
    return golden(AgreementState, agreement_id=new_id("agreement"), **said)


async def listed(notify: httpx.AsyncClient, name: str, path: str = "/v1/tasks", **query: Any) -> list[dict[str, Any]]:
    answer = await notify.get(path, params=query, headers=by(name))
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def delegate(notify: httpx.AsyncClient, name: str, **changes: str) -> httpx.Response:
    body = {"from_party": HR, "to_party": f"person:{COLLEAGUE}", "starts_on": TODAY, "ends_on": "2026-09-10", **changes}
    return await notify.post("/v1/delegations", json=body, headers=by(name))


# The work-list


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


# Delegation


async def test_a_delegate_sees_the_tasks_marked_while_it_lasts(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, owed("2026-12-31", COLLEAGUE))
    before = await listed(notify, "teacher")

    made = await delegate(notify, "hr_u", to_party=f"person:{TEACHER}")
    [task] = await listed(notify, "teacher")
    ended = await notify.post(f"/v1/delegations/{made.json()['id']}/end", headers=by("hr_u"))

    assert (before, made.status_code, ended.json()["ended_on"]) == ([], 201, TODAY)
    assert (task["kind"], task["on_behalf_of"]) == ("obligation_to_watch", HR)
    assert await listed(notify, "teacher") == []
    [own] = await listed(notify, "hr_u")
    assert own["on_behalf_of"] is None


async def test_a_delegation_shows_nothing_before_its_first_day(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, owed("2026-12-31", COLLEAGUE))

    await delegate(notify, "hr_u", to_party=f"person:{TEACHER}", starts_on="2026-09-02")

    assert await listed(notify, "teacher") == []


async def test_an_office_hands_on_the_tasks_of_whoever_is_away(notify: httpx.AsyncClient) -> None:
    answer = await delegate(notify, "office_u", from_party=f"person:{TEACHER}")

    assert (answer.status_code, answer.json()["made_by"]) == (201, "university_coop_office:university_coop_office")
    assert [each["from_party"] for each in await listed(notify, "teacher", "/v1/delegations")] == [f"person:{TEACHER}"]


async def test_nobody_hands_on_the_tasks_of_another_organisation(notify: httpx.AsyncClient) -> None:
    answer = await delegate(notify, "admin_e")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to_party": HR}, "delegated_to_oneself"),
        ({"to_party": ADMIN_E}, "delegated_elsewhere"),
        ({"starts_on": "2026-08-31"}, "bad_delegation_period"),
        ({"ends_on": "2026-08-31"}, "bad_delegation_period"),
        ({"ends_on": "2028-01-01"}, "bad_delegation_period"),
    ],
)
async def test_a_delegation_that_cannot_be_is_refused(
    notify: httpx.AsyncClient, changes: dict[str, str], code: str
) -> None:
    answer = await delegate(notify, "hr_u", **changes)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize("kind", ["teacher", "student"])
async def test_nobody_stands_in_who_should_be_known_and_is_not(notify: httpx.AsyncClient, kind: str) -> None:
    answer = await delegate(notify, "hr_u", to_party=f"person:{new_id(kind)}")

    assert (answer.status_code, answer.json()["code"]) == (422, "delegate_unknown")


@pytest.mark.parametrize(
    ("to_party", "known"),
    [(OFFICE_U, True), (f"person:{COLLEAGUE}", True), ("person:per_01KM4C37M0M9AH7HZ0YVNAG2HK", False)],
)
async def test_the_answer_says_whether_the_delegate_is_known(
    notify: httpx.AsyncClient, to_party: str, known: bool
) -> None:
    answer = await delegate(notify, "hr_u", to_party=to_party)

    assert (answer.status_code, answer.json()["delegate_known"]) == (201, known)


async def test_tasks_are_handed_to_one_delegate_at_a_time_and_not_passed_on(notify: httpx.AsyncClient) -> None:
    await delegate(notify, "hr_u", to_party=OFFICE_U)

    codes = [
        (await delegate(notify, name, **changes)).json()["code"]
        for name, changes in (
            ("hr_u", {"starts_on": "2026-09-10", "ends_on": "2026-09-20"}),
            ("office_u", {"from_party": OFFICE_U}),
            ("teacher", {"from_party": f"person:{TEACHER}", "to_party": HR}),
        )
    ]
    later = await delegate(notify, "hr_u", starts_on="2026-09-11", ends_on="2026-09-20")

    assert codes == ["delegated_twice", "delegation_chain", "delegation_chain"]
    assert later.status_code == 201


async def test_a_delegation_is_ended_by_whoever_is_away_or_an_office_and_once(notify: httpx.AsyncClient) -> None:
    id = (await delegate(notify, "hr_u", to_party=f"person:{TEACHER}")).json()["id"]

    statuses = [
        (await notify.post(f"/v1/delegations/{id}/end", headers=by(name))).status_code
        for name in ("admin_e", "teacher", "office_u", "hr_u")
    ]

    assert statuses == [404, 404, 200, 409]


# The board


async def test_the_office_sees_what_has_waited_too_long_the_longest_first(
    notify: httpx.AsyncClient, database: Database
) -> None:
    for days in (8, 30, 6):
        await hear(database, pending(ENTERPRISE), at=NOON - days * DAY)

    board = await listed(notify, "office", "/v1/stuck")

    assert [(item["days"], item["waits_for"], item["correlation_id"]) for item in board] == [
        (30, [ADMIN_E], "need_1"),
        (8, [ADMIN_E], "need_1"),
    ]


async def test_an_organisation_sees_its_own_share_of_the_board(notify: httpx.AsyncClient, database: Database) -> None:
    await hear(database, pending(ENTERPRISE), need(), at=NOON - 30 * DAY)
    await hear(database, golden(PlacementState, status="graded", university_id=UNIVERSITY), at=NOON - 60 * DAY)

    seen = {name: {i["kind"] for i in await listed(notify, name, "/v1/stuck")} for name in ("office_u", "admin_e")}

    assert seen == {
        "office_u": {"placement_to_archive", "agreement_to_sign"},
        "admin_e": {"agreement_to_sign", "need_to_contract"},
    }


async def test_each_kind_has_its_own_patience(notify: httpx.AsyncClient, database: Database) -> None:
    graded = golden(PlacementState, status="graded")
    await hear(database, graded, at=NOON - 29 * DAY)

    assert await listed(notify, "office", "/v1/stuck") == []


async def test_a_teacher_has_no_board(notify: httpx.AsyncClient) -> None:
    assert (await notify.get("/v1/stuck", headers=by("teacher"))).status_code == 403


async def test_the_board_comes_in_pages(notify: httpx.AsyncClient, database: Database) -> None:
    for days in (10, 20, 20):
        await hear(database, pending(ENTERPRISE), at=NOON - days * DAY)

    first = (await notify.get("/v1/stuck", params={"limit": 2}, headers=by("office"))).json()
    second = (await notify.get("/v1/stuck", params={"cursor": first["next"]}, headers=by("office"))).json()

    assert [item["days"] for page in (first, second) for item in page["items"]] == [20, 20, 10]


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
