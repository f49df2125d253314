"""Organisations from a table: each row held against the rule on credit codes, undone until the office has vouched."""

from typing import Any

import httpx
import pytest

from tests.integration.edge.door import Door
from tests.unit.partnership.alliance import uscc

HEAD = "机构类型,名称,统一社会信用代码,行政区划代码,职工总数,牵头单位\n"
PATH = "/v1/tables/organizations"
on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def line(number: int, name: str = "示例企业", code: str | None = None) -> str:
    return f"企业,{name},{code or uscc(number)},500101,120,否\n"


async def send(door: Door, *rows: str, encoding: str = "gb18030", **query: str) -> httpx.Response:
    headers = {**door.office, "content-type": "text/csv", "accept-language": "zh"}
    file = (HEAD + "".join(rows)).encode(encoding)
    return await door.client.post(f"{PATH}/imports", content=file, headers=headers, params=query)


async def listed(door: Door) -> list[dict[str, Any]]:
    answer = await door.client.get("/v1/organizations?sort=id", headers=door.office)
    return list(answer.raise_for_status().json()["items"])


async def names(door: Door) -> list[str]:
    return [organization["name_zh"] for organization in await listed(door)]


async def test_organisations_are_registered_as_by_themselves(door: Door) -> None:
    report = await send(door, line(801, "甲企业"), line(802, "乙企业"))

    (one, _) = (await door.client.get("/v1/organizations?sort=id", headers=door.office)).json()["items"]
    assert report.raise_for_status().json()["taken"] == 2
    assert await names(door) == ["甲企业", "乙企业"]
    assert (one["kind"], one["employees_total"], one["leading"], one["status"]) == (
        "enterprise",
        120,
        False,
        "registered",
    )


async def test_what_the_rule_refuses_is_told_by_its_row_with_the_rule_s_own_words(door: Door) -> None:
    bad = uscc(803)[:-1] + ("0" if uscc(803)[-1] != "0" else "1")

    report = await send(door, line(804), line(805, code=bad), mode="good_rows_only")

    (fault,) = report.raise_for_status().json()["faults"]
    assert (report.json()["taken"], fault["row"], fault["column"]) == (1, 3, None)
    assert fault["message"].startswith("末位为 ")
    assert "请逐位核对证照" in fault["message"]


@on_one_database
async def test_a_code_that_is_taken_is_told_by_its_cell(door: Door) -> None:
    await send(door, line(806))

    answer = await send(door, line(807), line(806, "另一企业"), dry_run="true")

    assert [(fault["row"], fault["column"]) for fault in answer.json()["faults"]] == [(3, "统一社会信用代码")]


async def test_an_import_is_undone_until_the_office_has_vouched_for_one_of_it(door: Door) -> None:
    import_id = (await send(door, line(808), line(809))).json()["import_id"]
    (first, _) = (await door.client.get("/v1/organizations?sort=id", headers=door.office)).json()["items"]
    verified = f"/v1/organizations/{first['id']}/verification"

    (await door.client.post(verified, headers=door.office)).raise_for_status()
    refused = await door.client.post(f"/v1/imports/{import_id}/undoing", headers=door.office)
    other = (await send(door, line(810, "误录"), encoding="utf-8")).json()["import_id"]
    undone = await door.client.post(f"/v1/imports/{other}/undoing", headers=door.office)

    assert (refused.status_code, refused.json()["code"]) == (409, "built_upon")
    assert undone.raise_for_status().json()["status"] == "undone"
    assert "误录" not in await names(door)


async def test_an_organisation_that_a_need_names_is_not_undone(door: Door) -> None:
    import_id = (await send(door, line(812), line(813))).json()["import_id"]
    (named, _) = await listed(door)
    await door.posted(await door.enterprise(), visibility="named", named_organization_ids=[named["id"]])

    refused = await door.client.post(f"/v1/imports/{import_id}/undoing", headers=door.office)

    assert (refused.status_code, refused.json()["code"]) == (409, "built_upon")
    assert len(await listed(door)) == 3


@on_one_database
async def test_the_list_of_imports_is_a_file_too(door: Door) -> None:
    await send(door, line(811))

    answer = await door.client.get("/v1/imports?format=csv", headers={**door.office, "accept-language": "zh"})

    heads, row = answer.content.decode("utf-8-sig").splitlines()
    assert heads.startswith("编号,表,状态,机构编号,文件摘要,行数,已录入,登记人,登记时间")
    assert row.split(",")[1:3] == ["organizations", "已导入"]
