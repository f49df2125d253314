"""The clock of an internship's weekly logs: which weeks were told as overdue, and when to look again."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Final, Self

from services.training.domain.internship.log_rule import LogsInTimeFacts, due_on, late_weeks, weeks_due
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.weeks import Week
from services.training.domain.kinship import born_of
from shared.contracts.training import PlacementLogOverdue
from shared.kernel.aggregate import Aggregate
from shared.rules import Rule
from shared.rules.fact_types import DaySpan

_DAY: Final = timedelta(days=1)
_WAITED_FOR: Final = frozenset({PlacementStatus.ONGOING, PlacementStatus.COMPLETED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBook(Aggregate):
    """Which Mondays' weeks were `told` as overdue, or `excused` because the internship rested when they were due.

    `review_on` is the first day on which another week may be overdue; None is never.
    """

    kind: ClassVar[str] = "log_book"
    placement_id: str
    student_id: str
    university_id: str
    started_on: date
    told: tuple[date, ...] = ()
    excused: tuple[date, ...] = ()
    review_on: date | None

    @classmethod
    def open(cls, placement: Placement, *, on: date) -> Self:
        """The internship has started: look at it tomorrow for the first time."""
        return cls(
            id=log_book_id_of(placement.id),
            story=placement.story,
            placement_id=placement.id,
            student_id=placement.student_id,
            university_id=placement.university_id,
            started_on=on,
            review_on=on + _DAY,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    def look_again(self, *, on: date) -> Self:
        """The internship's days have changed: look at it tomorrow, whatever was to come."""
        return replace(self, review_on=on + _DAY)

    def facts(self, placement: Placement, *, logged: Iterable[date], absences: Iterable[DaySpan]) -> LogsInTimeFacts:
        """What LOG-01 is judged by."""
        return LogsInTimeFacts(
            segments=tuple(DaySpan(starts_on=part.starts_on, ends_on=part.ends_on) for part in placement.segments),
            started_on=self.started_on,
            absences=tuple(absences),
            excused=self.excused,
            logged=tuple(logged),
        )

    def review(
        self, placement: Placement, facts: LogsInTimeFacts, *, rule: Rule, on: date
    ) -> tuple[Self, tuple[PlacementLogOverdue, ...]]:
        """What is overdue and was not told yet. While the internship rests its weeks are excused; at its end all is."""
        late = late_weeks(facts, rule, on)
        looked = replace(self, review_on=_next(weeks_due(facts, rule), rule, on))
        if placement.status is PlacementStatus.SUSPENDED:
            untold = (week.monday for week in late if week.monday not in self.told)
            return replace(looked, excused=(*self.excused, *untold)), ()
        if placement.status not in _WAITED_FOR:
            return replace(self, review_on=None), ()
        news = tuple(week for week in late if week.monday not in self.told)
        told = replace(looked, told=(*self.told, *(week.monday for week in news)))
        return told, tuple(_overdue(placement, week, due=due_on(week, rule), on=on) for week in news)


def log_book_id_of(placement_id: str) -> str:
    """The id of a placement's log book."""
    return born_of(placement_id, "log_book")


def _next(waiting: Iterable[Week], rule: Rule, on: date) -> date | None:
    to_come = [due for week in waiting if (due := due_on(week, rule)) >= on]
    return min(to_come) + _DAY if to_come else None


def _overdue(placement: Placement, week: Week, *, due: date, on: date) -> PlacementLogOverdue:
    return PlacementLogOverdue(
        placement_id=placement.id,
        student_id=placement.student_id,
        university_id=placement.university_id,
        enterprise_id=placement.enterprise_id,
        supervisor_id=placement.supervisor_id,
        week_no=week.number,
        week_starts_on=week.monday,
        due_on=due,
        days_late=(on - due).days,
    )
