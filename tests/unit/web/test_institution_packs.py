"""The rules that institutions set for themselves: from tomorrow on, never weaker, and each version stays."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.partnership.main import SERVICE
from shared.contracts.ids import new_id
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.institution_packs import joined
from shared.rules import jurisdiction_of, read_pack
from tests.integration.edge.door import Door
from tests.migrated import migrate

ALLIANCE = Path("services/partnership/rules/alliance.yaml").read_text(encoding="utf-8")
UNIVERSITY = new_id("organization")
LAYER = {
    "id": "PTN-11",
    "source": {"document": "the university's rules on agreements", "article": "3"},
    "confidence": "own",
    "reading": {"zh": "提交前 30 天以内", "en": "at most 30 days before"},
    "params": {"days_back": {"value": 30}},
}


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    """Partnership behind its edge, on a file."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/partnership.db")
    await migrate(database, SERVICE)
    made = Door(database, tmp_path / "keys")
    yield made
    await made.client.aclose()
    await database.close()


def days(value: int) -> dict[str, Any]:
    return {**LAYER, "params": {"days_back": {"value": value}}}


async def enter(
    door: Door,
    *,
    by: str = "university_coop_office",
    at: str = UNIVERSITY,
    language: str = "en",
    **fields: Any,
) -> httpx.Response:
    body = {
        "institution_id": UNIVERSITY,
        "effective_from": "2026-09-02",
        "rules": [LAYER],
        "reason": "the senate's decision",
        **fields,
    }
    return await door.client.post(
        "/v1/rule-packs", json=body, headers={**door.token(by, at), "accept-language": language}
    )


async def limit_on(door: Door, on: str) -> tuple[int, str]:
    path = f"{jurisdiction_of('500101', UNIVERSITY)}"
    shown = await door.client.get(
        f"/v1/rules/PTN-11?on={on}&jurisdiction={path}", headers=door.token("teacher", UNIVERSITY)
    )
    rule = shown.json()
    return rule["params"][0]["value"], rule["packs"][-1]


async def test_an_institution_is_stricter_from_the_day_it_names(door: Door) -> None:
    entered = await enter(door)

    assert (entered.status_code, entered.json()["version"]) == (201, 1)
    reference = entered.json()["id"]
    assert await limit_on(door, "2026-09-01") == (365, "partnership-alliance@1")
    assert await limit_on(door, "2026-09-02") == (30, reference)


async def test_other_institutions_are_not_touched(door: Door) -> None:
    await enter(door)

    shown = await door.client.get("/v1/rules/PTN-11?on=2026-10-01&jurisdiction=CN-CQ", headers=door.office)

    assert shown.json()["params"][0]["value"] == 365


async def test_commands_are_judged_by_what_was_entered(door: Door) -> None:
    await enter(door)

    async with door.parts.runtime.works.open(
        Context(actor="test:per_1", now=door.clock.now, request_id="req_1")
    ) as work:
        rule = work.rules.rule("PTN-11", (door.clock.now + timedelta(days=1)).date(), f"CN/alliance/{UNIVERSITY}")

    assert rule.number("days_back") == 30


async def test_every_version_stays_and_ends_where_the_next_begins(door: Door) -> None:
    await enter(door)
    await enter(door, rules=[days(20)], effective_from="2026-10-01")

    page = (await door.client.get(f"/v1/rule-packs?institution_id={UNIVERSITY}", headers=door.token("student"))).json()

    assert [(one["version"], one["rules"][0]["params"]["days_back"]["value"]) for one in page["items"]] == [
        (1, 30),
        (2, 20),
    ]
    assert page["items"][0]["reason"] == "the senate's decision"
    assert "entered_by" in page["items"][0]


@pytest.mark.parametrize(
    ("fields", "status", "code", "detail"),
    [
        ({"effective_from": "2026-09-01"}, 422, "begins_too_early", "on 2026-09-02"),
        ({"rules": [days(400)]}, 422, "pack_refused", "params.days_back = 400 weakens the level above; 365 or fewer"),
        ({"rules": [{**LAYER, "severity": "info"}]}, 422, "pack_refused", "severity `info` weakens `block`"),
        ({"rules": [{**LAYER, "id": "PTN-99"}]}, 422, "pack_refused", "unknown rule id"),
        ({"rules": [{**LAYER, "mood": 1}]}, 422, "pack_refused", "unknown key"),
        ({"rules": []}, 422, "invalid_request", ""),
        ({"reason": " "}, 422, "invalid_request", ""),
        ({"institution_id": new_id("organization")}, 403, "another_institution", "its own institution"),
    ],
)
async def test_what_cannot_be_a_rule_of_an_institution_is_refused(
    door: Door, fields: dict[str, Any], status: int, code: str, detail: str
) -> None:
    answer = await enter(door, **fields)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert detail in answer.json()["detail"]


@pytest.mark.parametrize(
    ("rules", "detail"),
    [
        ([days(400)], "规则 PTN-11：params.days_back = 400 弱于上级，须为 365 或更少。"),
        ([{**LAYER, "mood": 1}], "规则 PTN-11.mood：不支持此字段，请删除。"),
    ],
)
async def test_an_office_that_reads_chinese_is_refused_in_chinese(
    door: Door, rules: list[dict[str, Any]], detail: str
) -> None:
    answer = await enter(door, rules=rules, language="zh")

    assert answer.json()["detail"].startswith("该规则不能登记：")
    assert answer.json()["detail"].endswith(detail)


async def test_a_version_begins_after_the_one_before_it(door: Door) -> None:
    await enter(door)

    again = await enter(door, rules=[days(20)])

    assert (again.status_code, again.json()["code"]) == (422, "pack_refused")


async def test_the_alliance_office_enters_for_anybody_and_an_enterprise_for_nobody(door: Door) -> None:
    assert (await enter(door, by="alliance_office", at=new_id("organization"))).status_code == 201
    assert (await enter(door, by="enterprise_admin")).status_code == 403


async def test_who_entered_it_is_in_the_audit_trail(door: Door) -> None:
    await enter(door)

    assert "rule-pack.enter" in await door.everything("audit")


async def test_rules_that_a_stricter_level_has_overtaken_are_left_out(door: Door) -> None:
    pack = read_pack((await entered_text(door)), origin="row")
    stricter = read_pack(
        ALLIANCE.replace("version: 1", "version: 2")
        .replace("2016-01-01", "2026-12-01")
        .replace("{value: 365,", "{value: 10,"),
        origin="alliance",
    )
    book = SERVICE.rulebook()
    assert book is not None

    rules = joined(book.joined_by(stricter), [pack])

    assert rules.rule("PTN-11", pack.effective_from, f"CN/alliance/{UNIVERSITY}").reference == "partnership-alliance@1"


async def entered_text(door: Door) -> str:
    await enter(door)
    async with door.database.reading() as connection:
        table = SERVICE.metadata.tables["institution_pack"]
        return str((await connection.execute(table.select())).mappings().one()["text"])
