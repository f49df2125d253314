"""Practice periods from a table: the personnel office plans them for its teachers, who are named by their numbers."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training import queries
from services.training.api.access import WRITE
from services.training.api.faculty.practice import PlannedPeriod
from services.training.api.view import Number
from services.training.api.weekday_words import WEEKDAYS
from services.training.commands.faculty.practice import PlanPractice
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_period import Form
from services.training.domain.kinship import born_of
from services.training.handlers.faculty.practice import plan_practice
from services.training.ports import Work
from shared.contracts.ids import new_id
from shared.identity.access import allow
from shared.imports.table import Enter, Importer, ImportTable, one_by_one
from shared.rules import Bilingual
from shared.tables import Checked, Column, TableShape
from shared.tables.columns import STAFF_NO

_NO_TEACHER: Final = Bilingual(
    zh="本校没有使用该工号的教师，请先登记。", en="Your university has no teacher with this number; enter them first."
)
_DAY: Final = Bilingual(zh="日期，如 2026-09-07，当日计入", en="a date such as 2026-09-07, itself included")


class PracticeRow(PlannedPeriod):
    """One period of one teacher, on the seats of an agreement."""

    staff_no: Number


PRACTICES: Final = TableShape(
    "practices",
    (
        STAFF_NO,
        Column(
            name="agreement_id",
            heading=Bilingual(zh="协议编号", en="Agreement id"),
            note=Bilingual(zh="提供实践名额的协议（agr_ 开头）", en="of the agreement that gives the seats, agr_…"),
        ),
        Column(
            name="enterprise_id",
            heading=Bilingual(zh="企业编号", en="Enterprise id"),
            note=Bilingual(zh="实践所在企业（org_ 开头）", en="where the teacher practises, org_…"),
        ),
        Column(
            name="form",
            heading=Bilingual(zh="实践形式", en="Form"),
            note=Bilingual(zh="下列之一：", en="one of:"),
            values={
                Form.VISIT: Bilingual(zh="考察观摩", en="visit"),
                Form.SKILLS_TRAINING: Bilingual(zh="技能培训", en="skills training"),
                Form.POST_WORK: Bilingual(zh="顶岗实践", en="work on a post"),
                Form.PROJECT_RND: Bilingual(zh="项目研发", en="research and development"),
            },
        ),
        Column(name="starts_on", heading=Bilingual(zh="开始日期", en="Starts on"), note=_DAY, kind="day"),
        Column(name="ends_on", heading=Bilingual(zh="结束日期", en="Ends on"), note=_DAY, kind="day"),
        Column(
            name="weekdays",
            heading=Bilingual(zh="每周实践日", en="Weekdays"),
            note=Bilingual(zh="多个用分号隔开：", en="between semicolons:"),
            kind="list",
            values=WEEKDAYS,
        ),
        Column(
            name="hours_per_day",
            heading=Bilingual(zh="每日小时数", en="Hours a day"),
            note=Bilingual(zh="不超过24，可为四分之一小时", en="at most 24, in quarters of an hour"),
        ),
        Column(
            name="plan_text",
            heading=Bilingual(zh="实践计划", en="Plan"),
            note=Bilingual(zh="实践内容与目标；可不填", en="what is to be learnt and done; may be empty"),
            required=False,
        ),
    ),
    PracticeRow,
)


async def _practices(connection: AsyncConnection, checked: Checked[PracticeRow], who: Importer) -> Enter[PracticeRow]:
    numbers = [row.said.staff_no for row in checked.rows]
    teachers = await queries.teachers_by_number(connection, who.home, numbers)
    for row in checked.rows:
        if row.said.staff_no not in teachers:
            checked.blame(row.number, PRACTICES.by_name["staff_no"], _NO_TEACHER)
    return one_by_one(plan_practice, partial(_command, teachers), look_ahead=_look_ahead)


def _command(teachers: dict[str, str], row: PracticeRow) -> PlanPractice:
    teacher_id = teachers[row.staff_no]
    return PlanPractice(
        practice_id=new_id("practice"),
        teacher_id=teacher_id,
        # The office plans in the teacher's name.
        caller_ids=frozenset({teacher_id}),
        agreement_id=row.agreement_id,
        plan=row.plan,
    )


async def _look_ahead(commands: Sequence[PlanPractice], work: Work) -> None:
    await work.seats.known({born_of(each.agreement_id, "seat") for each in commands})
    await work.agreements.known({each.agreement_id for each in commands})
    await work.teachers.known({each.teacher_id for each in commands})


PRACTICE_IMPORT: Final = ImportTable(
    shape=PRACTICES,
    access=allow("university_hr", scope=WRITE),
    keep=lambda row: row,
    thing=Practice,
    prepare=_practices,
)
