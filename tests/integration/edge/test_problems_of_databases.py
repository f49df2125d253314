"""What a database cannot keep, has already or does not answer is told alike, whichever database it is."""

import pytest

from tests.integration.edge.door import Door
from tests.integration.edge.test_problems import problem


async def test_a_value_that_must_be_unique_is_a_409(door: Door) -> None:
    entry = door.entry()
    (await door.client.post("/v1/organizations", json=entry, headers=door.office)).raise_for_status()

    answer = await door.client.post("/v1/organizations", json=entry, headers=door.office)

    problem(answer, 409, "uscc_taken")


@pytest.mark.parametrize("path", ["/v1/needs?status=a%00b", "/v1/needs?cursor=%00", "/v1/needs/need_%00"])
async def test_an_address_with_a_nul_is_a_400(door: Door, path: str) -> None:
    problem(await door.client.get(path, headers=door.office), 400, "unreadable")


async def test_an_address_that_is_not_utf_8_is_a_400_and_nothing_is_kept_of_it(door: Door) -> None:
    # How a command line in a Chinese office sends a word that it was not told to send as UTF-8.
    problem(await door.client.get("/v1/needs?status=%B1%A3%CF%D5", headers=door.office), 400, "unreadable")


async def test_a_number_that_no_column_can_hold_is_refused(door: Door) -> None:
    answer = await door.client.get("/v1/matches", params={"line_no": 10**30}, headers=door.office)

    problem(answer, 422, "invalid_request")


async def test_a_database_that_is_away_is_a_503(door: Door) -> None:
    (await door.client.get("/v1/needs", headers=door.office)).raise_for_status()
    async with door.without_database():
        answer = await door.client.get("/v1/needs", headers=door.office)

    problem(answer, 503, "unavailable")


async def test_who_comes_when_the_database_was_closed_may_ask_again(door: Door) -> None:
    await door.database.close()

    problem(await door.client.get("/v1/needs", headers=door.office), 503, "unavailable")
    problem(await door.client.post("/v1/organizations", json=door.entry(), headers=door.office), 503, "unavailable")


@pytest.mark.parametrize(("lost", "tries"), [(0, 1), (1, 2), (2, 3)])
async def test_a_lost_race_is_run_again_and_leaves_no_trace(door: Door, lost: int, tries: int) -> None:
    answer = await door.client.post(f"/v1/races/{lost}")

    assert (answer.status_code, answer.json()) == (200, {"tries": tries})
    assert await door.count("audit") == 1


async def test_a_race_that_is_lost_three_times_is_a_409(door: Door) -> None:
    problem(await door.client.post("/v1/races/3"), 409, "lost_race")

    assert await door.count("audit") == 0
