"""The table in which an enterprise offers posts for interns, column by column: one shift, and no fees."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from services.training.api.internship.post_body import (
    Category,
    Clock,
    ConditionsBody,
    Country,
    CreatePostBody,
    PayBody,
    ScheduleBody,
    ShiftBody,
    Site,
    Weekdays,
    WeeklyHours,
)
from services.training.api.view import Body
from services.training.api.weekday_words import WEEKDAYS
from services.training.domain.internship.post_terms import BarredGroup, Hazard, VenueKind
from shared.contracts.fields import Code, Name
from shared.contracts.ids import AgreementId, BaseId
from shared.rules import Bilingual
from shared.tables import Column, TableShape
from shared.tables.columns import REGION_CODE, YES_IF_EMPTY, YES_OR_NO
from shared.web.regions import Region

_FEN: Final = 100
_OPTIONAL_YUAN: Final = Bilingual(zh="金额，最多两位小数；未约定可不填", en="an amount; empty where none is stated")

Yuan = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]


def _must_be_so(value: bool) -> bool:
    if not value:
        raise ValueError("a post that asks for fees is offered by itself")
    return value


class PostRow(Body):
    """One post with one shift, for which nothing is asked of interns."""

    title: Name
    occupation_code: Code
    site: Site
    country: Country = "CN"
    region_code: Region | None = None
    places: Annotated[int, Field(ge=1, le=10_000)]
    independent: bool = True
    programme_categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=50)]
    typical_tasks: Annotated[tuple[Name, ...], Field(max_length=50)] = ()
    weekdays: Weekdays
    starts_at: Clock
    ends_at: Clock
    break_minutes: Annotated[int, Field(ge=0, le=600)] = 0
    weekly_hours: WeeklyHours
    wage_same_post: Yuan | None = None
    wage_lowest_grade: Yuan | None = None
    free_of_charge: Annotated[bool, AfterValidator(_must_be_so)]
    holds_documents: bool
    asks_guarantee: bool
    venue_kind: VenueKind
    labour_grade: Annotated[int, Field(ge=1, le=4)] | None = None
    hazards: Annotated[tuple[Hazard, ...], Field(max_length=20)] = ()
    barred_to: Annotated[tuple[BarredGroup, ...], Field(max_length=2)] = ()
    only_repetitive: bool
    through_intermediary: bool
    filing_no: Name | None = None
    base_id: BaseId | None = None
    agreement_id: AgreementId | None = None

    @property
    def body(self) -> CreatePostBody:
        """The post as it is offered by itself."""
        same = {name: getattr(self, name) for name in CreatePostBody.model_fields.keys() & PostRow.model_fields.keys()}
        return CreatePostBody(**same, schedule=self._schedule, pay=self._pay, conditions=self._conditions)

    @property
    def _schedule(self) -> ScheduleBody:
        shift = ShiftBody(starts_at=self.starts_at, ends_at=self.ends_at, break_minutes=self.break_minutes)
        return ScheduleBody(weekdays=self.weekdays, shifts=(shift,), weekly_hours=self.weekly_hours)

    @property
    def _pay(self) -> PayBody:
        return PayBody(
            wage_same_post_fen=_fen(self.wage_same_post),
            wage_lowest_grade_fen=_fen(self.wage_lowest_grade),
            fees=(),
            holds_documents=self.holds_documents,
            asks_guarantee=self.asks_guarantee,
        )

    @property
    def _conditions(self) -> ConditionsBody:
        return ConditionsBody(**{name: getattr(self, name) for name in ConditionsBody.model_fields})


def _fen(yuan: Decimal | None) -> int | None:
    return None if yuan is None else int(yuan * _FEN)


def _text(name: str, heading: tuple[str, str], note: tuple[str, str], *, required: bool = True) -> Column:
    return Column(name=name, heading=_both(heading), note=_both(note), required=required)


def _flag(name: str, heading: tuple[str, str], note: Bilingual = YES_OR_NO, *, required: bool = True) -> Column:
    return Column(name=name, heading=_both(heading), note=note, kind="flag", required=required)


def _both(words: tuple[str, str]) -> Bilingual:
    return Bilingual(zh=words[0], en=words[1])


_VENUES: Final[Mapping[str, Bilingual]] = {
    VenueKind.PRODUCTION: Bilingual(zh="生产车间", en="production"),
    VenueKind.OFFICE: Bilingual(zh="办公场所", en="office"),
    VenueKind.SHOP: Bilingual(zh="商店", en="shop"),
    VenueKind.HOTEL_OR_RESTAURANT: Bilingual(zh="宾馆餐饮", en="hotel or restaurant"),
    VenueKind.CARE: Bilingual(zh="医疗养老托育", en="care"),
    VenueKind.SCHOOL: Bilingual(zh="学校", en="school"),
    VenueKind.LABORATORY: Bilingual(zh="实验室", en="laboratory"),
    VenueKind.CONSTRUCTION_SITE: Bilingual(zh="建筑工地", en="construction site"),
    VenueKind.FARM: Bilingual(zh="农场", en="farm"),
    VenueKind.TRANSPORT: Bilingual(zh="交通运输", en="transport"),
    VenueKind.OTHER: Bilingual(zh="其他", en="other"),
    VenueKind.BAR: Bilingual(zh="酒吧", en="bar"),
    VenueKind.NIGHT_CLUB: Bilingual(zh="夜总会", en="night club"),
    VenueKind.KARAOKE: Bilingual(zh="歌厅", en="karaoke"),
    VenueKind.BATH_HOUSE: Bilingual(zh="洗浴中心", en="bath house"),
    VenueKind.VIDEO_GAME_HALL: Bilingual(zh="电子游戏厅", en="video game hall"),
    VenueKind.INTERNET_CAFE: Bilingual(zh="网吧", en="internet cafe"),
}
_HAZARDS: Final[Mapping[str, Bilingual]] = {
    Hazard.HIGH_ALTITUDE: Bilingual(zh="高空", en="high altitude"),
    Hazard.UNDERGROUND: Bilingual(zh="井下", en="underground"),
    Hazard.RADIOACTIVE: Bilingual(zh="放射性", en="radioactive"),
    Hazard.TOXIC: Bilingual(zh="有毒", en="toxic"),
    Hazard.FLAMMABLE_EXPLOSIVE: Bilingual(zh="易燃易爆", en="flammable or explosive"),
    Hazard.OTHER_HIGH_RISK: Bilingual(zh="其他高风险", en="other high risk"),
    Hazard.OTHER_HARMFUL: Bilingual(zh="其他有害", en="other harmful"),
}
_BARRED: Final[Mapping[str, Bilingual]] = {
    BarredGroup.MINORS: Bilingual(zh="未成年工", en="minors"),
    BarredGroup.WOMEN: Bilingual(zh="女职工", en="women"),
}

POSTS: Final = TableShape(
    "posts",
    (
        _text("title", ("岗位名称", "Title"), ("不超过200个字符", "up to 200 characters")),
        _text("occupation_code", ("职业代码", "Occupation code"), ("职业分类代码", "the code of the occupation")),
        _text("site", ("工作地点", "Site"), ("单位内的地点，不超过100个字符", "a place within the unit")),
        replace(REGION_CODE, note=Bilingual(zh="6位数字，境外可不填", en="six digits; empty abroad"), required=False),
        _text(
            "country", ("国家或地区", "Country"), ("两位字母，不填视为 CN", "two letters; CN if empty"), required=False
        ),
        _text("places", ("名额", "Places"), ("同时接收的实习生数，1至10000", "interns at once, 1 to 10000")),
        _flag(
            "independent",
            ("独立设岗", "Independent"),
            YES_IF_EMPTY,
            required=False,
        ),
        Column(
            name="programme_categories",
            heading=_both(("专业大类", "Programme categories")),
            note=_both(("两位代码，多个用分号隔开", "two digits each, between semicolons")),
            kind="list",
        ),
        Column(
            name="typical_tasks",
            heading=_both(("典型工作任务", "Typical tasks")),
            note=_both(("多个用分号隔开；可不填", "between semicolons; may be empty")),
            kind="list",
            required=False,
        ),
        Column(
            name="weekdays",
            heading=_both(("每周工作日", "Weekdays")),
            note=_both(("多个用分号隔开：", "between semicolons:")),
            kind="list",
            values=WEEKDAYS,
        ),
        _text("starts_at", ("上班时间", "Starts at"), ("如 08:30", "such as 08:30")),
        _text(
            "ends_at",
            ("下班时间", "Ends at"),
            ("如 17:30；不晚于上班时间视为次日", "such as 17:30; else of the next day"),
        ),
        _text("break_minutes", ("休息（分钟）", "Break (minutes)"), ("0至600，可不填", "0 to 600"), required=False),
        _text("weekly_hours", ("每周工时", "Weekly hours"), ("小时，可为四分之一小时", "hours, in quarters")),
        Column(
            name="wage_same_post",
            heading=_both(("同岗位月工资（元）", "Wage of the post (yuan)")),
            note=_OPTIONAL_YUAN,
            required=False,
        ),
        Column(
            name="wage_lowest_grade",
            heading=_both(("最低档月工资（元）", "Lowest wage (yuan)")),
            note=_OPTIONAL_YUAN,
            required=False,
        ),
        _flag(
            "free_of_charge",
            ("不收取任何费用", "Free of charge"),
            _both(("须为“是”；收费的岗位请单独登记", "must be yes; offer a post that asks for fees by itself")),
        ),
        _flag("holds_documents", ("扣押证件", "Holds documents")),
        _flag("asks_guarantee", ("要求担保", "Asks for a guarantee")),
        Column(
            name="venue_kind",
            heading=_both(("场所类型", "Venue")),
            note=_both(("下列之一：", "one of:")),
            values=_VENUES,
        ),
        _text(
            "labour_grade",
            ("体力劳动强度", "Labour grade"),
            ("1至4级，可不填", "a grade from 1 to 4; may be empty"),
            required=False,
        ),
        Column(
            name="hazards",
            heading=_both(("危险因素", "Hazards")),
            note=_both(("没有可不填，多个用分号隔开：", "empty if none, between semicolons:")),
            kind="list",
            required=False,
            values=_HAZARDS,
        ),
        Column(
            name="barred_to",
            heading=_both(("禁忌人群", "Barred to")),
            note=_both(("没有可不填，多个用分号隔开：", "empty if none, between semicolons:")),
            kind="list",
            required=False,
            values=_BARRED,
        ),
        _flag("only_repetitive", ("仅重复性劳动", "Only repetitive")),
        _flag("through_intermediary", ("通过中介", "Through an intermediary")),
        _text("filing_no", ("备案号", "Filing number"), ("可不填", "may be empty"), required=False),
        _text("base_id", ("基地编号", "Base id"), ("base_ 开头，可不填", "base_…; may be empty"), required=False),
        _text(
            "agreement_id", ("协议编号", "Agreement id"), ("agr_ 开头，可不填", "agr_…; may be empty"), required=False
        ),
    ),
    PostRow,
)
