"""Students and teachers from tables: looked through whole, then entered in one transaction, or not at all."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training import queries
from services.training.api.access import WRITE
from services.training.api.people_tables import STUDENTS, TEACHERS
from services.training.commands.people import ImportStudents, ImportTeachers
from services.training.domain.student import StudentEntry
from services.training.domain.teacher import TeacherEntry
from services.training.handlers import people as handlers
from shared.contracts.ids import new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.rules import Bilingual
from shared.tables import Checked
from shared.web.edge import EdgeIn
from shared.web.rules import LanguageIn
from shared.web.tables import TABLE_BODY, DryRun, ImportReport, TableIn, checked_table, parts, template_file

router: Final = AccessRouter(tags=["imports"])
_OFFICE: Final = allow("university_academic_office", scope=WRITE)
_HR: Final = allow("university_hr", scope=WRITE)
_TAKEN: Final = Bilingual(
    zh="本校已登记该编号，请修改原有记录。", en="Your university has entered this number already; change that entry."
)
_NO_PROGRAMME: Final = Bilingual(
    zh="本校没有此编号的专业；如刚登记，请稍后再试。",
    en="Your university has no programme with this id; if it was registered just now, try again shortly.",
)

C = TypeVar("C")


@router.get("/v1/student-imports/template", access=_OFFICE, response_class=Response)
async def student_template(language: LanguageIn) -> Response:
    """The empty table of students, as CSV for any spreadsheet."""
    return template_file(STUDENTS, language)


@router.get("/v1/teacher-imports/template", access=_HR, response_class=Response)
async def teacher_template(language: LanguageIn) -> Response:
    """The empty table of teachers, as CSV for any spreadsheet."""
    return template_file(TEACHERS, language)


@router.post("/v1/student-imports/table", access=_OFFICE, openapi_extra=TABLE_BODY)
async def import_student_table(
    file: TableIn, edge: EdgeIn, language: LanguageIn, *, dry_run: DryRun = False
) -> ImportReport:
    """Enter up to 100,000 students from a table, all or none."""
    checked, home = await checked_table(STUDENTS, file, lambda row: row.entry), edge.organization_id
    if dry_run:
        await edge.read(_look_up_students, checked, home)
        return ImportReport.on_trial(checked, language)
    commands = partial(_student_commands, checked=checked, home=home)
    return await edge.act_on_all(_counted(handlers.import_students), commands, answer=_all_of_them)


@router.post("/v1/teacher-imports/table", access=_HR, openapi_extra=TABLE_BODY)
async def import_teacher_table(
    file: TableIn, edge: EdgeIn, language: LanguageIn, *, dry_run: DryRun = False
) -> ImportReport:
    """Enter up to 100,000 teachers from a table, all or none."""
    checked, home = await checked_table(TEACHERS, file, lambda row: row.entered), edge.organization_id
    if dry_run:
        await edge.read(_look_up_teachers, checked, home)
        return ImportReport.on_trial(checked, language)
    commands = partial(_teacher_commands, checked=checked, home=home)
    return await edge.act_on_all(_counted(handlers.import_teachers), commands, answer=_all_of_them)


async def _student_commands(
    connection: AsyncConnection, *, checked: Checked[StudentEntry], home: str
) -> Iterator[ImportStudents]:
    await _look_up_students(connection, checked, home)
    entered = parts([(new_id("student"), entry) for entry in checked.sound()])
    return (ImportStudents(university_id=home, entries=tuple(entries)) for entries in entered)


async def _teacher_commands(
    connection: AsyncConnection, *, checked: Checked[TeacherEntry], home: str
) -> Iterator[ImportTeachers]:
    await _look_up_teachers(connection, checked, home)
    entered = parts([(new_id("teacher"), entry) for entry in checked.sound()])
    return (ImportTeachers(university_id=home, entries=tuple(entries)) for entries in entered)


async def _look_up_students(connection: AsyncConnection, checked: Checked[StudentEntry], home: str) -> None:
    numbers = [row.said.student_no for row in checked.rows]
    taken = await queries.students_by_number(connection, home, numbers)
    programmes = await queries.programmes_of(connection, home)
    for row in checked.rows:
        if row.said.student_no in taken:
            checked.blame(row.number, STUDENTS.by_name["student_no"], _TAKEN)
        if row.said.programme_id not in programmes:
            checked.blame(row.number, STUDENTS.by_name["programme_id"], _NO_PROGRAMME)


async def _look_up_teachers(connection: AsyncConnection, checked: Checked[TeacherEntry], home: str) -> None:
    numbers = [row.said.staff_no for row in checked.rows]
    taken = await queries.teachers_by_number(connection, home, numbers)
    programmes = await queries.programmes_of(connection, home)
    for row in checked.rows:
        if row.said.staff_no in taken:
            checked.blame(row.number, TEACHERS.by_name["staff_no"], _TAKEN)
        if not programmes.issuperset(row.said.programme_ids):
            checked.blame(row.number, TEACHERS.by_name["programme_ids"], _NO_PROGRAMME)


def _counted(handler: Callable[[C, Any], Awaitable[Sequence[object]]]) -> Callable[[C, Any], Awaitable[int]]:
    """The handler, of whose outcome only the number is kept: of so many rows no more is needed."""

    async def count(command: C, work: Any) -> int:
        return len(await handler(command, work))

    return count


def _all_of_them(counts: list[int]) -> ImportReport:
    return ImportReport.of_all(sum(counts))
