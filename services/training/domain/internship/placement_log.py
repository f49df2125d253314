"""A student's log of one week of an internship: what was done, how long on each day, and what the supervisor says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final, Self

from services.training.domain.internship.log_rule import due_after
from services.training.domain.internship.paper_refusals import (
    DaysOutsideTheWeek,
    HoursContradict,
    LogsClosed,
    LogStands,
    NotForReview,
    RemarkMissing,
    WeekAhead,
)
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import UNDER_WAY, PlacementStatus
from services.training.domain.internship.weeks import monday_of, name_of, sunday_of
from services.training.domain.kinship import born_of
from shared.contracts.training import PlacementLogReceived
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.rules import Finding, Rule, Verdict
from shared.words import Verbatim

LOGGED: Final = UNDER_WAY | {PlacementStatus.COMPLETED}
"""While logs are written; late ones after the last day, before the grade."""
_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


class LogStatus(State):
    """What the supervisor has made of a log."""

    SUBMITTED = "submitted", "已提交", "submitted"
    REVIEWED = "reviewed", "已批阅", "reviewed"
    RETURNED = "returned", "已退回", "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedDay:
    """The work of one day: how many minutes, and from when to when if the student says so.

    What ends at or before its beginning ends on the next day.
    """

    worked_on: date
    minutes: int
    starts_at: time | None = None
    ends_at: time | None = None

    def require_sound(self) -> None:
        """Raise `HoursContradict` unless the minutes fit between the two times, which are given together."""
        if self.starts_at is None and self.ends_at is None:
            return
        if self.starts_at is None or self.ends_at is None or self.minutes > _between(self.starts_at, self.ends_at):
            raise HoursContradict(day=self.worked_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekEntry:
    """What a student writes of one week, named by its Monday."""

    monday: date
    days: tuple[LoggedDay, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What the supervisor says of a log; who returns it says why."""

    accepted: bool
    remark: str | None
    reviewer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementLog(Aggregate):
    """The log of one week. `id` holds placement and week, so that the database knows no week twice.

    `violations` are what the rules on working time have against its hours; `violated` is for whoever looks for them.
    """

    kind: ClassVar[str] = "placement_log"
    placement_id: str
    student_id: str
    university_id: str
    enterprise_id: str
    supervisor_id: str | None
    monday: date
    week: str
    days: tuple[LoggedDay, ...]
    minutes: int
    text: str
    written_on: date
    violations: tuple[Finding, ...] = ()
    violated: bool = False
    remark: str | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    status: LogStatus = LogStatus.SUBMITTED

    @classmethod
    def write(cls, placement: Placement, entry: WeekEntry, *, earlier: Self | None, on: date) -> Self:
        """Write a week of an internship, or write it again after it was returned."""
        if placement.status not in LOGGED:
            raise LogsClosed(status=placement.status)
        _require_days(placement, entry, on=on)
        if earlier is not None and earlier.status is not LogStatus.RETURNED:
            raise LogStands(status=earlier.status)
        return cls(
            id=log_id_of(placement.id, entry.monday),
            story=placement.story,
            test=earlier.test if earlier else False,
            version=earlier.version if earlier else 0,
            placement_id=placement.id,
            student_id=placement.student_id,
            university_id=placement.university_id,
            enterprise_id=placement.enterprise_id,
            supervisor_id=placement.supervisor_id,
            monday=entry.monday,
            week=Verbatim(name_of(entry.monday)),
            days=tuple(sorted(entry.days, key=lambda day: day.worked_on)),
            minutes=sum(day.minutes for day in entry.days),
            text=entry.text,
            written_on=on,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The student, both sides, and the supervisor."""
        supervisor = {self.supervisor_id} if self.supervisor_id else set()
        return frozenset({self.student_id, self.university_id, self.enterprise_id, *supervisor})

    @property
    def is_reviewed(self) -> bool:
        """Whether the supervisor has accepted it."""
        return self.status is LogStatus.REVIEWED

    def arrival(self, rule: Rule) -> tuple[PlacementLogReceived, ...]:
        """That it has come at last, where it was written after LOG-01 wanted it: whoever waits need wait no more."""
        if self.written_on <= due_after(sunday_of(self.monday), rule):
            return ()
        return (
            PlacementLogReceived(
                placement_id=self.placement_id,
                student_id=self.student_id,
                university_id=self.university_id,
                enterprise_id=self.enterprise_id,
                week_starts_on=self.monday,
                received_on=self.written_on,
            ),
        )

    def judged(self, findings: Iterable[Finding]) -> Self:
        """What the rules on working time have against its hours; what they cannot judge is asked of the placement."""
        violations = tuple(finding for finding in findings if finding.verdict is Verdict.FAIL)
        return replace(self, violations=violations, violated=bool(violations))

    def review(self, review: Review, *, at: datetime) -> Self:
        """Accept it, or return it to be corrected."""
        if self.status is not LogStatus.SUBMITTED:
            raise NotForReview(status=self.status)
        if not review.accepted and not review.remark:
            raise RemarkMissing
        return replace(
            self,
            remark=review.remark,
            reviewed_by=review.reviewer,
            reviewed_at=at,
            status=LogStatus.REVIEWED if review.accepted else LogStatus.RETURNED,
        )


def log_id_of(placement_id: str, day: date) -> str:
    """The id of the log of the week in which a day lies."""
    return born_of(placement_id, "placement_log", name_of(day))


def _require_days(placement: Placement, entry: WeekEntry, *, on: date) -> None:
    days = [day.worked_on for day in entry.days]
    inside = all(any(s.starts_on <= day <= s.ends_on for s in placement.segments) for day in days)
    if not inside or len(set(days)) < len(days) or {monday_of(day) for day in days} - {entry.monday}:
        raise DaysOutsideTheWeek(week=Verbatim(name_of(entry.monday)))
    if max(days, default=entry.monday) > on:
        raise WeekAhead(last=on)
    for day in entry.days:
        day.require_sound()


def _between(starts_at: time, ends_at: time) -> int:
    first = datetime.combine(date.min, starts_at)
    last = datetime.combine(date.min if ends_at > starts_at else date.min + _DAY, ends_at)
    return (last - first) // _MINUTE
