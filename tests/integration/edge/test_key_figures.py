"""Key figures over HTTP: a university's are its own, offices see all, and both take them home as a table."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from shared.contracts.ids import new_id
from tests.integration.edge.school import School, school_on
from tests.unit.training.college import College
from tests.unit.training.measured import measured_internships, measured_teachers

INTERNSHIPS, TEACHERS = "/v1/internship-kpis", "/v1/teacher-kpis"


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    college = College()
    await measured_internships(college)
    await measured_teachers(college)
    async with school_on(tmp_path, college) as opened:
        yield opened


async def asked(
    school: School, path: str, role: str, organization_id: str | None = None, **query: str
) -> list[dict[str, Any]]:
    answer = await school.client.get(path, headers=school.token(role, organization_id), params=query)
    items: list[dict[str, Any]] = answer.raise_for_status().json()["items"]
    return items


def figures(items: list[dict[str, Any]], university_id: str | None) -> dict[str, tuple[Any, ...]]:
    names = ("numerator", "denominator", "value", "target", "verdict")
    return {each["code"]: tuple(each[n] for n in names) for each in items if each["university_id"] == university_id}


async def test_a_university_reads_the_key_figures_of_its_internships(school: School) -> None:
    college = school.college

    items = await asked(school, INTERNSHIPS, "university_coop_office", college.university, to="2026-12-31")

    assert figures(items, college.university) == {
        "KPI-08": (2, 3, 66.66, 100.0, "missed"),
        "KPI-10": (2, 1, 2.0, 2.0, "met"),
        "KPI-12": (2, 5, 40.0, 98.0, "missed"),
        "KPI-21": (1, 5, 20.0, 2.0, "missed"),
        "KPI-22": (2, 3, 66.66, 100.0, "missed"),
        "KPI-23": (2, 3, 66.66, None, "no_target"),
        "KPI-24": (None, 4, 3.5, None, "no_target"),
    }
    assert {each["university_id"] for each in items} == {college.university}
    compliant = next(each for each in items if each["code"] == "KPI-12")
    assert (compliant["name_zh"], compliant["name_en"]) == ("实习合规率", "Compliant internships")
    assert (compliant["starts_on"], compliant["ends_on"]) == ("2026-01-01", "2026-12-31")
    assert (compliant["unit"], compliant["bound"]) == ("percent", "at_least")
    assert (compliant["unknown"], compliant["missing"]) == (1, ["judgement"])
    assert "without an open block" in compliant["formula"]
    assert compliant["source"] == "the alliance's own decision: key figures of internships"


async def test_a_university_reads_the_key_figures_of_its_teachers(school: School) -> None:
    college = school.college

    items = await asked(school, TEACHERS, "university_hr", college.university)

    assert figures(items, college.university) == {
        "KPI-02": (2, 5, 40.0, 90.0, "missed"),
        "KPI-03": (1, None, 1.0, None, "no_target"),
        "KPI-04": (1, None, 1.0, None, "no_target"),
        "KPI-05": (1, 3, 33.33, 100.0, "missed"),
        "KPI-06": (0, 1, 0.0, 100.0, "missed"),
        "KPI-07": (3, 4, 75.0, 100.0, "missed"),
        "KPI-25": (1, 3, 33.33, None, "no_target"),
    }
    by_code = {each["code"]: (each["starts_on"], each["ends_on"]) for each in items}
    assert by_code["KPI-02"] == (None, "2026-09-01")
    assert by_code["KPI-07"] == ("2026-01-01", "2026-12-31")


async def test_the_office_reads_the_alliance_first_and_then_every_university(school: School) -> None:
    college = school.college

    internships = await asked(school, INTERNSHIPS, "alliance_office")
    teachers = await asked(school, TEACHERS, "government")

    assert [each["university_id"] for each in internships][::7] == [
        None,
        *sorted([college.university, college.operator]),
    ]
    assert figures(internships, None)["KPI-12"] == (2, 5, 40.0, 98.0, "missed")
    assert figures(internships, college.operator)["KPI-10"] == (1, 0, None, 2.0, "unknown")
    assert figures(internships, college.operator)["KPI-12"] == (0, 0, None, 98.0, "nothing_to_measure")
    assert figures(teachers, None)["KPI-03"] == (1, None, 1.0, 100.0, "missed")
    assert figures(teachers, college.operator)["KPI-02"] == (0, 0, None, 90.0, "unknown")


async def test_one_university_is_asked_for_by_whoever_may_see_it_and_found_by_nobody_else(school: School) -> None:
    college = school.college
    named = {"university_id": college.university}
    stranger = school.token("university_coop_office", college.operator)

    seen = await asked(school, INTERNSHIPS, "government", **named)
    statuses = [
        (await school.client.get(path, headers=headers, params=params)).status_code
        for path in (INTERNSHIPS, TEACHERS)
        for headers, params in (
            (stranger, named),
            (school.token("alliance_office"), {"university_id": college.enterprise}),
            (school.token("alliance_office"), {"university_id": new_id("organization")}),
            (school.token("university_coop_office", college.enterprise), {}),
        )
    ]

    assert {each["university_id"] for each in seen} == {college.university}
    assert statuses == [404] * 8


async def test_days_choose_what_is_counted(school: School) -> None:
    college = school.college

    so_far = await asked(school, INTERNSHIPS, "university_coop_office", college.university)
    before = await asked(school, INTERNSHIPS, "university_coop_office", college.university, to="2025-12-31")
    earlier = await asked(school, TEACHERS, "university_hr", college.university, year="2025")

    assert {(each["starts_on"], each["ends_on"]) for each in so_far if each["starts_on"]} == {
        ("2026-01-01", "2026-09-01")
    }
    assert figures(so_far, college.university)["KPI-22"] == (0, 0, None, 100.0, "nothing_to_measure")
    assert figures(before, college.university)["KPI-12"] == (0, 1, 0.0, 98.0, "missed")
    assert figures(before, college.university)["KPI-24"] == (None, 0, None, None, "unknown")
    assert before[0]["starts_on"] == "2025-01-01"
    assert figures(earlier, college.university)["KPI-07"] == (1, 1, 100.0, 100.0, "met")
    assert figures(earlier, college.university)["KPI-03"] == (0, None, 0.0, None, "no_target")


async def test_a_period_that_ends_before_it_begins_is_refused_in_both_languages(school: School) -> None:
    headers = school.token("alliance_office")
    days = {"from": "2026-09-02", "to": "2026-09-01"}

    refusals = [
        (await school.client.get(INTERNSHIPS, headers={**headers, "accept-language": tag}, params=days))
        for tag in ("zh", "en")
    ]

    assert [each.status_code for each in refusals] == [422, 422]
    assert "截止日须为起始日当日或之后" in refusals[0].json()["detail"]
    assert "2026-09-02" in refusals[1].json()["detail"]


async def test_a_report_is_taken_home_as_a_table_in_the_reader_s_language(school: School) -> None:
    headers = {**school.token("university_hr", school.college.university), "accept-language": "zh"}

    text = await school.client.get(TEACHERS, headers=headers, params={"format": "csv"})
    book = await school.client.get(TEACHERS, headers=headers, params={"format": "xlsx"})

    head, first, *others = csv.reader(io.StringIO(text.text.removeprefix("\ufeff")))
    assert head[:4] == ["学校编号", "代码", "中文名称", "英文名称"]
    said = dict(zip(head, first, strict=True))
    assert (said["代码"], said["中文名称"], said["指标值"], said["目标值"]) == (
        "KPI-02",
        "双师型教师比例",
        "40.0",
        "90.0",
    )
    assert said["改进建议"] == "请组织尚未认定的专业课教师参加认定。"
    assert said["计算口径"].startswith("分子为有效认定的教师数")
    assert len(others) == 6
    with CalamineWorkbook.from_filelike(io.BytesIO(book.content)) as sheets:
        heads, row, *_ = sheets.get_sheet_by_index(0).to_python()
    assert heads == head
    assert row[1:3] == ["KPI-02", "双师型教师比例"]


async def test_a_report_is_read_page_by_page(school: School) -> None:
    whole = await asked(school, INTERNSHIPS, "alliance_office")
    headers, found, cursor = school.token("alliance_office"), [], None

    while True:
        params = {"limit": "5", **({"cursor": cursor} if cursor else {})}
        page = (await school.client.get(INTERNSHIPS, headers=headers, params=params)).raise_for_status().json()
        found += page["items"]
        if (cursor := page["next"]) is None:
            break

    assert found == whole
    assert len(whole) == 21
