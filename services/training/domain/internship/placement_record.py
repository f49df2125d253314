"""What is kept of an internship, and which steps are open to it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Self

from services.training.domain.internship.evidence import Evidence
from services.training.domain.internship.placement_papers import NO_PAPERS, Papers
from services.training.domain.internship.placement_refusals import NotAnIntern, OutOfTurn, StudentElsewhere
from services.training.domain.internship.placement_status import CONCURRENT, UNDER_WAY, PlacementStatus, before
from services.training.domain.internship.placement_terms import (
    Grade,
    InternshipKind,
    Judgement,
    Mode,
    PayTerms,
    RuleException,
    Segment,
    TerminationRequest,
)
from services.training.domain.student import Student
from shared.kernel.aggregate import Aggregate

_TOLD: Final = (
    "student_id", "university_id", "programme_id", "post_id", "enterprise_id", "agreement_id", "need_id", "line_no",
    "starts_on", "ends_on",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementRecord(Aggregate):
    """An internship. `occupation_code` and `site` are the post's when it was planned: quotas are counted by them.

    `starts_on` is the first day of the segments and the business date of its rules, `ends_on` the last. `copied_from`
    names what of the enterprise's the school simply took over when it graded; None: not graded, or not said.
    """

    kind: ClassVar[str] = "placement"
    student_id: str
    university_id: str
    programme_id: str
    post_id: str
    enterprise_id: str
    occupation_code: str
    site: str
    agreement_id: str | None
    need_id: str | None
    line_no: int | None
    internship_kind: InternshipKind
    mode: Mode
    segments: tuple[Segment, ...]
    starts_on: date
    ends_on: date
    supervisor_id: str | None
    mentor_id: str | None
    pay: PayTerms
    forced: bool | None
    for_profit: bool | None
    papers: Papers = NO_PAPERS
    unit_approval: Evidence | None = None
    exceptions: tuple[RuleException, ...] = ()
    judgement: Judgement | None = None
    related_major: bool | None = None
    termination_request: TerminationRequest | None = None
    hours: int | None = None
    grade: Grade | None = None
    copied_from: tuple[str, ...] | None = None
    employer_rating: int | None = None
    status: PlacementStatus = PlacementStatus.PLANNED

    @property
    def owners(self) -> frozenset[str]:
        """The university, the enterprise, the student and the supervisor."""
        supervisor = {self.supervisor_id} if self.supervisor_id else set()
        return frozenset({self.university_id, self.enterprise_id, self.student_id, *supervisor})

    @property
    def days(self) -> int:
        """The calendar days of its segments (INT-02)."""
        return sum(segment.days for segment in self.segments)

    @property
    def is_concurrent(self) -> bool:
        """Whether it takes a place at its enterprise (INT-03, INT-04)."""
        return self.status in CONCURRENT

    @property
    def is_under_way(self) -> bool:
        """Whether the student is the enterprise's intern now."""
        return self.status in UNDER_WAY

    @property
    def refused_since(self) -> tuple[str, ...]:
        """The rules that have come to refuse what was approved."""
        return self.judgement.refusing if self.judgement is not None and self.is_concurrent else ()

    def shares_a_day_with(self, other: "PlacementRecord") -> bool:
        """Whether both are planned for the same day."""
        return any(one.meets(another) for one in self.segments for another in other.segments)

    def require_possible(self, student: Student, elsewhere: Iterable["PlacementRecord"]) -> None:
        """Raise unless the student still studies, and no other internship of theirs takes one of the days."""
        if not student.is_enrolled:
            raise NotAnIntern
        for other in elsewhere:
            if other.id != self.id and other.is_concurrent and self.shares_a_day_with(other):
                raise StudentElsewhere(first=other.starts_on, last=other.ends_on)

    def _moved(self, after: PlacementStatus, *only: PlacementStatus) -> Self:
        self._require(*(only or before(after)))
        return replace(self, status=after)

    def _require(self, *possible: PlacementStatus) -> None:
        if self.status not in possible:
            raise OutOfTurn(status=self.status, possible=possible)

    def _outcome(self) -> dict[str, object]:
        return {"days": self.days, "hours": self.hours, "related_major": self.related_major}

    def _told(self) -> dict[str, object]:
        same = {name: getattr(self, name) for name in _TOLD}
        segments = [{"starts_on": segment.starts_on, "ends_on": segment.ends_on} for segment in self.segments]
        spoken = {"internship_kind": self.internship_kind.value, "mode": self.mode.value}
        return {"placement_id": self.id, "segments": segments, **same, **spoken}
