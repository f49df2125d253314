"""The rules of a service over HTTP: looked up in both languages, tried with stated facts, and nothing is changed."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from services.partnership.main import SERVICE
from shared.identity.principal import MACHINE, ROLES
from shared.persistence.database import Database
from tests.integration.edge.door import Door
from tests.migrated import migrate
from tests.unit.partnership.alliance import uscc

TRIAL = "/v1/rules/PTN-11/trials"


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    """Partnership behind its edge, on a file."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/partnership.db")
    await migrate(database, SERVICE)
    made = Door(database, tmp_path / "keys")
    yield made
    await made.client.aclose()
    await database.close()


async def see(door: Door, path: str, **headers: str) -> httpx.Response:
    return await door.client.get(path, headers={**door.token("student"), **headers})


async def tried(door: Door, rule: str, **body: Any) -> httpx.Response:
    return await door.client.post(f"/v1/rules/{rule}/trials", json=body, headers=door.token("enterprise_admin"))


async def test_every_rule_is_in_the_catalogue(door: Door) -> None:
    page = (await see(door, "/v1/rules")).json()

    assert [line["id"] for line in page["items"]] == ["PTN-01", "PTN-03", "PTN-06", "PTN-11"]
    assert page["next"] is None
    assert page["items"][0]["version"] == "partnership-cn@1"


async def test_the_catalogue_comes_in_pages(door: Door) -> None:
    first = (await see(door, "/v1/rules?limit=3")).json()
    second = (await see(door, f"/v1/rules?limit=3&cursor={first['next']}")).json()

    ids = [[line["id"] for line in page["items"]] for page in (first, second)]
    assert ids == [["PTN-01", "PTN-03", "PTN-06"], ["PTN-11"]]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("confidence=own", ["PTN-06", "PTN-11"]),
        ("severity=warn", []),
        ("text=ptn-0", ["PTN-01", "PTN-03", "PTN-06"]),
        ("on=2015-12-31", []),
        ("jurisdiction=CN", ["PTN-01", "PTN-03"]),
        ("jurisdiction=CN-SC", ["PTN-01", "PTN-03", "PTN-06", "PTN-11"]),
    ],
)
async def test_the_catalogue_is_narrowed(door: Door, query: str, ids: list[str]) -> None:
    assert [line["id"] for line in (await see(door, f"/v1/rules?{query}")).json()["items"]] == ids


async def test_a_rule_says_where_its_numbers_come_from_and_how_sure_they_are(door: Door) -> None:
    rule = (await see(door, "/v1/rules/PTN-06?jurisdiction=500101&on=2026-09-01")).json()

    number = {"name": "offer_days", "label": "days that an offer is open", "value": 14, "told": "14 days"}
    assert rule["params"][0] == {**number, "unit": "days", "least": 3, "most": 30}
    assert (rule["jurisdiction"], rule["packs"]) == ("CN/CN-CQ/alliance", ["partnership-alliance@1"])
    assert rule["confidence_explained"] == "The alliance or the platform decided it."
    assert rule["versions"][0]["effective_from"] == "2016-01-01"
    Draft202012Validator.check_schema(rule["facts_schema"])


async def test_numbers_and_sources_are_told_in_chinese_too(door: Door) -> None:
    headers = {**door.token("student"), "accept-language": "zh"}

    rule = (await door.client.get("/v1/rules/PTN-06", headers=headers)).json()

    number = {"name": "offer_days", "label": "邀约有效天数", "value": 14, "told": "14 天", "unit": "天"}
    assert rule["params"][0] == {**number, "least": 3, "most": 30}
    assert (rule["source"], rule["article"]) == ("联盟自定", "对接邀约")


async def test_a_rule_speaks_the_caller_s_language(door: Door) -> None:
    rule = (await see(door, "/v1/rules/PTN-11", **{"accept-language": "zh-CN"})).json()

    assert (rule["title"], rule["confidence_explained"]) == ("协议生效日不得过早", "为联盟或平台自定。")
    assert rule["facts"][0]["giver"] == "university_coop_office"


async def test_a_trial_says_what_would_make_it_pass(door: Door) -> None:
    answer = await tried(door, "PTN-11", facts={"starts_on": "2025-01-01"}, on="2026-09-01", jurisdiction="CN-CQ")

    said = answer.json()
    assert (answer.status_code, said["verdict"], said["refuses"]) == (200, "fail", True)
    assert (said["actual"], said["limit"], said["version"]) == (608, 365, "partnership-alliance@1")
    assert said["remedy"] == "Let it begin at most 365 days before the day of submission."


