"""How many days of practice a stretch of time holds (TCH-04). All arithmetic is exact, rounded down once at the end.

Source: the alliance's own unit for the plan's "six months" and "half a year".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from services.training.domain.faculty.part_time import DatedHours, UndatedHours, Unit
from services.training.domain.faculty.practice_period import PracticePeriod, is_full_time
from services.training.domain.faculty.spans import NO_DAYS, Spans, united
from shared.rules import Rule

ALL_DAYS: Final = (date.min.toordinal(), date.max.toordinal())
"""From the first day that there is to the last."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """Counts the days of some verified periods in any window: what no window changes is worked out once.

    `touched` are the days of those that are not full-time on which no full-time practice lies, `visits` those among
    them on which a log names a visit long enough.
    """

    full_time: Spans
    touched: Spans
    visits: Spans
    dated: tuple[DatedHours, ...]
    undated: tuple[UndatedHours, ...]
    unit: Unit

    @classmethod
    def of(cls, periods: Iterable[PracticePeriod], rule: Rule, *, away: Spans = NO_DAYS) -> Self:
        """Of these periods, by TCH-04; on the days `away` nobody practised."""
        full_time, others = _told_apart(periods, rule)
        covered = united([period.days for period in full_time]).without(away)
        unit = _unit(others, rule)
        free = [(period, period.days.without(covered).without(away)) for period in others]
        dated = tuple(DatedHours.of(period, days, unit) for period, days in free if period.logs)
        return cls(
            full_time=covered,
            touched=united([days for _, days in free]),
            visits=Spans.of((day, day) for record in dated for day in record.visit_days),
            dated=dated,
            undated=tuple(UndatedHours(period, days) for period, days in free if period.undated_hours),
            unit=unit,
        )

    @property
    def practised(self) -> Spans:
        """All days on which anything may count."""
        return united((self.full_time, self.touched)) if self.touched else self.full_time

    def within(self, first: int, last: int) -> int:
        """Calendar-equivalent days from the ordinal `first` to `last`, both included."""
        full_time = self.full_time.within(first, last)
        if not self.touched:
            return full_time
        parts = sum(record.parts(first, last, self.unit) for record in self.dated)
        parts += sum(record.parts(first, last, self.unit) for record in self.undated)
        part_time = min(self._visits(first, last), self.unit.visits_most) + parts // self.unit.parts_per_day
        return full_time + min(part_time, self.touched.within(first, last))

    def _visits(self, first: int, last: int) -> int:
        undated = [days for record in self.undated if (days := record.visit_days(first, last, self.unit))]
        if not undated:
            return self.visits.within(first, last)
        return len(united((self.visits.cut(first, last), *undated)))


def counted_days(
    periods: Iterable[PracticePeriod], *, first: date, last: date, rule: Rule, away: Spans = NO_DAYS
) -> int:
    """TCH-04: calendar-equivalent days of these verified periods from `first` to `last`, both included.

    Full-time practice counts the union of its calendar days. On the other days hours count hours / 8 x 7/5, summed
    and rounded down once, no record more than its calendar days there; a visit of 6 hours or more counts as one day,
    20 at most. The sum never exceeds the calendar days on which there was practice; on the days `away` there was none.
    """
    return DayCount.of(periods, rule, away=away).within(first.toordinal(), last.toordinal())


def _told_apart(periods: Iterable[PracticePeriod], rule: Rule) -> tuple[list[PracticePeriod], list[PracticePeriod]]:
    full_time: list[PracticePeriod] = []
    others: list[PracticePeriod] = []
    for period in periods:
        (full_time if is_full_time(period, rule) else others).append(period)
    return full_time, others


def _unit(others: Iterable[PracticePeriod], rule: Rule) -> Unit:
    hours = [worked for period in others for worked in (period.undated_hours, *(log.hours for log in period.logs))]
    return Unit.of(
        {worked.denominator for worked in hours},
        days_per_hour=rule.ratio("calendar_days_per_day") / rule.number("hours_per_day"),
        visit_hours=rule.number("visit_day_hours"),
        visits_most=rule.number("visit_days_most"),
    )
