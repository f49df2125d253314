"""What an enterprise hosted in a calendar year, by reference: interns, teachers, and bases in which it takes part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final, Self

from services.training.domain.directory import KnownOrganization, called
from services.training.domain.faculty.practice import Practice, PracticeStatus
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Segment
from services.training.domain.kinship import born_of
from services.training.domain.training_base import BaseStatus, TrainingBase
from shared.errors import Invalid
from shared.kernel.aggregate import Aggregate

OVER: Final = frozenset({PlacementStatus.COMPLETED, PlacementStatus.GRADED, PlacementStatus.ARCHIVED})
"""Internships that took place to their end: only these are proven."""
VERIFIED: Final = PracticeStatus.VERIFIED
RUNNING: Final = BaseStatus.OPEN
MOST_LINES: Final = 1000
"""What one paper holds: some thirty pages."""


class YearNotBegun(Invalid):
    """Nobody has hosted anybody in a year that is to come."""

    en = "The year has not begun; name this one or an earlier one."
    zh = "该年度尚未开始，请选择本年度或以前年度。"


class TooMuchForOnePaper(Invalid):
    """A paper lists everybody or nobody."""

    en = "More than {limit} internships and practices belong to this year; that is more than one paper holds."
    zh = "该年度的实习和实践超过 {limit} 项，超出单份证明的容量。"


@dataclass(frozen=True, slots=True, kw_only=True)
class HostingYear(Aggregate):
    """An enterprise in a calendar year: what the year's proof is about, and where its papers are found."""

    kind: ClassVar[str] = "hosting_year"
    enterprise_id: str
    year: int

    @classmethod
    def open(cls, enterprise_id: str, year: int, *, on: date) -> Self:
        """A year that has begun. Raises `YearNotBegun`."""
        if year > on.year:
            raise YearNotBegun
        id = hosting_year_id_of(enterprise_id, year)
        return cls(id=id, story=id, enterprise_id=enterprise_id, year=year)

    @property
    def owners(self) -> frozenset[str]:
        """The enterprise."""
        return frozenset({self.enterprise_id})

    @property
    def days(self) -> Segment:
        """From New Year to the last day."""
        return Segment(starts_on=date(self.year, 1, 1), ends_on=date(self.year, 12, 31))


def hosting_year_id_of(enterprise_id: str, year: int) -> str:
    """The id of an enterprise's year: of each there is one."""
    return born_of(enterprise_id, HostingYear.kind, str(year))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """An internship or a practice of somebody of a university."""

    reference: str
    university: str
    starts_on: date
    ends_on: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedBase:
    """A base that the enterprise operates or takes part in."""

    reference: str
    name: str
    kind: str
    operates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedThings:
    """All that the year's proof is drawn from."""

    placements: tuple[Placement, ...]
    practices: tuple[Practice, ...]
    bases: tuple[TrainingBase, ...]
    organizations: Mapping[str, KnownOrganization]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostingProof:
    """The proof of a year. Interns' days are those within it; teachers' are the verified ones of the whole practice."""

    kind: ClassVar[str] = "hosting_proof"
    code: ClassVar[str] = "HST"
    reference: str
    year: int
    enterprise: str
    students: int
    intern_days: int
    interns: tuple[Hosted, ...]
    teachers: int
    practice_days: int
    practices: tuple[Hosted, ...]
    bases: tuple[HostedBase, ...]

    @classmethod
    def of(cls, year: HostingYear, things: HostedThings) -> Self:
        """The proof of what is over and verified. Raises `TooMuchForOnePaper`."""
        if len(things.placements) + len(things.practices) > MOST_LINES:
            raise TooMuchForOnePaper(limit=MOST_LINES)
        placements = [placement for placement in things.placements if _days_in(placement, year.days)]
        interns = tuple(_intern(placement, year.days, things.organizations) for placement in placements)
        practices = tuple(_practice(practice, things.organizations) for practice in things.practices)
        return cls(
            reference=year.id,
            year=year.year,
            enterprise=called(year.enterprise_id, things.organizations),
            students=_different(placement.student_id for placement in placements),
            intern_days=sum(intern.days for intern in interns),
            interns=interns,
            teachers=_different(practice.teacher_id for practice in things.practices),
            practice_days=sum(practice.days for practice in practices),
            practices=practices,
            bases=tuple(_base(base, year.enterprise_id) for base in things.bases),
        )

    @property
    def title_zh(self) -> str:
        """The title with its year."""
        return f"{self.year}年度企业接收实习实践情况证明"

    @property
    def title_en(self) -> str:
        """The title with its year."""
        return f"What an Enterprise Hosted in {self.year}"


def _different(ids: Iterable[str]) -> int:
    return len(set(ids))


def _days_in(placement: Placement, year: Segment) -> int:
    return sum(
        (min(segment.ends_on, year.ends_on) - max(segment.starts_on, year.starts_on)).days + 1
        for segment in placement.segments
        if segment.meets(year)
    )


def _intern(placement: Placement, year: Segment, organizations: Mapping[str, KnownOrganization]) -> Hosted:
    return Hosted(
        reference=placement.id,
        university=called(placement.university_id, organizations),
        starts_on=placement.starts_on,
        ends_on=placement.ends_on,
        days=_days_in(placement, year),
    )


def _practice(practice: Practice, organizations: Mapping[str, KnownOrganization]) -> Hosted:
    return Hosted(
        reference=practice.id,
        university=called(practice.university_id, organizations),
        starts_on=practice.starts_on,
        ends_on=practice.ends_on,
        days=practice.verified_days or 0,
    )


def _base(base: TrainingBase, enterprise_id: str) -> HostedBase:
    return HostedBase(
        reference=base.id, name=base.name, kind=base.base_kind, operates=base.operator_id == enterprise_id
    )
