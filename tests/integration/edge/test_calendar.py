"""The calendar over HTTP: entered whole by an operator, seen by everybody at once, refused row by row."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from services.training.storage.calendar import LAST_KNOWN_YEAR
from shared.persistence.spine import AuditRow, table_of
from tests.integration.edge.school import School, school_on
from tests.unit.tables.books import book

CSV = {"content-type": "text/csv"}
WORKBOOK = {"content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
YEAR = "/v1/calendar/2027"
DAYS = "date,kind,note\n2027-01-01,holiday,元旦\n2027-01-03,working,补班\n2027-02-08,休息日,\n"


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    async with school_on(tmp_path) as opened:
        yield opened


async def enter(school: School, text: str, **params: str) -> httpx.Response:
    headers = {**school.token("ops"), **CSV, "accept-language": "zh"}
    return await school.client.put(YEAR, content=text.encode("gb18030"), headers=headers, params=params)


async def shown(school: School, path: str = YEAR) -> dict[str, object]:
    answer = await school.client.get(path, headers=school.token("teacher", school.college.university))
    return dict(answer.raise_for_status().json())


async def test_a_year_that_was_entered_is_known_to_everybody(school: School) -> None:
    before = await shown(school)

    answer = await enter(school, DAYS)

    after = await shown(school)
    assert (before["known"], before["known_until"]) == (False, "2026-12-31")
    assert answer.raise_for_status().json() == after
    assert (after["entered"], after["known_until"], after["version"]) == (True, "2027-12-31", 1)
    assert after["days"] == [
        {"date": "2027-01-01", "kind": "holiday", "note": "元旦"},
        {"date": "2027-01-03", "kind": "working", "note": "补班"},
        {"date": "2027-02-08", "kind": "rest", "note": None},
    ]


async def test_the_notices_that_are_known_to_all_are_shown(school: School) -> None:
    year = await shown(school, "/v1/calendar/2026")

    assert (year["known"], year["entered"]) == (True, False)
    assert {"date": "2026-10-01", "kind": "holiday", "note": None} in list(year["days"])  # type: ignore[call-overload]


async def test_a_year_is_replaced_whole_and_each_time_is_written_down(school: School) -> None:
    await enter(school, DAYS)

    answer = await enter(school, "date,kind\n2027-01-01,holiday\n")

    audit = table_of(AuditRow)
    async with school.database.reading() as connection:
        written = [tuple(row) for row in await connection.execute(select(audit.c.act, audit.c.subject))]
    assert answer.json()["days"] == [{"date": "2027-01-01", "kind": "holiday", "note": None}]
    assert answer.json()["version"] == 2
    assert written == [("enter", "cal_2027")] * 2


async def test_on_trial_nothing_is_entered(school: School) -> None:
    answer = await enter(school, DAYS, dry_run="true")

    assert answer.json()["known"] is True
    assert (await shown(school))["known"] is False


async def test_a_workbook_is_taken_too(school: School) -> None:
    file = book(["日期", "类型"], ["2027/1/1", "法定节假日"])

    answer = await school.client.put(YEAR, content=file, headers={**school.token("ops"), **WORKBOOK})

    assert answer.raise_for_status().json()["entered"] is True


async def test_each_row_that_does_not_fit_is_told_of_and_nothing_is_entered(school: School) -> None:
    answer = await enter(school, DAYS + "2028-01-01,holiday,\n2027-13-01,rest,\n2027-01-01,feast,\n")

    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "table_refused")
    assert [(fault["row"], fault["column"]) for fault in told["errors"]] == [
        (6, "日期"),
        (7, "日期"),
        (7, "类型"),
        (5, "日期"),
    ]
    assert "三者之一" in told["errors"][2]["message"]
    assert (await shown(school))["known"] is False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("date,kind\n2027-05-01,holiday\n", "no_new_year"),
        ("date,kind\n", "empty_table"),
        ("a,b\n1,2\n", "unknown_headings"),
    ],
)
async def test_what_is_not_a_whole_year_is_refused(school: School, text: str, code: str) -> None:
    assert (await enter(school, text)).json()["code"] == code
    assert (await enter(school, text, dry_run="true")).json()["code"] == code


async def test_a_table_may_be_larger_than_other_bodies_and_is_bounded_too(school: School) -> None:
    large, too_large = b"#" * (3 << 20), b"#" * (17 << 20)
    headers = {**school.token("ops"), **CSV}

    read = await school.client.put(YEAR, content=large, headers=headers)
    refused = await school.client.put(YEAR, content=too_large, headers=headers)

    assert (read.status_code, refused.status_code) == (422, 413)


async def test_the_template_can_be_filled_in(school: School) -> None:
    headers = {**school.token("ops"), "accept-language": "zh"}
    empty = await school.client.get("/v1/calendar/template", headers=headers)

    answer = await school.client.put(
        YEAR, content=empty.content + "2027-01-01,法定节假日,元旦\r\n".encode(), headers={**headers, **CSV}
    )

    assert empty.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.raise_for_status().json()["known"] is True


async def test_the_last_known_year_is_that_before_the_first_gap(school: School) -> None:
    headers = {**school.token("ops"), **CSV}
    counted = []
    for year in (2028, 2027):
        text = f"date,kind\n{year}-01-01,holiday\n"
        await school.client.put(f"/v1/calendar/{year}", content=text.encode(), headers=headers)
        async with school.database.reading() as connection:
            counted.append((await connection.execute(LAST_KNOWN_YEAR)).scalar_one())

    assert counted == [2026, 2028]
