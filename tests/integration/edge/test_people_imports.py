"""Registers of students and teachers from files: looked through, then entered whole or not at all."""

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from services.training.main import SERVICE
from shared.contracts.ids import new_id
from shared.persistence.spine import OutboxRow, table_of
from tests.integration.edge.school import School, school_on
from tests.unit.tables.books import book
from tests.unit.training.college import College

CSV = {"content-type": "text/csv"}
WORKBOOK = {"content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
HEAD = "学号,姓名,专业编号,年级,入学日期,出生日期,性别\n"
STAFF = "工号,姓名,教师类别,入职日期,行政区划代码,新入职,专任,院系,学历\n"
STUDENTS = "/v1/tables/students"
TEACHERS = "/v1/tables/teachers"


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[School]:
    college = College()
    await college.students(1)
    async with school_on(tmp_path, college) as opened:
        yield opened


async def send(school: School, path: str, file: bytes, **headers: str) -> httpx.Response:
    role = "university_academic_office" if path.startswith(STUDENTS) else "university_hr"
    who = school.token(role, school.college.university)
    return await school.client.post(path, content=file, headers={**who, **CSV, "accept-language": "zh", **headers})


def line(school: School, number: str, **more: str) -> str:
    row = {"programme": school.college.programme, "year": "2", "day": "2025-09-01", **more}
    return f"{number},张三,{row['programme']},{row['year']},{row['day']},2007年5月31日,女\n"


async def counted(school: School, table: str) -> int:
    async with school.database.reading() as connection:
        count = select(func.count()).select_from(SERVICE.metadata.tables[table])
        return int((await connection.execute(count)).scalar_one())


async def told(school: School) -> list[str]:
    outbox = table_of(OutboxRow)
    async with school.database.reading() as connection:
        return list((await connection.execute(select(outbox.c.type).order_by(outbox.c.type))).scalars())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
async def test_students_are_entered_and_told_of(school: School, encoding: str) -> None:
    text = HEAD + line(school, "A1") + line(school, "A2")

    answer = await send(school, f"{STUDENTS}/imports", text.encode(encoding))

    report = answer.raise_for_status().json()
    assert report.pop("import_id").startswith("imp_")
    assert report == {"rows": 2, "taken": 2, "dry_run": False, "faulty": 0, "faults": []}
    assert await counted(school, "student") == 3
    events, states = "sunmao.training.student.registered.v1", "sunmao.training.student.state.v1"
    assert await told(school) == [events, events, states, states]


async def test_students_come_from_a_workbook_too(school: School) -> None:
    file = book(HEAD.strip().split(","), ["007", "张三", school.college.programme, 1, "2026/9/1", "", ""])

    answer = await send(school, f"{STUDENTS}/imports", file, **WORKBOOK)

    assert answer.raise_for_status().json()["taken"] == 1


async def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_entered(school: School) -> None:
    strange = new_id("programme")
    text = (
        HEAD
        + line(school, "A1")
        + line(school, "S0")
        + line(school, "A1")
        + line(school, "A3", year="9", day="1.9.2025")
        + line(school, "A4", programme=strange)
    )

    refused = await send(school, f"{STUDENTS}/imports", text.encode())
    trial = await send(school, f"{STUDENTS}/imports?dry_run=true", text.encode())

    expected = [(4, "学号"), (5, "年级"), (5, "入学日期"), (3, "学号"), (6, "专业编号")]
    problem, report = refused.json(), trial.raise_for_status().json()
    assert (refused.status_code, problem["code"]) == (422, "table_refused")
    assert [(fault["row"], fault["column"]) for fault in problem["errors"]] == expected
    assert [(fault["row"], fault["column"]) for fault in report["faults"]] == expected
    assert (report["rows"], report["taken"], report["faulty"]) == (5, 0, 5)
    assert "张三" not in refused.text
    assert strange not in refused.text
    assert await counted(school, "student") == 1
    assert await told(school) == []


async def test_rows_with_days_that_are_to_come_are_told_cell_by_cell(school: School) -> None:
    unborn = line(school, "A2").replace("2007年5月31日", "2027年5月31日")
    text = HEAD + line(school, "A1", day="2026-09-01") + unborn + line(school, "A3", day="2026-09-02")

    refused = await send(school, f"{STUDENTS}/imports", text.encode())

    faults = [(fault["row"], fault["column"], fault["message"]) for fault in refused.json()["errors"]]
    assert refused.status_code == 422
    assert faults == [
        (3, "出生日期", "出生日期晚于今日，请填写今日或之前的日期。"),
        (4, "入学日期", "入学日期晚于今日，请更正，或自入学当日起再登记。"),
    ]


async def test_what_fits_is_on_trial_without_a_trace(school: School) -> None:
    report = await send(school, f"{STUDENTS}/imports?dry_run=true", (HEAD + line(school, "A1")).encode())

    told_of = {"import_id": None, "rows": 1, "taken": 0, "dry_run": True, "faulty": 0, "faults": []}
    assert report.json() == told_of
    assert await counted(school, "student") == 1


async def test_a_repeat_with_the_same_key_gets_the_same_answer(school: School) -> None:
    file, key = (HEAD + line(school, "A1")).encode(), {"idempotency-key": "import-1"}

    first = await send(school, f"{STUDENTS}/imports", file, **key)
    second = await send(school, f"{STUDENTS}/imports", file, **key)

    assert (first.json(), first.status_code) == (second.json(), second.status_code)
    assert await counted(school, "student") == 2


async def test_more_than_one_part_is_one_transaction(school: School) -> None:
    rows = "".join(line(school, f"A{number}") for number in range(1201))

    answer = await send(school, f"{STUDENTS}/imports", (HEAD + rows).encode())

    assert answer.raise_for_status().json()["taken"] == 1201
    assert await counted(school, "student") == 1202


async def test_teachers_are_entered_with_what_the_table_says(school: School) -> None:
    text = (
        STAFF + "T1,李四,专业课教师,2026-09-01,500101,是,,机电学院,硕士\nT2,王五,public_basic,20100901,500101,否,否,,\n"
    )

    answer = await send(school, f"{TEACHERS}/imports", text.encode("gb18030"))

    who = school.token("university_hr", school.college.university)
    listed: dict[str, Any] = (await school.client.get("/v1/teachers?sort=id", headers=who)).json()
    assert answer.raise_for_status().json()["taken"] == 2
    assert [(t["kind"], t["new_hire"], t["full_time"], t["department"]) for t in listed["items"]] == [
        ("professional_course", True, True, "机电学院"),
        ("public_basic", False, False, None),
    ]
    assert [teacher["career"] and teacher["career"]["degree"] for teacher in listed["items"]] == ["master", None]


async def test_a_staff_number_is_taken_once(school: School) -> None:
    text = STAFF + "T1,李四,专业课教师,2026-09-01,500101,,,,\n"
    await send(school, f"{TEACHERS}/imports", text.encode())

    answer = await send(school, f"{TEACHERS}/imports", text.encode("utf-8-sig"))

    assert [(fault["row"], fault["column"]) for fault in answer.json()["errors"]] == [(2, "工号")]


@pytest.mark.parametrize("path", [STUDENTS, TEACHERS])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_template_says_what_may_stand_where(school: School, path: str, language: str) -> None:
    role = "university_academic_office" if path == STUDENTS else "university_hr"
    who = school.token(role, school.college.university)

    answer = await school.client.get(f"{path}/template", headers={**who, "accept-language": language})

    heads, notes = answer.content.decode("utf-8-sig").splitlines()
    assert "attachment" in answer.headers["content-disposition"]
    assert heads.count("*") >= 5
    assert notes.startswith(("# ", '"# '))
    assert (await send(school, f"{path}/imports", answer.content)).json()["code"] == "empty_table"


async def test_a_university_s_programmes_are_its_own(school: School) -> None:
    stranger = school.token("university_academic_office", new_id("organization"))
    file = (HEAD + line(school, "A1")).encode()

    answer = await school.client.post(f"{STUDENTS}/imports", content=file, headers={**stranger, **CSV})

    assert [fault["column"] for fault in answer.json()["errors"]] == ["Programme id"]


@pytest.mark.parametrize(
    ("language", "kind", "flags"),
    [("zh", "专业课教师", {"否", "是"}), ("en", "professional courses", {"no", "yes"})],
)
async def test_a_list_says_what_the_template_offers_and_what_it_says_is_taken_again(
    school: School, language: str, kind: str, flags: set[str]
) -> None:
    who = school.token("university_hr", school.college.university)
    row = "{number},李老师,{kind},2020-09-01,500101,否,是,机电,硕士\n"
    (
        await send(school, f"{TEACHERS}/imports", (STAFF + row.format(number="T1", kind=kind)).encode())
    ).raise_for_status()

    async def cells(**headers: str) -> dict[str, str]:
        answer = await school.client.get("/v1/teachers?format=csv", headers={**who, **headers})
        heads, values = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        return dict(zip(heads, values, strict=True))

    read, parsed = await cells(**{"accept-language": language}), await cells()
    again = STAFF + row.format(number="T2", kind=next(cell for cell in read.values() if cell == kind))
    (await send(school, f"{TEACHERS}/imports", again.encode())).raise_for_status()

    assert (parsed["kind"], parsed["full_time"], parsed["new_hire"]) == ("professional_course", "True", "False")
    assert flags <= set(read.values())
    assert await counted(school, "teacher") == 2
