"""Delegations over HTTP: whoever is away hands on what waits for them, to one delegate at a time."""

import httpx
import pytest

from shared.contracts.ids import new_id
from shared.persistence.database import Database
from tests.unit.notify.door import COLLEAGUE, TEACHER, by
from tests.unit.notify.waiting import HR, TODAY, delegate, hear, listed, owed
from tests.unit.notify.world import ADMIN_E, OFFICE_U


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
