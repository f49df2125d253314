"""Imports as such: their modes, what is kept of them, how far they are, and that they are undone without a trace."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from services.training.handlers.account import open_teacher_account
from services.training.handlers.faculty.obligation import review_teacher
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.contracts.training import TeacherRegistered
from shared.contracts.training.teacher import TeacherBody
from shared.kernel.work import Context
from shared.persistence.spine import OutboxRow, table_of
from shared.persistence.work import Works
from tests.fakes import NOON
from tests.integration.edge.school import School, school_on
from tests.unit.training.college import College

CSV = "text/csv"
HEAD = "学号,姓名,专业编号,年级,入学日期\n"
STAFF = "工号,姓名,教师类别,入职日期,行政区划代码\n"
DOCUMENT = {"about": "plc_01KM4C37M0X2Y1CF42XVGRECS8", "kind": "insurance", "title": "保险单"}
STUDENTS, TEACHERS = "/v1/tables/students", "/v1/tables/teachers"


@pytest.fixture
async def school(database_url: str, tmp_path: Path) -> AsyncIterator[School]:
    college = College()
    await college.students(1)
    async with school_on(tmp_path, college, url=database_url) as opened:
        yield opened


def line(school: School, number: str, year: str = "2") -> str:
    return f"{number},张三,{school.college.programme},{year},2025-09-01\n"


def office(school: School, role: str = "university_academic_office") -> dict[str, str]:
    return {**school.token(role, school.college.university), "accept-language": "zh"}


def registered(teacher: dict[str, Any]) -> TeacherRegistered:
    """What was told of a teacher, as somebody hears it later."""
    body = {name: teacher[name] for name in TeacherBody.model_fields if name in teacher}
    return TeacherRegistered.model_validate({**body, "teacher_id": teacher["id"]})


async def send(school: School, *rows: str, path: str = STUDENTS, accept: str = "*/*", **query: Any) -> httpx.Response:
    role, head = ("university_academic_office", HEAD) if path == STUDENTS else ("university_hr", STAFF)
    headers = {**office(school, role), "content-type": CSV, "accept": accept}
    file = (head + "".join(rows)).encode()
    return await school.client.post(f"{path}/imports", content=file, headers=headers, params=query)


async def undo(school: School, import_id: str, role: str = "university_academic_office") -> httpx.Response:
    return await school.client.post(f"/v1/imports/{import_id}/undoing", headers=office(school, role))


async def counted(school: School, table: str) -> int:
    async with school.database.reading() as connection:
        count = select(func.count()).select_from(SERVICE.metadata.tables[table])
        return int((await connection.execute(count)).scalar_one())


async def buried(school: School) -> list[str]:
    outbox = table_of(OutboxRow)
    async with school.database.reading() as connection:
        return list((await connection.execute(select(outbox.c.key).where(outbox.c.payload.is_(None)))).scalars())


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "请将文件本身作为请求正文提交"), ("en", "send the file itself")]
)
async def test_a_file_in_a_form_is_refused_with_what_would_pass(school: School, language: str, words: str) -> None:
    form = {"file": ("students.csv", (HEAD + line(school, "A1")).encode(), CSV)}
    headers = {**office(school), "accept-language": language}

    answers = [
        await school.client.post(f"{STUDENTS}/imports", files=form, headers=headers),
        await school.client.post("/v1/documents", files=form, headers=headers, params=DOCUMENT),
    ]

    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (415, "wrapped_file")
        assert words in answer.json()["detail"]
    assert await counted(school, "student") == 1


async def test_an_import_is_listed_with_who_made_it_and_how_much_it_took(school: School) -> None:
    report = (await send(school, line(school, "A1"), line(school, "A2"))).raise_for_status().json()

    (listed,) = (await school.client.get("/v1/imports?table=students", headers=office(school))).json()["items"]
    one = (await school.client.get(f"/v1/imports/{report['import_id']}", headers=office(school))).json()
    assert listed == one
    assert (one["id"], one["table"], one["rows"], one["entered"]) == (report["import_id"], "students", 2, 2)
    assert one["entered_by"].startswith("university_academic_office:")
    assert (len(one["file_sha256"]), one["status"], one["undone_at"]) == (64, "entered", None)


async def test_good_rows_only_enters_those_and_tells_of_the_others(school: School) -> None:
    rows = [line(school, "A1"), line(school, "A2", year="9"), line(school, "S0"), line(school, "A3")]

    report = (await send(school, *rows, mode="good_rows_only")).raise_for_status().json()

    assert (report["rows"], report["taken"], report["faulty"]) == (4, 2, 2)
    assert [(fault["row"], fault["column"]) for fault in report["faults"]] == [(3, "年级"), (4, "学号")]
    assert await counted(school, "student") == 3


async def test_without_one_good_row_nothing_is_imported(school: School) -> None:
    answer = await send(school, line(school, "S0"), mode="good_rows_only")

    assert (answer.status_code, answer.json()["code"]) == (422, "table_refused")
    assert await counted(school, "import_record") == 0


async def test_the_same_file_is_refused_while_its_import_stands(school: School) -> None:
    first = (await send(school, line(school, "A1"))).json()["import_id"]

    again = await send(school, line(school, "A1"))
    (await undo(school, first)).raise_for_status()
    anew = await send(school, line(school, "A1"))

    assert (again.status_code, again.json()["code"]) == (409, "imported_already")
    assert first in again.json()["detail"]
    assert anew.status_code == 200


async def test_what_is_undone_leaves_nothing_but_tombstones_and_the_record(school: School) -> None:
    before = await counted(school, "reach")
    import_id = (await send(school, *(line(school, f"A{number}") for number in range(501)))).json()["import_id"]

    answer = await undo(school, import_id)

    assert answer.raise_for_status().json()["status"] == "undone"
    assert (await counted(school, "student"), await counted(school, "import_entry")) == (1, 0)
    assert await counted(school, "reach") == before + 1
    keys = await buried(school)
    assert len(keys) == 501
    assert all(key.startswith("student/stu_") for key in keys)


async def test_an_import_is_undone_once(school: School) -> None:
    import_id = (await send(school, line(school, "A1"))).json()["import_id"]
    await undo(school, import_id)

    again = await undo(school, import_id)

    assert (again.status_code, again.json()["code"]) == (409, "undone_already")


async def test_what_was_changed_or_used_since_is_not_undone_and_counted(school: School) -> None:
    rows = [line(school, f"A{number}") for number in range(3)]
    import_id = (await send(school, *rows)).json()["import_id"]
    listed = (await school.client.get("/v1/students?limit=2", headers=office(school))).json()["items"]
    changed, used = (student["id"] for student in listed)
    body = {"programme_id": school.college.programme, "study_year": 3, "status": "enrolled"}
    put = {**office(school), "if-match": "*"}
    (await school.client.put(f"/v1/students/{changed}", json=body, headers=put)).raise_for_status()
    (await school.client.post("/v1/accounts", json={"person_id": used}, headers=office(school))).raise_for_status()

    refused = await undo(school, import_id)

    assert (refused.status_code, refused.json()["code"]) == (409, "built_upon")
    assert " 2 " in refused.json()["detail"]
    assert await counted(school, "student") == 4


async def test_a_teacher_who_stands_in_a_list_is_not_undone(school: School) -> None:
    report = (await send(school, "T1,李四,专业课教师,2020-09-01,500101\n", path=TEACHERS)).json()
    (teacher,) = (await school.client.get("/v1/teachers", headers=office(school, "university_hr"))).json()["items"]
    visit = {
        "enterprise_id": school.college.enterprise,
        "site": "万州一厂",
        "visited_on": "2026-08-03",
        "inspector_ids": [teacher["id"]],
        "findings": "车间通风良好",
        "fit": True,
        "evidence": {"number": "2026-001", "issuer": "示例学院", "issued_on": "2026-08-03"},
    }
    coop = office(school, "university_coop_office")
    (await school.client.post("/v1/site-inspections", json=visit, headers=coop)).raise_for_status()

    refused = await undo(school, report["import_id"], "university_hr")

    assert (refused.status_code, refused.json()["code"]) == (409, "built_upon")
    assert await counted(school, "teacher") == 1


async def test_what_follows_from_a_teacher_by_itself_goes_with_them(school: School) -> None:
    report = (await send(school, "T1,李四,专业课教师,2020-09-01,500101\n", path=TEACHERS)).json()
    (teacher,) = (await school.client.get("/v1/teachers", headers=office(school, "university_hr"))).json()["items"]
    works = Works(school.database, TrainingWork, SERVICE.rulebook())
    async with works.open(Context(actor="system:training", now=NOON)) as work:
        await review_teacher(teacher["id"], work)
        await open_teacher_account(registered(teacher), work)
    owed, opened = await counted(school, "obligation"), await counted(school, "account")

    answer = await undo(school, report["import_id"], "university_hr")

    assert answer.status_code == 200
    assert (owed > 0, opened) == (True, 1)
    assert [await counted(school, kind) for kind in ("obligation", "account", "teacher")] == [0, 0, 0]


async def test_who_was_taken_back_before_their_account_was_opened_gets_none(school: School) -> None:
    report = (await send(school, "T1,李四,专业课教师,2020-09-01,500101\n", path=TEACHERS)).json()
    (teacher,) = (await school.client.get("/v1/teachers", headers=office(school, "university_hr"))).json()["items"]
    (await undo(school, report["import_id"], "university_hr")).raise_for_status()
    works = Works(school.database, TrainingWork, SERVICE.rulebook())

    async with works.open(Context(actor="system:training", now=NOON)) as work:
        await open_teacher_account(registered(teacher), work)

    assert await counted(school, "account") == 0


async def test_only_who_may_import_a_table_undoes_an_import_of_it(school: School) -> None:
    import_id = (await send(school, line(school, "A1"))).json()["import_id"]

    answer = await undo(school, import_id, "university_hr")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_table")
    assert "教务处" in answer.json()["detail"]


async def test_progress_is_told_and_the_last_word_is_the_report(school: School) -> None:
    rows = [line(school, f"A{number}") for number in range(1001)]

    answer = await send(school, *rows, accept="text/event-stream")

    events = told(answer)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [data["done"] for name, data in events if name == "progress"] == [0, 0, 500, 1000, 1001]
    assert (events[-1][0], events[-1][1]["taken"]) == ("done", 1001)
    assert await counted(school, "student") == 1002


async def test_a_refusal_ends_the_stream_as_a_problem(school: School) -> None:
    answer = await send(school, line(school, "S0"), accept="text/event-stream")

    name, problem = told(answer)[-1]
    assert (name, problem["code"], problem["errors"][0]["column"]) == ("refused", "table_refused", "学号")
    assert await counted(school, "student") == 1


def told(answer: httpx.Response) -> list[tuple[str, dict[str, Any]]]:
    """The events of a stream, each with its data."""
    blocks = [block.split("\n") for block in answer.text.replace("\r\n", "\n").strip().split("\n\n")]
    fields = [dict(row.split(": ", 1) for row in block if ": " in row) for block in blocks]
    return [(each["event"], orjson.loads(each["data"])) for each in fields if "event" in each]


async def test_tables_say_what_may_be_imported_in_the_caller_s_language(school: School) -> None:
    answer = await school.client.get("/v1/tables", headers=office(school))

    tables = {table["name"]: table for table in answer.raise_for_status().json()["items"]}
    columns = {column["name"]: column for column in tables["students"]["columns"]}
    assert tables.keys() == {"students", "teachers", "posts", "placements", "practices", "special-posts"}
    assert columns["sex"]["values"] == {"female": "女", "male": "男"}
    assert (columns["student_no"]["heading"], columns["student_no"]["required"]) == ("学号", True)


@pytest.mark.parametrize("table", ["students", "teachers", "posts", "placements", "practices", "special-posts"])
async def test_every_template_is_a_workbook_that_can_be_sent_back(school: School, table: str) -> None:
    imports = {each.name: each for each in SERVICE.imports}
    who = {**school.token(imports[table].access.roles[0], school.college.university), "accept-language": "zh"}

    answer = await school.client.get(f"/v1/tables/{table}/template?format=xlsx", headers=who)
    back = await school.client.post(
        f"/v1/tables/{table}/imports",
        content=answer.content,
        headers={**who, "content-type": answer.headers["content-type"]},
    )

    with CalamineWorkbook.from_filelike(io.BytesIO(answer.content)) as book:
        heads, notes = book.get_sheet_by_index(0).to_python()
    assert len(heads) == len(imports[table].shape.columns)
    assert notes[0].startswith("# ")
    assert back.json()["code"] == "empty_table"
