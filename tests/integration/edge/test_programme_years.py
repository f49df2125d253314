"""What came of programmes, year by year: entered by hand or from a table, each once, and corrected."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.integration.edge.academy import UNIVERSITY, Academy, academy_on

HEAD = "专业编号,年度,录取数,报到数,毕业去向落实率（%）,初次就业率（%）,初次就业率统计日期,生师比,平均月薪（元）\n"
PATH = "/v1/tables/programme-years/imports"


@pytest.fixture
async def academy(tmp_path: Path) -> AsyncIterator[Academy]:
    async with academy_on(tmp_path) as opened:
        yield opened


async def send(academy: Academy, *rows: str, **query: str) -> httpx.Response:
    headers = {**academy.token("university_academic_office"), "content-type": "text/csv", "accept-language": "zh"}
    return await academy.client.post(PATH, content=(HEAD + "".join(rows)).encode(), headers=headers, params=query)


async def test_a_year_comes_from_a_table_as_it_is_spoken_of(academy: Academy) -> None:
    programme = await academy.programme()

    report = await send(
        academy, f"{programme},2025,120,110,93.5,88.25,2025-09-01,17.5,4800.50\n", f"{programme},2024,,,,,,,\n"
    )

    office = academy.token("university_academic_office")
    listed = (await academy.client.get("/v1/programme-years?sort=id", headers=office)).json()["items"]
    assert report.raise_for_status().json()["taken"] == 2
    assert [year["year"] for year in listed] == [2025, 2024]
    said = listed[0]
    assert (said["enrolled"], said["registered"], said["destination_rate"]) == (120, 110, "93.5")
    assert (said["first_employment_rate"], said["students_per_teacher"], said["average_pay"]) == (
        "88.25",
        "17.5",
        "4800.5",
    )
    assert (listed[1]["enrolled"], listed[1]["destination_rate"]) == (None, None)


async def test_what_does_not_fit_is_told_by_cell_or_row(academy: Academy) -> None:
    programme = await academy.programme()
    await send(academy, f"{programme},2023,,,,,,,\n")
    rows = [
        f"{programme},2023,,,,,,,\n",
        f"{programme},2025,120,130,,,,,\n",
        f"{programme},2024,,,93.555,,,,\n",
        f"{programme},2022,,,,88,,,\n",
        f"{programme},2027,,,,,,,\n",
        f"{programme},2021,,,,,,,\n",
        f"{programme},2021,,,,,,,\n",
    ]

    report = await send(academy, *rows, dry_run="true")

    faults = {(fault["row"], fault["column"]) for fault in report.raise_for_status().json()["faults"]}
    assert faults == {(2, "年度"), (3, None), (4, "毕业去向落实率（%）"), (5, None), (6, None), (8, None)}


async def test_a_year_is_entered_once_and_corrected_as_a_whole(academy: Academy) -> None:
    programme, office = await academy.programme(), academy.token("university_academic_office")
    path = f"/v1/programmes/{programme}/years"

    first = await academy.client.post(path, json={"year": 2025, "enrolled": 100, "students": 300}, headers=office)
    twice = await academy.client.post(path, json={"year": 2025}, headers=office)
    year = f"/v1/programme-years/{first.raise_for_status().json()['id']}"
    put = await academy.client.put(year, json={"enrolled": 101}, headers={**office, "if-match": first.headers["etag"]})

    assert (twice.status_code, twice.json()["code"]) == (409, "year_entered")
    assert (put.raise_for_status().json()["enrolled"], put.json()["students"]) == (101, None)


async def test_an_import_of_years_is_undone_unless_one_was_corrected(academy: Academy) -> None:
    programme, office = await academy.programme(), academy.token("university_academic_office")
    kept = (await send(academy, f"{programme},2024,,,,,,,\n")).json()["import_id"]
    gone = (await send(academy, f"{programme},2023,,,,,,,\n")).json()["import_id"]
    (one,) = (await academy.client.get("/v1/programme-years?year=2024", headers=office)).json()["items"]
    await academy.client.put(f"/v1/programme-years/{one['id']}", json={}, headers={**office, "if-match": "*"})

    refused = await academy.client.post(f"/v1/imports/{kept}/undoing", headers=office)
    undone = await academy.client.post(f"/v1/imports/{gone}/undoing", headers=office)

    left = (await academy.client.get("/v1/programme-years", headers=office)).json()["items"]
    assert (refused.status_code, undone.status_code) == (409, 200)
    assert [year["year"] for year in left] == [2024]


async def test_another_university_s_programme_is_not_known(academy: Academy) -> None:
    programme = await academy.programme()
    stranger = academy.token("university_academic_office", UNIVERSITY[:-1] + ("0" if UNIVERSITY[-1] != "0" else "1"))

    answer = await academy.client.post(
        PATH,
        content=f"programme_id,year\n{programme},2025\n".encode(),
        headers={**stranger, "content-type": "text/csv"},
    )

    assert [fault["column"] for fault in answer.json()["errors"]] == ["Programme id"]
