"""Internships from a table over HTTP: people by their numbers, every row planned or none, each refusal by its row."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.training.main import SERVICE
from tests.integration.edge.school import School, school_on
from tests.unit.training.internship.interns import Interns

HEAD = "学号,岗位编号,开始日期,结束日期,指导教师工号,月报酬（元）,实习方式\n"
PATH = "/v1/tables/placements"


@pytest.fixture
async def interns() -> Interns:
    return await Interns().open()


@pytest.fixture
async def school(interns: Interns, tmp_path: Path) -> AsyncIterator[School]:
    for _ in range(3):
        await interns.student()
    async with school_on(tmp_path, interns.college) as opened:
        yield opened


def line(interns: Interns, number: str, **said: str) -> str:
    row = {"post": interns.post.id, "starts": "2026-09-07", "ends": "2026-12-31", "supervisor": "", **said}
    return f"{number},{row['post']},{row['starts']},{row['ends']},{row['supervisor']},2400.50,学校安排\n"


async def send(school: School, text: str, *, dry_run: bool = False) -> httpx.Response:
    headers = {
        **school.token("university_coop_office", school.college.university),
        "content-type": "text/csv",
        "accept-language": "zh",
    }
    return await school.client.post(
        f"{PATH}/imports", content=(HEAD + text).encode("gb18030"), headers=headers, params={"dry_run": dry_run}
    )


async def planned(school: School) -> list[dict[str, Any]]:
    who = school.token("university_coop_office", school.college.university)
    return list((await school.client.get("/v1/placements", headers=who)).json()["items"])


def staff_no(interns: Interns) -> str:
    return str(interns.college.store.rows["teacher"][interns.teacher_id]["staff_no"])


async def test_the_rows_of_a_table_are_planned(school: School, interns: Interns) -> None:
    answer = await send(school, line(interns, "I1", supervisor=staff_no(interns)) + line(interns, "I2"))

    kept = await planned(school)
    report = answer.raise_for_status().json()
    assert (report["rows"], report["taken"], report["faulty"]) == (2, 2, 0)
    assert {one["pay"]["stipend_fen"] for one in kept} == {240_050}
    assert {one["supervisor_id"] for one in kept} == {interns.teacher_id, None}


async def test_a_row_that_cannot_be_planned_says_why_and_nothing_is_kept(school: School, interns: Interns) -> None:
    text = line(interns, "I1") + line(interns, "I2") + line(interns, "I1", starts="2026-12-01", ends="2027-01-31")

    refused, trial = await send(school, text), await send(school, text, dry_run=True)

    (error,), (fault,) = refused.json()["errors"], trial.raise_for_status().json()["faults"]
    assert (refused.status_code, refused.json()["code"], error["row"], fault["row"]) == (422, "table_refused", 4, 4)
    assert any("一" <= letter <= "鿿" for letter in error["message"])
    assert await planned(school) == []


async def test_who_is_not_known_is_named_by_row_and_column(school: School, interns: Interns) -> None:
    text = line(interns, "I9") + line(interns, "I1", supervisor="nobody") + line(interns, "I2", ends="soon")

    refused, trial = await send(school, text), await send(school, text, dry_run=True)

    expected = [(4, "结束日期"), (2, "学号"), (3, "指导教师工号")]
    assert [(fault["row"], fault["column"]) for fault in refused.json()["errors"]] == expected
    assert [(fault["row"], fault["column"]) for fault in trial.json()["faults"]] == expected
    assert await planned(school) == []


async def test_on_trial_nothing_is_planned_and_nothing_is_told(school: School, interns: Interns) -> None:
    answer = await send(school, line(interns, "I1"), dry_run=True)

    async with school.database.reading() as connection:
        told = list(await connection.execute(SERVICE.metadata.tables["outbox"].select()))
    assert answer.raise_for_status().json()["faulty"] == 0
    assert (await planned(school), told) == ([], [])


async def test_the_template_names_the_columns(school: School) -> None:
    who = school.token("university_academic_office", school.college.university)

    answer = await school.client.get(f"{PATH}/template", headers={**who, "accept-language": "zh"})

    assert answer.content.decode("utf-8-sig").startswith("学号*,岗位编号*,实习类型,")
