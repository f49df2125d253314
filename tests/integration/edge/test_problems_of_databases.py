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


async def test_a_number_that_no_column_can_hold_is_nobodys(door: Door) -> None:
    answer = await door.client.get("/v1/matches", params={"line_no": 10**30}, headers=door.office)

    assert answer.json() == {"items": [], "next": None}


async def test_a_database_that_is_away_is_a_503(door: Door) -> None:
    (await door.client.get("/v1/needs", headers=door.office)).raise_for_status()
    async with door.without_database():
        answer = await door.client.get("/v1/needs", headers=door.office)

    problem(answer, 503, "unavailable")
