"""Internships from a table: every row is planned, or none is, and each that cannot be says why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training import queries
from services.training.api.access import WRITE
from services.training.api.internship.placement_table import PLACEMENTS, PlacementRow
from services.training.commands.internship.placement import PlanPlacement, PlanPlacements
from services.training.handlers.internship import planning
from services.training.ports import Work
from shared.contracts.ids import new_id
from shared.errors import Refusal
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.rules import Bilingual
from shared.tables import Checked, Row, TableRefused
from shared.web.edge import EdgeIn
from shared.web.rules import LanguageIn
from shared.web.tables import TABLE_BODY, DryRun, ImportReport, TableIn, checked_table, parts, template_file

router: Final = AccessRouter(tags=["imports"])
_PLANNERS: Final = allow("university_coop_office", "university_academic_office", scope=WRITE)
_NO_STUDENT: Final = Bilingual(
    zh="本校没有使用该学号的学生，请先登记。", en="Your university has no student with this number; enter them first."
)
_NO_TEACHER: Final = Bilingual(
    zh="本校没有使用该工号的教师，请先登记。", en="Your university has no teacher with this number; enter them first."
)

Refusals = Sequence[tuple[int, Refusal]]


@router.get("/v1/placement-imports/template", access=_PLANNERS, response_class=Response)
async def placement_template(language: LanguageIn) -> Response:
    """The empty table of internships, as CSV for any spreadsheet."""
    return template_file(PLACEMENTS, language)


@router.post("/v1/placement-imports", access=_PLANNERS, openapi_extra=TABLE_BODY)
async def import_placements(
    file: TableIn, edge: EdgeIn, language: LanguageIn, *, dry_run: DryRun = False
) -> ImportReport:
    """Plan the internships of a table, all or none; on trial every row is planned, and nothing is kept."""
    checked = await checked_table(PLACEMENTS, file, lambda row: row)
    plan = _Plan(checked, edge.organization_id, language, on_trial=dry_run)
    return await edge.act_on_all(_plan_part, plan.commands, answer=plan.report, trial=dry_run)


async def _plan_part(command: PlanPlacements, work: Work) -> Refusals:
    """Of so many rows only those are remembered that were refused, by their places in the part."""
    outcomes = await planning.plan_placements(command, work)
    return [(outcome.row, outcome.refusal) for outcome in outcomes if outcome.refusal is not None]


@dataclass(slots=True)
class _Plan:
    """A table of internships on its way from rows to a report."""

    checked: Checked[PlacementRow]
    home: str
    language: str
    on_trial: bool
    parts: Sequence[Sequence[int]] = ()

    async def commands(self, connection: AsyncConnection) -> Iterator[PlanPlacements]:
        """What is to be planned, part by part. Raises `TableRefused` for what does not even name who and where."""
        said = [row.said for row in self.checked.rows]
        students = await queries.students_by_number(connection, self.home, [row.student_no for row in said])
        named = [row.supervisor_no for row in said if row.supervisor_no is not None]
        teachers = await queries.teachers_by_number(connection, self.home, named)
        known = [row for row in self.checked.rows if self._is_known(row, students, teachers)]
        if self.checked.faulty and not self.on_trial:
            raise TableRefused(self.checked)
        planned = list(parts(known))
        self.parts = [[row.number for row in part] for part in planned]
        return (
            PlanPlacements(rows=tuple(self._command(row.said, students, teachers) for row in part)) for part in planned
        )

    def report(self, refused: Sequence[Refusals]) -> ImportReport:
        """What became of the rows. Raises `TableRefused` where it is not on trial and one could not be planned."""
        for numbers, refusals in zip(self.parts, refused, strict=True):
            for place, refusal in refusals:
                message = Bilingual(zh=refusal.say("zh"), en=refusal.say("en"))
                self.checked.blame(numbers[place - 1], None, message)
        if self.on_trial:
            return ImportReport.on_trial(self.checked, self.language)
        return ImportReport.of_all(len(self.checked.sound()))

    def _is_known(self, row: Row[PlacementRow], students: dict[str, str], teachers: dict[str, str]) -> bool:
        student, teacher = (
            row.said.student_no in students,
            row.said.supervisor_no is None or row.said.supervisor_no in teachers,
        )
        if not student:
            self.checked.blame(row.number, PLACEMENTS.by_name["student_no"], _NO_STUDENT)
        if not teacher:
            self.checked.blame(row.number, PLACEMENTS.by_name["supervisor_no"], _NO_TEACHER)
        return student and teacher

    def _command(self, row: PlacementRow, students: dict[str, str], teachers: dict[str, str]) -> PlanPlacement:
        supervisor_id = None if row.supervisor_no is None else teachers[row.supervisor_no]
        return PlanPlacement(
            placement_id=new_id("placement"),
            organization_id=self.home,
            student_id=students[row.student_no],
            plan=row.plan(supervisor_id),
        )
