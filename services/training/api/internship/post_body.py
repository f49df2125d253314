"""What an enterprise states of a post over HTTP, and how it is shown again."""

from datetime import time
from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.training.api.view import Body, View, hours, minutes
from services.training.domain.internship.post import Post
from services.training.domain.internship.post_terms import (
    BarredGroup,
    Fee,
    FeeKind,
    Hazard,
    PostPay,
    PostTerms,
    Schedule,
    Shift,
    VenueKind,
    WorkConditions,
)
from shared.contracts.fields import Code, Fen, Name
from shared.contracts.ids import AgreementId, BaseId
from shared.web.regions import Region

_WEEK: Final = 168

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, `08:30`."""
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Category = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")]
"""A category of programmes (专业大类), two digits."""
Site = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Weekdays = Annotated[frozenset[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)]
WeeklyHours = Annotated[Decimal, Field(gt=0, le=_WEEK, multiple_of=Decimal("0.25"))]


class ShiftBody(Body):
    """Hours of one day's work; a shift that ends at or before its start ends on the next day."""

    starts_at: Clock
    ends_at: Clock
    break_minutes: Annotated[int, Field(ge=0, le=600)] = 0

    @property
    def shift(self) -> Shift:
        """The shift as the domain has it."""
        return Shift(
            starts_at=time.fromisoformat(self.starts_at),
            ends_at=time.fromisoformat(self.ends_at),
            break_minutes=self.break_minutes,
        )


class ScheduleBody(Body):
    """When interns work: ISO weekdays (1 is Monday), the shifts, and the most hours that one intern works in a week."""

    weekdays: Weekdays
    shifts: Annotated[tuple[ShiftBody, ...], Field(min_length=1, max_length=10)]
    weekly_hours: WeeklyHours

    @property
    def schedule(self) -> Schedule:
        """The schedule as the domain has it."""
        return Schedule(
            weekdays=tuple(sorted(self.weekdays)),
            shifts=tuple(each.shift for each in self.shifts),
            weekly_minutes=minutes(self.weekly_hours),
        )


class FeeBody(Body):
    """What an intern is to pay."""

    kind: FeeKind
    amount_fen: Fen


class PayBody(Body):
    """Monthly wages of those who hold the post, and all that interns are asked for."""

    wage_same_post_fen: Fen | None = None
    wage_lowest_grade_fen: Fen | None = None
    fees: Annotated[tuple[FeeBody, ...], Field(max_length=20)]
    holds_documents: bool
    asks_guarantee: bool

    @property
    def pay(self) -> PostPay:
        """The pay as the domain has it."""
        fees = tuple(Fee(fee_kind=fee.kind, amount_fen=fee.amount_fen) for fee in self.fees)
        return PostPay(**{**dict(self), "fees": fees})


class ConditionsBody(Body):
    """The work as labour protection sees it; `labour_grade` is 1 to 4 of the grades of physical work."""

    venue_kind: VenueKind
    labour_grade: Annotated[int, Field(ge=1, le=4)] | None = None
    hazards: Annotated[tuple[Hazard, ...], Field(max_length=20)]
    barred_to: Annotated[tuple[BarredGroup, ...], Field(max_length=2)]
    only_repetitive: bool
    through_intermediary: bool


class PostTermsBody(Body):
    """A post. What there is none of, hazards and fees among them, is stated as an empty list.

    `base_id` names the training base at which it is, one that the enterprise operates or takes part in.
    """

    title: Name
    occupation_code: Code
    site: Site
    country: Country = "CN"
    region_code: Region | None = None
    places: Annotated[int, Field(ge=1, le=10_000)]
    independent: bool = True
    programme_categories: Annotated[tuple[Category, ...], Field(min_length=1, max_length=50)]
    typical_tasks: Annotated[tuple[Name, ...], Field(max_length=50)]
    schedule: ScheduleBody
    pay: PayBody
    conditions: ConditionsBody
    filing_no: Name | None = None
    base_id: BaseId | None = None

    @property
    def terms(self) -> PostTerms:
        """The post as the domain has it."""
        said = {name: getattr(self, name) for name in PostTermsBody.model_fields}
        nested = {
            "schedule": self.schedule.schedule,
            "pay": self.pay.pay,
            "conditions": WorkConditions(**dict(self.conditions)),
        }
        return PostTerms(**{**said, **nested})


class CreatePostBody(PostTermsBody):
    """A post of the caller's enterprise, under an agreement of the type `internship_base` where there is one."""

    agreement_id: AgreementId | None = None


class ShiftView(View):
    """Hours of one day's work."""

    starts_at: str
    ends_at: str
    break_minutes: int


class ScheduleView(View):
    """When interns work."""

    weekdays: list[int]
    shifts: list[ShiftView]
    weekly_hours: float

    @classmethod
    def of_schedule(cls, schedule: Schedule) -> "ScheduleView":
        """The view of a schedule, its minutes as hours."""
        shifts = [
            ShiftView(starts_at=f"{s.starts_at:%H:%M}", ends_at=f"{s.ends_at:%H:%M}", break_minutes=s.break_minutes)
            for s in schedule.shifts
        ]
        return cls(weekdays=list(schedule.weekdays), shifts=shifts, weekly_hours=hours(schedule.weekly_minutes))


class FeeView(View):
    """What an intern is to pay."""

    kind: str = Field(validation_alias="fee_kind")
    amount_fen: int


class PayView(View):
    """Monthly wages, and what interns are asked for."""

    wage_same_post_fen: int | None
    wage_lowest_grade_fen: int | None
    fees: list[FeeView]
    holds_documents: bool
    asks_guarantee: bool


class ConditionsView(View):
    """The work as labour protection sees it."""

    venue_kind: str
    labour_grade: int | None
    hazards: list[str]
    barred_to: list[str]
    only_repetitive: bool
    through_intermediary: bool


class PostView(View):
    """A post as everybody in the alliance sees it."""

    id: str
    enterprise_id: str
    agreement_id: str | None
    title: str
    occupation_code: str
    site: str
    country: str
    region_code: str | None
    places: int
    independent: bool
    programme_categories: list[str]
    typical_tasks: list[str]
    schedule: ScheduleView
    pay: PayView
    conditions: ConditionsView
    filing_no: str | None
    base_id: str | None
    status: str
    version: int

    @classmethod
    def of_post(cls, post: Post) -> "PostView":
        """The view of a post, its schedule in hours."""
        same = {name: getattr(post, name) for name in cls.model_fields}
        return cls.model_validate({**same, "schedule": ScheduleView.of_schedule(post.schedule)})
