"""The table in which a school plans internships, column by column: people are named by their numbers."""

from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

from services.training.api.internship.placement_body import PayBody
from services.training.api.view import Body, Day, Number
from services.training.domain.internship.placement_terms import (
    InternshipKind,
    Mode,
    PlacementPlan,
    PlacementTerms,
    Segment,
)
from shared.contracts.fields import Code
from shared.contracts.ids import PostId
from shared.rules import Bilingual
from shared.tables import Column, TableShape

_FEN: Final = 100
_DAY: Final = Bilingual(zh="日期，如 2026-09-07", en="a date such as 2026-09-07")
_STATED: Final = Bilingual(zh="填“是”或“否”，未核实可不填", en="yes or no; empty where it is not known")

Yuan = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]


class PlacementRow(Body):
    """One internship of one student on one post, on days in a row."""

    student_no: Number
    post_id: PostId
    internship_kind: InternshipKind = InternshipKind.POST
    mode: Mode = Mode.ARRANGED
    starts_on: Day
    ends_on: Day
    supervisor_no: Number | None = None
    mentor_id: Code | None = None
    stipend: Yuan | None = None
    cycle_days: Annotated[int, Field(ge=1, le=366)] | None = None
    forced: bool | None = None
    for_profit: bool | None = None

    def plan(self, supervisor_id: str | None) -> PlacementPlan:
        """What is planned."""
        stipend_fen = None if self.stipend is None else int(self.stipend * _FEN)
        return PlacementPlan(
            post_id=self.post_id,
            internship_kind=self.internship_kind,
            mode=self.mode,
            segments=(Segment(starts_on=self.starts_on, ends_on=self.ends_on),),
            terms=PlacementTerms(
                supervisor_id=supervisor_id,
                mentor_id=self.mentor_id,
                pay=PayBody(stipend_fen=stipend_fen, cycle_days=self.cycle_days).terms,
                forced=self.forced,
                for_profit=self.for_profit,
            ),
        )


PLACEMENTS: Final = TableShape(
    "placements",
    (
        Column(
            name="student_no",
            heading=Bilingual(zh="学号", en="Student number"),
            note=Bilingual(zh="本校已登记学生的学号", en="the number of a student whom your university has entered"),
        ),
        Column(
            name="post_id",
            heading=Bilingual(zh="岗位编号", en="Post id"),
            note=Bilingual(zh="平台中实习岗位的编号（post_ 开头）", en="the id of a post for interns, post_…"),
        ),
        Column(
            name="internship_kind",
            heading=Bilingual(zh="实习类型", en="Kind of internship"),
            note=Bilingual(zh="不填视为岗位实习，或为：", en="empty means on a post, else:"),
            required=False,
            values={
                InternshipKind.POST: Bilingual(zh="岗位实习", en="on a post"),
                InternshipKind.COGNITION: Bilingual(zh="认识实习", en="cognition"),
            },
        ),
        Column(
            name="mode",
            heading=Bilingual(zh="实习方式", en="Mode"),
            note=Bilingual(zh="不填视为学校安排，或为：", en="empty means arranged by the school, else:"),
            required=False,
            values={
                Mode.ARRANGED: Bilingual(zh="学校安排", en="arranged"),
                Mode.SELF_FOUND: Bilingual(zh="学生自选", en="found by the student"),
            },
        ),
        Column(name="starts_on", heading=Bilingual(zh="开始日期", en="Starts on"), note=_DAY, kind="day"),
        Column(
            name="ends_on",
            heading=Bilingual(zh="结束日期", en="Ends on"),
            note=Bilingual(zh="日期，当日计入，不早于开始日期", en="a date, itself included, not before the start"),
            kind="day",
        ),
        Column(
            name="supervisor_no",
            heading=Bilingual(zh="指导教师工号", en="Supervisor's staff number"),
            note=Bilingual(zh="本校教师的工号；可稍后指定", en="of a teacher of your university; may be named later"),
            required=False,
        ),
        Column(
            name="mentor_id",
            heading=Bilingual(zh="企业导师编号", en="Mentor id"),
            note=Bilingual(
                zh="1至64位字母、数字或 . _ : / -；可稍后指定",
                en="up to 64 letters, digits or . _ : / -; may be named later",
            ),
            required=False,
        ),
        Column(
            name="stipend",
            heading=Bilingual(zh="月报酬（元）", en="Pay a month (yuan)"),
            note=Bilingual(
                zh="金额，最多两位小数；未约定可不填",
                en="an amount with up to two decimals; empty where none is agreed",
            ),
            required=False,
        ),
        Column(
            name="cycle_days",
            heading=Bilingual(zh="支付周期（天）", en="Paid every (days)"),
            note=Bilingual(
                zh="1至366的整数；未约定可不填", en="a whole number from 1 to 366; empty where none is agreed"
            ),
            required=False,
        ),
        Column(
            name="forced",
            heading=Bilingual(zh="强制实习", en="Forced"),
            note=_STATED,
            kind="flag",
            required=False,
        ),
        Column(
            name="for_profit",
            heading=Bilingual(zh="借实习牟利", en="For profit"),
            note=_STATED,
            kind="flag",
            required=False,
        ),
    ),
    PlacementRow,
)
