"""A request that is sent again under its key is done once and answered alike, on both databases."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from services.partnership.main import SERVICE
from shared.operations.parts import tidy
from tests.integration.edge.door import Door
from tests.integration.edge.test_problems import problem

KEY = {"idempotency-key": "k1"}


async def sent(door: Door, who: dict[str, str], body: dict[str, Any], **headers: str) -> httpx.Response:
    return await door.client.post("/v1/needs", json=body, headers={**who, **KEY, **headers})


async def test_a_repeat_gives_the_first_answer_and_says_so(door: Door) -> None:
    who = await door.enterprise()

    first = await sent(door, who, door.need())
    again = await sent(door, who, door.need())

    assert (again.status_code, again.content) == (201, first.content)
    for name in ("etag", "location", "content-type"):
        assert again.headers[name] == first.headers[name]
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert await door.count("need") == 1


async def test_the_same_key_with_another_body_is_a_422(door: Door) -> None:
    who = await door.enterprise()
    (await sent(door, who, door.need())).raise_for_status()

    problem(await sent(door, who, door.need(title="Other")), 422, "key_reused")

    assert await door.count("need") == 1


async def test_a_key_is_its_callers_own(door: Door) -> None:
    one, other = await door.enterprise(), await door.enterprise()

    answers = [await sent(door, who, door.need()) for who in (one, other)]

    assert [answer.headers.get("idempotent-replayed") for answer in answers] == [None, None]
    assert answers[0].json()["organization_id"] != answers[1].json()["organization_id"]


async def test_a_persons_key_is_not_taken_for_another_of_their_organisations(door: Door) -> None:
    """One person may hold tokens of two organisations: what is done for one must not be answered for the other."""
    organizations = [await door.organization(), await door.organization()]

    answers = [
        await sent(door, door.token("enterprise_admin", id, persons=["per_1"]), door.need()) for id in organizations
    ]

    assert [answer.json()["organization_id"] for answer in answers] == organizations


async def test_a_key_is_its_paths_own(door: Door) -> None:
    who = await door.enterprise()
    needs = [await door.posted(who) for _ in range(2)]

    answers = [
        await door.client.post(f"/v1/needs/{need['id']}/withdrawal", json={"reason": "no"}, headers={**who, **KEY})
        for need in needs
    ]

    assert [answer.json()["id"] for answer in answers] == [need["id"] for need in needs]


async def test_ten_who_repeat_at_once_act_once_and_hear_the_same(door: Door) -> None:
    who = await door.enterprise()

    answers = await asyncio.gather(*(sent(door, who, door.need()) for _ in range(10)))

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert await door.count("need") == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_repeat_waits_for_a_first_that_is_still_running_and_then_gives_up(door: Door) -> None:
    who = await door.enterprise()
    (await sent(door, who, door.need())).raise_for_status()
    keys = SERVICE.metadata.tables["idempotency"]

    async with door.database.writing() as connection:
        # A row that is being deleted may come back: whoever wants its place has to wait for the outcome.
        await connection.execute(keys.delete())
        answer = await sent(door, who, door.need())

    problem(answer, 409, "still_running")
    assert await door.count("need") == 1


async def test_a_failure_is_not_stored(door: Door) -> None:
    id = await door.organization(verified=False)
    who = door.token("enterprise_admin", id)
    problem(await sent(door, who, door.need()), 409, "not_verified")
    (await door.client.post(f"/v1/organizations/{id}/verification", headers=door.office)).raise_for_status()

    answer = await sent(door, who, door.need())

    assert answer.status_code == 201
    assert "idempotent-replayed" not in answer.headers


async def test_the_first_of_several_who_fail_at_once_leaves_the_key_to_the_next(door: Door) -> None:
    who = door.token("enterprise_admin", await door.organization(verified=False))

    answers = await asyncio.gather(*(sent(door, who, door.need()) for _ in range(5)))

    assert {answer.json()["code"] for answer in answers} == {"not_verified"}
    assert await door.count("idempotency") == 0


async def test_an_answer_with_a_secret_is_told_once_and_never_kept(door: Door) -> None:
    who, path = await signing(door)
    body = {"signatory": "张三"}

    first = await door.client.post(path, json=body, headers={**who, **KEY})
    again = await door.client.post(path, json=body, headers={**who, **KEY})

    assert len(first.json()["token"]) == 43
    problem(again, 409, "already_done")
    assert await door.count("signature_link") == 1
    assert first.json()["token"] not in await door.everything("idempotency")


async def test_neither_the_request_nor_a_one_time_token_in_its_path_is_kept(door: Door) -> None:
    who, path = await signing(door)
    token = (await door.client.post(path, json={"signatory": "张三"}, headers=who)).json()["token"]

    (await door.client.post(f"/v1/signature-links/{token}/signature", headers=KEY)).raise_for_status()

    assert await door.count("idempotency") == 1
    assert token not in await door.everything("idempotency")


async def test_a_key_is_forgotten_after_a_day(door: Door) -> None:
    who = await door.enterprise()
    (await sent(door, who, door.need())).raise_for_status()

    door.clock.now += timedelta(hours=23)
    await tidy(door.parts)
    kept = await door.count("idempotency")
    door.clock.now += timedelta(hours=2)
    await tidy(door.parts)

    assert (kept, await door.count("idempotency")) == (1, 0)
    assert "idempotent-replayed" not in (await sent(door, who, door.need())).headers


async def test_a_key_that_is_too_long_to_be_told_apart_is_refused(door: Door) -> None:
    who = await door.enterprise()

    answer = await sent(door, who, door.need(), **{"idempotency-key": "k" * 256})

    problem(answer, 422, "key_too_long")
    assert await door.count("need") == 0


async def signing(door: Door) -> tuple[dict[str, str], str]:
    """Who may create a signing link, and where."""
    enterprise = await door.organization()
    university = await door.organization(kind="university")
    who = door.token("enterprise_admin", enterprise)
    today = door.clock.now.date().isoformat()
    draft = {
        "type": "framework",
        "parties": [
            {"organization_id": enterprise, "role": "enterprise"},
            {"organization_id": university, "role": "university"},
        ],
        "starts_on": today,
        "ends_on": "2028-09-01",
        "content": {"goals": "a", "content_and_form": "b", "rights_and_duties": "c"},
    }
    made = (await door.client.post("/v1/agreements", json=draft, headers=who)).raise_for_status().json()
    path = f"/v1/agreements/{made['id']}"
    (await door.client.post(f"{path}/submission", headers=who)).raise_for_status()
    return who, f"{path}/signature-links"
