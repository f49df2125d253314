"""What a record of practice that is not full-time brings to a window: parts of a day in whole numbers, so exact."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Self

from services.training.domain.faculty.practice_period import Form, PracticePeriod
from services.training.domain.faculty.spans import NO_DAYS, Spans


@dataclass(frozen=True, slots=True)
class Unit:
    """What hours are counted in: a part of which every hour that occurs holds a whole number, and so does a day."""

    parts_per_day: int
    parts_by_denominator: Mapping[int, int]
    visit_hours: int
    visits_most: int

    @classmethod
    def of(cls, denominators: Set[int], *, days_per_hour: Fraction, visit_hours: int, visits_most: int) -> Self:
        """For hours that have these denominators, or none."""
        common = lcm(*denominators)
        return cls(
            parts_per_day=common * days_per_hour.denominator,
            parts_by_denominator={each: common // each * days_per_hour.numerator for each in {1, *denominators}},
            visit_hours=visit_hours,
            visits_most=visits_most,
        )

    def parts(self, hours: Fraction) -> int:
        """So many parts of a day are these hours."""
        return hours.numerator * self.parts_by_denominator[hours.denominator]


@dataclass(frozen=True, slots=True)
class DatedHours:
    """A record whose logs date its hours, as far as they lie on its `days`; `sums` are those before."""

    days: Spans
    worked_on: Sequence[int]
    sums: Sequence[int]
    visit_days: Sequence[int]

    @classmethod
    def of(cls, period: PracticePeriod, days: Spans, unit: Unit) -> Self:
        """The logs of a period; a visit that is long enough is a day and no hours."""
        logs = sorted([(log.on.toordinal(), log.hours) for log in period.logs])
        if len(days) < period.length:
            logs = [(day, hours) for day, hours in logs if day in days]
        visits = [day for day, hours in logs if period.form is Form.VISIT and hours >= unit.visit_hours]
        long = frozenset(visits)
        return cls(
            days=days,
            worked_on=[day for day, _ in logs],
            sums=list(accumulate([0 if day in long else unit.parts(hours) for day, hours in logs], initial=0)),
            visit_days=visits,
        )

    def parts(self, first: int, last: int, unit: Unit) -> int:
        """The parts of a day that its hours make from `first` to `last`; never more than its other days there."""
        start, end = bisect_left(self.worked_on, first), bisect_right(self.worked_on, last)
        visits = bisect_right(self.visit_days, last) - bisect_left(self.visit_days, first) if self.visit_days else 0
        most = (self.days.within(first, last) - visits) * unit.parts_per_day
        return min(self.sums[end] - self.sums[start], most)


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