async def test_a_trial_tells_what_it_rests_on(door: Door) -> None:
    answer = (await tried(door, "PTN-11", facts={"starts_on": "2025-01-01"}, on="2026-09-01")).json()

    assert answer["evidence"] == {"starts_on": "2025-01-01"}
    assert (answer["on"], answer["jurisdiction"], answer["version"]) == (
        "2026-09-01",
        "CN/alliance",
        "partnership-alliance@1",
    )


async def test_a_missing_fact_is_named_with_who_can_give_it(door: Door) -> None:
    said = (await tried(door, "PTN-11", facts={})).json()

    assert said["verdict"] == "unknown"
    assert [(fact["fact"], fact["giver"]) for fact in said["missing"]] == [("starts_on", "university_coop_office")]


async def test_a_trial_is_of_today_where_no_day_is_named(door: Door) -> None:
    assert (await tried(door, "PTN-01", facts={"uscc": uscc(1)})).json()["on"] == "2026-09-01"


async def test_a_trial_changes_nothing(door: Door) -> None:
    before = [await door.count(table) for table in sorted(SERVICE.metadata.tables)]

    await tried(door, "PTN-11", facts={"starts_on": "2026-01-01"})

    assert [await door.count(table) for table in sorted(SERVICE.metadata.tables)] == before


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"starts_on": "soon"}, "/body/facts/starts_on"),
        ({"starts_on": "9999-12-31"}, "/body/facts/starts_on"),
        ({"begins": "2026-01-01"}, "/body/facts/begins"),
    ],
)
async def test_facts_that_do_not_fit_are_named_field_by_field(door: Door, facts: object, pointer: str) -> None:
    answer = await tried(door, "PTN-11", facts=facts)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"facts": {"pending": ["2026-01-01"] * 2001}}, "/body/facts/pending"),
        ({"facts": {"pending": [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]}}, "/body/facts/pending" + "/0" * 20),
        ({"facts": {}, "on": "0001-01-01"}, "/body/on"),
        ({"facts": []}, "/body/facts"),
        ({"facts": {}, "mood": 1}, "/body/mood"),
    ],
)
async def test_a_trial_is_bounded(door: Door, body: dict[str, Any], pointer: str) -> None:
    answer = await tried(door, "PTN-06", **body)

    assert (answer.status_code, [error["pointer"] for error in answer.json()["errors"]]) == (422, [pointer])


async def test_a_body_that_is_too_large_is_refused(door: Door) -> None:
    body = json.dumps({"facts": {"uscc": "x" * 600_000}})

    answer = await door.client.post("/v1/rules/PTN-01/trials", content=body, headers={
        **door.token("student"), "content-type": "application/json",
    })  # fmt: skip

    assert (answer.status_code, answer.json()["code"]) == (413, "trial_too_large")


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/rules/PTN-99", 404, "not_found"),
        ("/v1/rules/PTN-01?on=2015-12-31", 404, "not_in_force_then"),
        ("/v1/rules/PTN-06?jurisdiction=CN", 404, "not_in_force_then"),
        ("/v1/rules/PTN-01?jurisdiction=CN-BJ", 422, "no_jurisdiction"),
        ("/v1/rules?jurisdiction=Mars", 422, "no_jurisdiction"),
        ("/v1/rules?severity=harsh", 422, "invalid_request"),
        ("/v1/rules?limit=0", 422, "invalid_request"),
    ],
)
async def test_what_cannot_be_looked_up_is_refused_with_what_would_pass(
    door: Door, path: str, status: int, code: str
) -> None:
    answer = await see(door, path)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_everybody_who_is_signed_in_may_ask(door: Door) -> None:
    body = {"facts": {}}
    signed_in = [door.token(role) for role in sorted(ROLES - {MACHINE})]
    machine = {"authorization": f"Bearer {door.issuer.issue(roles=[], scopes=['partnership:read'])}"}

    answers = {(await door.client.post(TRIAL, json=body, headers=who)).status_code for who in (*signed_in, machine)}

    assert answers == {200}
    assert (await door.client.post(TRIAL, json=body)).status_code == 401
