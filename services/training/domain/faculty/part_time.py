"""What a record of practice that is not full-time brings to a window: parts of a day in whole numbers, so exact."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Self

from services.training.domain.faculty.spans import NO_DAYS, Spans
from services.training.domain.practice_period import Form, PracticePeriod


@dataclass(frozen=True, slots=True)
class Unit:
    """What hours are counted in: a part of which every hour that occurs holds a whole number, and so does a day."""

    parts_per_hour: int
    days_per_hour: Fraction
    visit_hours: int
    visits_most: int

    @property
    def parts_per_day(self) -> int:
        """How many parts make a day."""
        return self.parts_per_hour * self.days_per_hour.denominator

    def parts(self, hours: Fraction) -> int:
        """So many parts of a day are these hours."""
        return hours.numerator * (self.parts_per_hour // hours.denominator) * self.days_per_hour.numerator


@dataclass(frozen=True, slots=True)
class DatedHours:
    """A record whose logs date its hours, as far as they lie on its `days`; `sums` and `visits` are those before."""

    days: Spans
    worked_on: tuple[int, ...]
    sums: tuple[int, ...]
    visits: tuple[int, ...]
    visit_days: tuple[int, ...]

    @classmethod
    def of(cls, period: PracticePeriod, days: Spans, unit: Unit) -> Self:
        """The logs of a period; a visit that is long enough is a day and no hours."""
        logs = sorted((log.on.toordinal(), log.hours) for log in period.logs)
        logs = [(day, hours) for day, hours in logs if day in days]
        long = [period.form is Form.VISIT and hours >= unit.visit_hours for _, hours in logs]
        parts = [0 if is_long else unit.parts(hours) for (_, hours), is_long in zip(logs, long, strict=True)]
        return cls(
            days=days,
            worked_on=tuple(day for day, _ in logs),
            sums=tuple(accumulate(parts, initial=0)),
            visits=tuple(accumulate(long, initial=0)),
            visit_days=tuple(day for (day, _), is_long in zip(logs, long, strict=True) if is_long),
        )

    def parts(self, first: int, last: int, unit: Unit) -> int:
        """The parts of a day that its hours make from `first` to `last`; never more than its other days there."""
        start, end = bisect_left(self.worked_on, first), bisect_right(self.worked_on, last)
        most = self.days.within(first, last) - (self.visits[end] - self.visits[start])
        return min(self.sums[end] - self.sums[start], most * unit.parts_per_day)


@dataclass(frozen=True, slots=True)
class UndatedHours:
    """A record whose hours have no dates: they are spread evenly over its days, a part of them is rounded down."""

    period: PracticePeriod
    days: Spans

    def parts(self, first: int, last: int, unit: Unit) -> int:
        """The parts of a day that its hours make from `first` to `last`; none where its days are visits."""
        days = self.days.within(first, last)
        if self._are_visits(days, unit):
            return 0
        return min(unit.parts(self._hours(days)), days * unit.parts_per_day)

    def visit_days(self, first: int, last: int, unit: Unit) -> Spans:
        """Its days from `first` to `last`, if they are visits that are long enough."""
        is_visit = self._are_visits(self.days.within(first, last), unit)
        return self.days.cut(first, last) if is_visit else NO_DAYS

    def _are_visits(self, days: int, unit: Unit) -> bool:
        return self.period.form is Form.VISIT and days > 0 and self._hours(days) >= unit.visit_hours * days

    def _hours(self, days: int) -> Fraction:
        of_all = len(self.period.days)
        if days == of_all:
            return self.period.undated_hours
        return Fraction(self.period.undated_hours * days // of_all)
