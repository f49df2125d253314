"""The raw facts by which teachers' practice is judged: periods with their plans and logs, leave, the day of hiring."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, Final, Self

from services.training.domain.faculty.practice_period import DailyLog, Form, PracticePeriod
from services.training.domain.faculty.practice_window import Leave, LeaveKind, Window
from services.training.domain.faculty.spans import Spans
from shared.rules import Facts
from shared.rules.fact_types import MANY, Count, DayMinutes, Weekday, WorkDay, in_order

_HOUR: Final = 60


@lru_cache(maxsize=1024)
def _hours(minutes: int) -> Fraction:
    """Minutes as exact hours; there are few different ones, and many logs."""
    return Fraction(minutes, _HOUR)


def _minutes(hours: Fraction) -> int:
    """Whole minutes, in whole numbers, for multiplying fractions is most of what this takes."""
    return hours.numerator * _HOUR // hours.denominator


class LogFact(Facts):
    """What was worked on one day of a period."""

    on: WorkDay
    minutes: DayMinutes


class DaysFact(Facts):
    """Days in a row, both ends included: on which a period was paused, or a teacher was on leave of any kind."""

    first: WorkDay
    last: WorkDay

    def model_post_init(self, _: Any, /) -> None:
        """Hold that they are in order."""
        in_order(self.first, self.last)


class PeriodFact(Facts):
    """A verified practice period, both ends included: its plan, and its logs where the plan is not full-time.

    Hours that no log dates stand in `undated_minutes`.
    """

    form: Form
    starts_on: WorkDay
    ends_on: WorkDay
    weekdays: Annotated[tuple[Weekday, ...], MANY]
    minutes_a_day: DayMinutes
    logs: tuple[LogFact, ...] = ()
    undated_minutes: Count = 0
    pauses: Annotated[tuple[DaysFact, ...], MANY] = ()

    @classmethod
    def of(cls, period: PracticePeriod) -> Self:
        """A period as it is kept, in which every planned weekday has the same hours."""
        return cls(
            form=period.form,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            weekdays=tuple(period.plan),
            minutes_a_day=_minutes(max(period.plan.values())),
            logs=tuple([LogFact(on=log.on, minutes=_minutes(log.hours)) for log in period.logs]),
            pauses=tuple(DaysFact(first=pause.first, last=pause.last) for pause in period.pauses),
        )

    def model_post_init(self, _: Any, /) -> None:
        """Hold that the period could have been so."""
        in_order(self.starts_on, self.ends_on)
        _ = self.period

    @property
    def period(self) -> PracticePeriod:
        """The period as days are counted of it. Raises `ValueError` where it cannot have been so."""
        return PracticePeriod(
            form=self.form,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            plan=dict.fromkeys(self.weekdays, _hours(self.minutes_a_day)),
            logs=tuple([DailyLog(log.on, _hours(log.minutes)) for log in self.logs]),
            undated_hours=Fraction(self.undated_minutes, _HOUR),
            pauses=tuple(Window(pause.first, pause.last) for pause in self.pauses),
        )


class LeaveFact(Facts):
    """Statutory leave, both ends included."""

    kind: LeaveKind
    starts_on: WorkDay
    ends_on: WorkDay

    def model_post_init(self, _: Any, /) -> None:
        """Hold that the leave could have been so."""
        in_order(self.starts_on, self.ends_on)
        _ = self.leave

    @property
    def leave(self) -> Leave:
        """The leave as windows are moved by it. Raises `ValueError` where it ends before it starts."""
        return Leave(self.kind, self.starts_on, self.ends_on)


Periods = Annotated[tuple[PeriodFact, ...], MANY]
Leaves = Annotated[tuple[LeaveFact, ...], MANY]
Away = Annotated[tuple[DaysFact, ...], MANY]
"""The days of a teacher's leave, without its kind: nobody practises on them."""


def days_of(away: Iterable[DaysFact]) -> Spans:
    """The days of these stretches."""
    return Spans.of((days.first.toordinal(), days.last.toordinal()) for days in away)


class PractisedFacts(Facts):
    """Practice periods and leave of one teacher."""

    periods: Periods = ()
    leaves: Leaves = ()


class OwedFacts(PractisedFacts):
    """What a teacher practised since they were hired, and when they were away."""

    hired_on: WorkDay
