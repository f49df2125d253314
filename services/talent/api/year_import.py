"""Programmes' yearly numbers from a table: one row for each programme and year."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.talent import queries
from services.talent.api.programme import WRITES
from services.talent.api.year_body import YearBody
from services.talent.commands import EnterProgrammeYear
from services.talent.domain.programme_year import ProgrammeYear
from services.talent.handlers.programme_year import enter_programme_year
from services.talent.ports import Work
from shared.contracts.ids import ProgrammeId, new_id
from shared.imports.table import Enter, Importer, ImportTable, one_by_one
from shared.rules import Bilingual
from shared.tables import Checked, Column, TableShape
from shared.tables.columns import PROGRAMME_ID

_NO_PROGRAMME: Final = Bilingual(
    zh="本校没有此编号的专业，请先登记。", en="Your university has no programme with this id; enter it first."
)
_ENTERED: Final = Bilingual(
    zh="该专业该年度的数据已填报，请修改原有记录。",
    en="The numbers of this programme and year were entered already; correct that entry.",
)
_COUNT: Final = Bilingual(zh="整数；未知可不填", en="a whole number; empty where it is not known")
_PERCENT: Final = Bilingual(zh="百分数，如 93.5；未知可不填", en="percent, such as 93.5; empty where it is not known")
_YUAN: Final = Bilingual(zh="元，最多两位小数；未知可不填", en="yuan; empty where it is not known")


class YearRow(YearBody):
    """The numbers of one programme in one year."""

    programme_id: ProgrammeId


def _number(name: str, zh: str, en: str, note: Bilingual = _COUNT) -> Column:
    return Column(name=name, heading=Bilingual(zh=zh, en=en), note=note, required=False)


YEARS: Final = TableShape(
    "programme-years",
    (
        PROGRAMME_ID,
        Column(
            name="year",
            heading=Bilingual(zh="年度", en="Year"),
            note=Bilingual(zh="四位数字，如 2025", en="four digits such as 2025"),
        ),
        _number("plan_quota", "计划招生数", "Planned intake"),
        _number("first_choice_applicants", "第一志愿报考数", "First-choice applicants"),
        _number("enrolled", "录取数", "Enrolled"),
        _number("registered", "报到数", "Registered"),
        _number("students", "在校生数", "Students"),
        _number("graduates", "毕业生数", "Graduates"),
        _number("destination_rate", "毕业去向落实率（%）", "Destination rate (%)", _PERCENT),
        _number("first_employment_rate", "初次就业率（%）", "First employment rate (%)", _PERCENT),
        Column(
            name="first_employment_counted_on",
            heading=Bilingual(zh="初次就业率统计日期", en="First employment counted on"),
            note=Bilingual(zh="日期；填报初次就业率时必填", en="a date; needed with the rate of first employment"),
            kind="day",
            required=False,
        ),
        _number("related_job_rate", "专业对口率（%）", "Related job rate (%)", _PERCENT),
        _number("local_stay_rate", "本地就业率（%）", "Local stay rate (%)", _PERCENT),
        _number("average_pay", "平均月薪（元）", "Average monthly pay (yuan)", _YUAN),
        _number("satisfaction", "毕业生满意度（%）", "Satisfaction of graduates (%)", _PERCENT),
        _number("employer_satisfaction", "用人单位满意度（%）", "Satisfaction of employers (%)", _PERCENT),
        _number("dual_qualified_rate", "双师型教师占比（%）", "Dual-qualified teachers (%)", _PERCENT),
        _number(
            "students_per_teacher",
            "生师比",
            "Students per teacher",
            Bilingual(zh="如 17.5；未知可不填", en="such as 17.5; empty where it is not known"),
        ),
        _number("stations_per_100_students", "每百名学生工位数", "Training stations per 100 students"),
        _number("partner_enterprises", "合作企业数", "Partner enterprises"),
        _number("external_bases", "校外基地数", "External bases"),
        _number("x_pass_rate", "X证书通过率（%）", "X certificate pass rate (%)", _PERCENT),
        _number("cost_per_student", "生均成本（元）", "Cost per student (yuan)", _YUAN),
        _number("same_code_in_region", "省内同专业点数", "Programmes of this code in the province"),
    ),
    YearRow,
)


async def _years(connection: AsyncConnection, checked: Checked[YearRow], who: Importer) -> Enter[YearRow]:
    programmes = await queries.programmes_of(connection, who.home)
    entered = await queries.years_of(connection, who.home)
    for row in checked.rows:
        if row.said.programme_id not in programmes:
            checked.blame(row.number, YEARS.by_name["programme_id"], _NO_PROGRAMME)
        if (row.said.programme_id, row.said.year) in entered:
            checked.blame(row.number, YEARS.by_name["year"], _ENTERED)
    return one_by_one(enter_programme_year, _command, look_ahead=_look_ahead)


def _command(row: YearRow) -> EnterProgrammeYear:
    return EnterProgrammeYear(
        year_id=new_id("programme_year"), programme_id=row.programme_id, year=row.year, metrics=row.metrics
    )


async def _look_ahead(commands: Sequence[EnterProgrammeYear], work: Work) -> None:
    await work.programmes.known({each.programme_id for each in commands})


IMPORTS: Final[tuple[ImportTable[Any], ...]] = (
    ImportTable(shape=YEARS, access=WRITES, keep=lambda row: row, thing=ProgrammeYear, prepare=_years),
)
