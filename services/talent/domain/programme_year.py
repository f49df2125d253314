"""What a programme has come to in one year: its intake, its graduates, where they went, what it has to teach with."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.talent.domain.programme import Programme
from shared.errors import Duplicate, Invalid
from shared.kernel.aggregate import Aggregate


class YearToCome(Invalid):
    """A year is counted once it has begun."""

    en = "The year has not begun yet; enter {this_year} or an earlier one."
    zh = "该年度尚未开始，请填报 {this_year} 年或以前的年度。"


class YearEntered(Duplicate):
    """A programme has one set of numbers for a year."""

    en = "The numbers of this programme and year were entered already; correct that entry."
    zh = "该专业该年度的数据已填报，请修改原有记录。"


class MoreRegisteredThanEnrolled(Invalid):
    """Whoever registers was enrolled."""

    en = "More students registered than were enrolled; correct one of both numbers."
    zh = "报到人数多于录取人数，请核对后填报。"


class CensusMissing(Invalid):
    """The rate of first employment is that of a day."""

    en = "State the rate of first employment and its census day together, or neither."
    zh = "初次就业率与统计日期须同时填报或同时不填。"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMetrics:
    """The numbers of one year; None is not known, which is not 0.

    Shares are in basis points, money in fen (pay by the month), `students_per_100_teachers` and
    `stations_per_100_students` are what they say. `destination_rate_bp` is that of 31 December, the first employment
    rate that of its census day. `same_code_in_region` counts the programmes of the same code in the province.
    """

    plan_quota: int | None = None
    first_choice_applicants: int | None = None
    enrolled: int | None = None
    registered: int | None = None
    students: int | None = None
    graduates: int | None = None
    destination_rate_bp: int | None = None
    first_employment_rate_bp: int | None = None
    first_employment_counted_on: date | None = None
    related_job_rate_bp: int | None = None
    local_stay_rate_bp: int | None = None
    average_pay_fen: int | None = None
    satisfaction_bp: int | None = None
    employer_satisfaction_bp: int | None = None
    dual_qualified_rate_bp: int | None = None
    students_per_100_teachers: int | None = None
    stations_per_100_students: int | None = None
    partner_enterprises: int | None = None
    external_bases: int | None = None
    x_pass_rate_bp: int | None = None
    cost_per_student_fen: int | None = None
    same_code_in_region: int | None = None

    def require_sound(self) -> None:
        """Raise a refusal where two of the numbers contradict each other."""
        if self.enrolled is not None and self.registered is not None and self.registered > self.enrolled:
            raise MoreRegisteredThanEnrolled
        if (self.first_employment_rate_bp is None) != (self.first_employment_counted_on is None):
            raise CensusMissing


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeYear(Aggregate):
    """The numbers of one programme in one year. They belong to its university."""

    kind: ClassVar[str] = "programme_year"
    programme_id: str
    university_id: str
    year: int
    metrics: YearMetrics

    @classmethod
    def enter(cls, id: str, programme: Programme, year: int, metrics: YearMetrics, *, on: date) -> Self:
        """Enter the numbers of a year that has begun."""
        if year > on.year:
            raise YearToCome(this_year=on.year)
        metrics.require_sound()
        return cls(
            id=id,
            story=programme.story,
            programme_id=programme.id,
            university_id=programme.university_id,
            year=year,
            metrics=metrics,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university that teaches the programme."""
        return frozenset({self.university_id})

    def correct(self, metrics: YearMetrics) -> Self:
        """State all numbers anew."""
        metrics.require_sound()
        return replace(self, metrics=metrics)
