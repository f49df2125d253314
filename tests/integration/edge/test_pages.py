"""Lists come in pages: every object once, in an order, narrowed to what the caller may see; and as files."""

import csv
import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from services.partnership.domain.organization import Organization
from shared.identity.principal import Principal
from shared.web.pages import FORMATS, require_fewer
from shared.web.refusals import TooManyListed
from tests.integration.edge.door import Door
from tests.integration.edge.test_problems import problem

on_one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

REGIONS = ("500101", "500102", "511700")


async def page(door: Door, who: dict[str, str], **wanted: Any) -> dict[str, Any]:
    answer = await door.client.get("/v1/organizations", params=wanted, headers=who)
    said: dict[str, Any] = answer.raise_for_status().json()
    return said


async def registered(door: Door, count: int) -> list[str]:
    """The ids of so many organisations, in regions that take turns."""
    return [await door.organization(verified=False, region_code=REGIONS[number % 3]) for number in range(count)]


@pytest.mark.parametrize("sort", ["id", "-id", "region_code", "-region_code"])
async def test_all_pages_together_hold_everything_once_while_more_comes(door: Door, sort: str) -> None:
    there = await registered(door, 7)
    seen, cursor = [], None

    while True:
        said = await page(door, door.office, limit=2, sort=sort, **({"cursor": cursor} if cursor else {}))
        seen += said["items"]
        await registered(door, 1)
        if len(seen) >= 27 or not (cursor := said["next"]):
            break

    found = [item["id"] for item in seen]
    assert len(found) == len(set(found))
    assert set(there) <= set(found)
    places = [(item[sort.removeprefix("-")], item["id"]) for item in seen]
    assert places == sorted(places, reverse=sort.startswith("-"))


async def test_the_last_page_names_no_next(door: Door) -> None:
    await registered(door, 2)

    assert (await page(door, door.office, limit=2))["next"] is None


async def test_the_newest_come_first_unless_the_caller_says_otherwise(door: Door) -> None:
    there = await registered(door, 3)

    assert [item["id"] for item in (await page(door, door.office))["items"]] == there[::-1]


@on_one_database
@pytest.mark.parametrize(
    "cursor",
    ["x", "NQ", "bnVsbA", "e30", "WzEsMiwzXQ", "W10", "_", "é", "WyItaWQiLCAxLCAyXQ", "WyItaWQiLCAiXHUwMDAwIiwgImEiXQ"],
)
async def test_a_cursor_that_no_list_gave_out_is_refused(door: Door, cursor: str) -> None:
    answer = await door.client.get("/v1/organizations", params={"cursor": cursor}, headers=door.office)

    problem(answer, 422, "bad_cursor")


async def test_a_cursor_of_another_order_is_refused(door: Door) -> None:
    await registered(door, 3)
    cursor = (await page(door, door.office, limit=1, sort="region_code"))["next"]

    answer = await door.client.get(
        "/v1/organizations", params={"cursor": cursor, "sort": "-region_code"}, headers=door.office
    )

    problem(answer, 422, "bad_cursor")


@on_one_database
@pytest.mark.parametrize("sort", ["name_zh", "latitude", "nothing", "", "--id", "id,status"])
async def test_an_order_that_the_database_does_not_keep_is_refused_and_those_are_named(door: Door, sort: str) -> None:
    answer = await door.client.get("/v1/organizations", params={"sort": sort}, headers=door.office)

    said = problem(answer, 422, "not_sortable")
    assert "id, organization_kind, region_code, status" in said["detail"]


@on_one_database
@pytest.mark.parametrize("limit", ["0", "-1", "1001", "all", "1e3"])
async def test_a_limit_out_of_bounds_is_refused(door: Door, limit: str) -> None:
    answer = await door.client.get("/v1/organizations", params={"limit": limit}, headers=door.office)

    said = problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in said["errors"]] == ["/query/limit"]


