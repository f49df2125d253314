"""The raw facts by which teachers' practice is judged: periods with their plans and logs, leave, the day of hiring."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator

from services.training.domain.practice_period import DailyLog, Form, PracticePeriod
from services.training.domain.practice_window import Leave, LeaveKind, Window
from shared.rules import Facts

Day = Annotated[date, Field(ge=date(1940, 1, 1), le=date(2199, 12, 31))]
"""A date of the platform's time."""
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]
"""Minutes of one day."""
_HOUR = 60


class LogFact(Facts):
    """What was worked on one day of a period."""

    on: Day
    minutes: Minutes


class DaysFact(Facts):
    """Days on which a period was paused, both ends included."""

    first: Day
    last: Day


class PeriodFact(Facts):
    """A verified practice period, both ends included: its plan, and its logs where the plan is not full-time.

    Hours that no log dates stand in `undated_minutes`.
    """

    form: Form
    starts_on: Day
    ends_on: Day
    weekdays: Annotated[tuple[Annotated[int, Field(ge=1, le=7)], ...], Field(max_length=7)]
    minutes_a_day: Minutes
    logs: Annotated[tuple[LogFact, ...], Field(max_length=4000)] = ()
    undated_minutes: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    pauses: Annotated[tuple[DaysFact, ...], Field(max_length=100)] = ()

    @classmethod
    def of(cls, period: PracticePeriod) -> Self:
        """A period as it is kept, in which every planned weekday has the same hours."""
        return cls(
            form=period.form,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            weekdays=tuple(period.plan),
            minutes_a_day=int(max(period.plan.values()) * _HOUR),
            logs=tuple(LogFact(on=log.on, minutes=int(log.hours * _HOUR)) for log in period.logs),
            pauses=tuple(DaysFact(first=pause.first, last=pause.last) for pause in period.pauses),
        )

    @model_validator(mode="after")
    def _is_a_period(self) -> Self:
        _ = self.period
        return self

    @property
    def period(self) -> PracticePeriod:
        """The period as days are counted of it. Raises `ValueError` where it cannot have been so."""
        return PracticePeriod(
            form=self.form,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            plan=dict.fromkeys(self.weekdays, Fraction(self.minutes_a_day, _HOUR)),
            logs=tuple(DailyLog(log.on, Fraction(log.minutes, _HOUR)) for log in self.logs),
            undated_hours=Fraction(self.undated_minutes, _HOUR),
            pauses=tuple(Window(pause.first, pause.last) for pause in self.pauses),
        )


class LeaveFact(Facts):
    """Statutory leave, both ends included."""

    kind: LeaveKind
    starts_on: Day
    ends_on: Day

    @model_validator(mode="after")
    def _is_leave(self) -> Self:
        _ = self.leave
        return self

    @property
    def leave(self) -> Leave:
        """The leave as windows are moved by it. Raises `ValueError` where it ends before it starts."""
        return Leave(self.kind, self.starts_on, self.ends_on)


Periods = Annotated[tuple[PeriodFact, ...], Field(max_length=1000)]
Leaves = Annotated[tuple[LeaveFact, ...], Field(max_length=1000)]


class PractisedFacts(Facts):
    """Practice periods and leave of one teacher."""

    periods: Periods = ()
    leaves: Leaves = ()


class OwedFacts(PractisedFacts):
    """What a teacher practised since they were hired, and when they were away."""

    hired_on: Day
