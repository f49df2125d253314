"""Students and teachers from tables: which cells name nothing that is known, and how the others are entered."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training import queries
from services.training.api.access import WRITE
from services.training.api.people_tables import STUDENTS, TEACHERS
from services.training.commands.people import ImportStudents, ImportTeachers
from services.training.domain.account import CreditAccount
from services.training.domain.faculty.obligation import Obligation
from services.training.domain.student import Student, StudentEntry
from services.training.domain.teacher import Teacher, TeacherEntry
from services.training.handlers import people as handlers
from services.training.ports import Work
from shared.contracts.ids import new_id
from shared.identity.access import allow
from shared.imports.table import Enter, Importer, ImportTable
from shared.rules import Bilingual
from shared.tables import Checked

_TAKEN: Final = Bilingual(
    zh="本校已登记该编号，请修改原有记录。", en="Your university has entered this number already; change that entry."
)
NO_PROGRAMME: Final = Bilingual(
    zh="本校没有此编号的专业；如刚登记，请稍后再试。",
    en="Your university has no programme with this id; if it was registered just now, try again shortly.",
)


async def _students(connection: AsyncConnection, checked: Checked[StudentEntry], who: Importer) -> Enter[StudentEntry]:
    numbers = [row.said.student_no for row in checked.rows]
    taken = await queries.students_by_number(connection, who.home, numbers)
    programmes = await queries.programmes_of(connection, who.home)
    for row in checked.rows:
        for name, refusal in row.said.ahead(who.today):
            checked.blame(row.number, STUDENTS.by_name[name], Bilingual(zh=refusal.zh, en=refusal.en))
        if row.said.student_no in taken:
            checked.blame(row.number, STUDENTS.by_name["student_no"], _TAKEN)
        if row.said.programme_id not in programmes:
            checked.blame(row.number, STUDENTS.by_name["programme_id"], NO_PROGRAMME)
    return partial(_enter_students, who.home)


async def _teachers(connection: AsyncConnection, checked: Checked[TeacherEntry], who: Importer) -> Enter[TeacherEntry]:
    numbers = [row.said.staff_no for row in checked.rows]
    taken = await queries.teachers_by_number(connection, who.home, numbers)
    programmes = await queries.programmes_of(connection, who.home)
    for row in checked.rows:
        if row.said.staff_no in taken:
            checked.blame(row.number, TEACHERS.by_name["staff_no"], _TAKEN)
        if not programmes.issuperset(row.said.programme_ids):
            checked.blame(row.number, TEACHERS.by_name["programme_ids"], NO_PROGRAMME)
    return partial(_enter_teachers, who.home)


async def _enter_students(home: str, entries: Sequence[StudentEntry], work: Work) -> list[Student]:
    named = tuple((new_id("student"), entry) for entry in entries)
    return await handlers.import_students(ImportStudents(university_id=home, entries=named), work)


async def _enter_teachers(home: str, entries: Sequence[TeacherEntry], work: Work) -> list[Teacher]:
    named = tuple((new_id("teacher"), entry) for entry in entries)
    return await handlers.import_teachers(ImportTeachers(university_id=home, entries=named), work)


STUDENT_IMPORT: Final = ImportTable(
    shape=STUDENTS,
    access=allow("university_academic_office", scope=WRITE),
    keep=lambda row: row.entry,
    thing=Student,
    prepare=_students,
)

TEACHER_IMPORT: Final = ImportTable(
    shape=TEACHERS,
    access=allow("university_hr", scope=WRITE),
    keep=lambda row: row.entered,
    thing=Teacher,
    prepare=_teachers,
    upon=(
        ("placement", "supervisor_id"),
        ("person_link", "id"),
        ("site_inspection", "inspector_ids"),
        ("practice_seats", "named_ids"),
        ("practice_seats", "holder_ids"),
    ),
    along=((Obligation, "teacher_id"), (CreditAccount, "person_id")),
)