async def test_filters_narrow_together(door: Door) -> None:
    await registered(door, 6)
    wanted = await door.organization(kind="university", region_code="500102")

    said = await page(door, door.office, kind="university", region_code="500102")

    assert [item["id"] for item in said["items"]] == [wanted]


@on_one_database
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("510000", ["511700", "511723"]),
        ("511700", ["511700", "511723"]),
        ("511723", ["511723"]),
        ("500154", ["500154", "500234"]),
        ("500234", ["500154", "500234"]),
        ("500000", ["500101", "500154", "500234"]),
    ],
)
async def test_a_region_takes_in_what_lies_in_it(door: Door, wanted: str, found: list[str]) -> None:
    for region_code in ("511700", "511723", "520102", "500101", "500154", "500234"):
        await door.organization(verified=False, region_code=region_code)

    said = await page(door, door.office, region_code=wanted, sort="region_code")

    assert [item["region_code"] for item in said["items"]] == found


async def test_a_filter_that_nothing_fits_gives_an_empty_page(door: Door) -> None:
    await registered(door, 1)

    assert await page(door, door.office, region_code="820000") == {"items": [], "next": None}


async def test_a_list_shows_ones_own_and_what_is_open_to_the_alliance(door: Door) -> None:
    one, other = await door.enterprise(), await door.enterprise()
    mine = await door.posted(one, visibility="named", named_organization_ids=[await door.organization()])
    theirs = await door.posted(other, visibility="alliance")
    await door.posted(other, visibility="named", named_organization_ids=[await door.organization()])

    answer = await door.client.get("/v1/needs", headers=one)

    assert {item["id"] for item in answer.json()["items"]} == {mine["id"], theirs["id"]}


async def test_who_reaches_the_whole_alliance_sees_everything(door: Door) -> None:
    await door.posted(await door.enterprise(), visibility="named", named_organization_ids=[await door.organization()])

    answer = await door.client.get("/v1/needs", headers=door.office)

    assert len(answer.json()["items"]) == 1


async def test_who_belongs_to_no_organisation_sees_in_lists_no_more_than_one_by_one(door: Door) -> None:
    need = await door.posted(await door.enterprise(), visibility="alliance")
    nobody = door.token("enterprise_admin")

    one = await door.client.get(f"/v1/needs/{need['id']}", headers=nobody)
    several = await door.client.get("/v1/needs", headers=nobody)

    problem(one, 404, "not_found")
    assert several.json()["items"] == []


async def test_csv_holds_the_same_rows_with_chinese_text_and_no_formula(door: Door) -> None:
    names = ["=1+1", "+1", "-1", "@x", "\t=1", "示例,“企业”\n一行"]
    for name in names:
        await door.organization(verified=False, name_zh=name)

    answer = await door.client.get("/v1/organizations", params={"format": "csv", "sort": "id"}, headers=door.office)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8"))))
    assert [row["name_zh"] for row in rows] == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", names[-1]]
    assert {row["posts"] for row in rows} == {"[]"}


async def test_the_next_page_of_csv_is_where_the_link_says(door: Door) -> None:
    there = await registered(door, 5)
    url, found = "/v1/organizations?format=csv&limit=2&sort=id&kind=enterprise", []

    while url:
        answer = (await door.client.get(url, headers=door.office)).raise_for_status()
        found += [row["id"] for row in csv.DictReader(io.StringIO(answer.text))]
        url = answer.links["next"]["url"] if answer.links else ""
        url = url and f"http://town.test{url}"

    assert found == there


@on_one_database
@pytest.mark.parametrize(("language", "sentence"), [("en", "Input should be"), ("zh", "须为以下之一：")])
async def test_an_unknown_code_is_refused_by_its_name_with_those_that_there_are(
    door: Door, language: str, sentence: str
) -> None:
    headers = {**door.office, "accept-language": language}

    answer = await door.client.get("/v1/organizations", params={"status": "confirmed"}, headers=headers)

    (error,) = problem(answer, 422, "invalid_request")["errors"]
    assert error["pointer"] == "/query/status"
    assert error["message"].startswith(sentence)
    assert "'registered', 'verified'" in error["message"]


