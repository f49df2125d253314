"""Internships from a table: every row is planned as by itself, and each that cannot be says why."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training import queries
from services.training.api.access import WRITE
from services.training.api.internship.placement_table import PLACEMENTS, PlacementRow
from services.training.commands.internship.placement import PlanPlacement, PlanPlacements
from services.training.domain.internship.placement import Placement
from services.training.handlers.internship import planning
from services.training.ports import Work
from shared.contracts.ids import new_id
from shared.errors import Refusal
from shared.identity.access import allow
from shared.imports.table import Enter, Importer, ImportTable
from shared.rules import Bilingual
from shared.tables import Checked

_NO_STUDENT: Final = Bilingual(
    zh="本校没有使用该学号的学生，请先登记。", en="Your university has no student with this number; enter them first."
)
_NO_TEACHER: Final = Bilingual(
    zh="本校没有使用该工号的教师，请先登记。", en="Your university has no teacher with this number; enter them first."
)
Ids = dict[str, str]
"""Ids by the numbers that a university gives."""


async def _placements(
    connection: AsyncConnection, checked: Checked[PlacementRow], who: Importer
) -> Enter[PlacementRow]:
    said = [row.said for row in checked.rows]
    students = await queries.students_by_number(connection, who.home, [row.student_no for row in said])
    named = [row.supervisor_no for row in said if row.supervisor_no is not None]
    teachers = await queries.teachers_by_number(connection, who.home, named)
    for row in checked.rows:
        if row.said.student_no not in students:
            checked.blame(row.number, PLACEMENTS.by_name["student_no"], _NO_STUDENT)
        if row.said.supervisor_no is not None and row.said.supervisor_no not in teachers:
            checked.blame(row.number, PLACEMENTS.by_name["supervisor_no"], _NO_TEACHER)
    return partial(_plan, who.home, students, teachers)


async def _plan(
    home: str, students: Ids, teachers: Ids, rows: Sequence[PlacementRow], work: Work
) -> list[Placement | Refusal]:
    asked = tuple(
        PlanPlacement(
            placement_id=new_id("placement"),
            organization_id=home,
            student_id=students[row.student_no],
            plan=row.plan(teachers[row.supervisor_no] if row.supervisor_no is not None else None),
        )
        for row in rows
    )
    return await planning.plan_those_that_can_be(PlanPlacements(rows=asked), work)


PLACEMENT_IMPORT: Final = ImportTable(
    shape=PLACEMENTS,
    access=allow("university_coop_office", "university_academic_office", scope=WRITE),
    keep=lambda row: row,
    thing=Placement,
    prepare=_placements,
)
