"""The board over HTTP: an office sees what has waited too long, an organisation its own share of it."""

import httpx

from shared.contracts.training import PlacementState
from shared.persistence.database import Database
from tests.fakes import NOON
from tests.unit.notify.door import by
from tests.unit.notify.waiting import DAY, hear, listed, need, pending
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, UNIVERSITY, golden


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
