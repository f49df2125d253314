"""What of a practice period and its logs days are counted by, and the period that they make: all that a count reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from services.training.domain.faculty.practice_pause import Pause
from services.training.domain.faculty.practice_period import DailyLog, Form, PracticePeriod


class Logged(Protocol):
    """One logged day."""

    @property
    def worked_on(self) -> date:
        """The day."""

    @property
    def minutes(self) -> int:
        """How long was worked on it."""


@dataclass(frozen=True, slots=True)
class LoggedDay:
    """One logged day of a practice period."""

    practice_id: str
    worked_on: date
    minutes: int


@dataclass(frozen=True, slots=True)
class CountedPractice:
    """A practice period as far as it is counted."""

    id: str
    teacher_id: str
    form: Form
    starts_on: date
    ends_on: date
    weekdays: tuple[int, ...]
    minutes_a_day: int
    pauses: tuple[Pause, ...]

    def period(self, logs: Iterable[Logged] = ()) -> PracticePeriod:
        """The period as the ledger counts it (TCH-04); a full-time one needs no logs to be counted."""
        return PracticePeriod(
            form=self.form,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            plan=dict.fromkeys(self.weekdays, _hours(self.minutes_a_day)),
            logs=tuple([DailyLog(log.worked_on, _hours(log.minutes)) for log in logs]),
            pauses=tuple([pause.window(until=self.ends_on) for pause in self.pauses]),
        )


@lru_cache(maxsize=1024)
def _hours(minutes: int) -> Fraction:
    """Minutes as exact hours; there are few different ones, and many logs."""
    return Fraction(minutes, 60)