@on_one_database
@pytest.mark.parametrize(
    ("name", "value"), [("kind", "bank"), ("region_code", "999999"), ("region_code", "5001"), ("status", "")]
)
async def test_a_list_is_never_empty_because_of_a_slip_of_the_pen(door: Door, name: str, value: str) -> None:
    answer = await door.client.get("/v1/organizations", params={name: value}, headers=door.office)

    assert [each["pointer"] for each in problem(answer, 422, "invalid_request")["errors"]] == [f"/query/{name}"]


@on_one_database
async def test_nothing_is_entered_in_a_region_that_no_province_has(door: Door) -> None:
    answer = await door.client.post("/v1/organizations", json=door.entry(region_code="999999"), headers=door.office)

    (error,) = problem(answer, 422, "invalid_request")["errors"]
    assert error["pointer"] == "/body/region_code"
    assert "500101" in error["message"]


async def test_a_file_without_a_limit_holds_all_that_fits_in_its_order(door: Door) -> None:
    there = await registered(door, 60)
    await door.organization(kind="university")

    answer = await door.client.get("/v1/organizations?format=csv&sort=id&kind=enterprise", headers=door.office)

    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == there
    assert answer.links == {}
    assert answer.headers["content-disposition"].startswith('attachment; filename="organizations-20')


@on_one_database
async def test_who_states_a_language_reads_headings_in_it(door: Door) -> None:
    await registered(door, 1)
    asked = {**door.office, "accept": "text/csv", "accept-language": "zh-CN,zh;q=0.9"}

    answer = await door.client.get("/v1/organizations", headers=asked)

    heads = answer.content.decode("utf-8").splitlines()[0]
    assert heads.startswith("\ufeff编号,类型,名称,英文名称,统一社会信用代码,")


@on_one_database
async def test_a_workbook_holds_the_same_rows(door: Door) -> None:
    await door.organization(verified=False, name_zh='=HYPERLINK("x")')
    asked = {**door.office, "accept": FORMATS["xlsx"], "accept-language": "en"}

    answer = await door.client.get("/v1/organizations", headers=asked)

    with CalamineWorkbook.from_filelike(io.BytesIO(answer.content)) as book:
        heads, row = book.get_sheet_by_index(0).to_python()
    assert heads[:3] == ["Id", "Kind", "Name zh"]
    assert row[2] == '=HYPERLINK("x")'
    assert answer.headers["content-type"] == FORMATS["xlsx"]


@on_one_database
async def test_a_list_of_nothing_is_a_file_of_headings(door: Door) -> None:
    answer = await door.client.get("/v1/needs?format=csv", headers=door.office)

    (heads,) = csv.reader(io.StringIO(answer.text))
    assert heads[0] == "id"


@on_one_database
async def test_a_file_shows_no_more_than_the_list(door: Door) -> None:
    one, other = await door.enterprise(), await door.enterprise()
    theirs = await door.posted(other, visibility="named", named_organization_ids=[await door.organization()])
    mine = await door.posted(one, visibility="alliance")

    answer = await door.client.get("/v1/needs?format=csv", headers=one)

    assert mine["id"] in answer.text
    assert theirs["id"] not in answer.text


async def test_more_rows_than_a_file_holds_are_refused_before_any_is_written(door: Door) -> None:
    await registered(door, 3)
    mapping, who = door.parts.runtime.works.kind.mapping_of(Organization), Principal(subject="o", alliance_wide=True)

    async with door.database.reading() as connection:
        await require_fewer(connection, mapping, who, {"status": "registered"}, most=3)
        with pytest.raises(TooManyListed, match="more than 2 rows"):
            await require_fewer(connection, mapping, who, {"status": "registered"}, most=2)
