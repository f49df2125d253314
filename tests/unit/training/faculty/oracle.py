"""What the ledger says of practice, found by walking over the days one by one: slow, and plainly right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from services.training.domain.faculty.practice_ledger import PracticeRules
from services.training.domain.faculty.practice_period import Form, PracticePeriod, is_full_time
from services.training.domain.faculty.practice_window import Leave, LeaveKind, end_of_months
from shared.kernel.calendar import months_later

DAY = timedelta(days=1)


def dates_of(first: date, last: date) -> Iterator[date]:
    """Each day from one to the other, both included."""
    while first <= last:
        yield first
        first += DAY


def dates_in(period: PracticePeriod) -> set[date]:
    """The days of a period on which it was not paused."""
    paused = {day for pause in period.pauses for day in dates_of(pause.first, pause.last)}
    return set(dates_of(period.starts_on, period.ends_on)) - paused


def _in_a_row(day: date, days: set[date]) -> int:
    """How many of the days stand in a row with this one."""
    first = last = day
    while first - DAY in days:
        first -= DAY
    while last + DAY in days:
        last += DAY
    return (last - first).days + 1


@dataclass(frozen=True)
class Walked:
    """A ledger that walks."""

    periods: tuple[PracticePeriod, ...]
    rules: PracticeRules
    leaves: tuple[Leave, ...] = ()

    @property
    def away(self) -> set[date]:
        return {day for leave in self.leaves for day in dates_of(leave.starts_on, leave.ends_on)}

    @property
    def moving(self) -> set[date]:
        shortest = self.rules.leave.number("sick_leave_days")
        sick, other = set[date](), set[date]()
        for leave in self.leaves:
            (sick if leave.kind is LeaveKind.SICK else other).update(dates_of(leave.starts_on, leave.ends_on))
        return other | {day for day in sick if _in_a_row(day, sick) >= shortest}

    def covered(self) -> set[date]:
        """The days of full-time practice."""
        full_time = (dates_in(period) for period in self.periods if is_full_time(period, self.rules.counting))
        return set[date]().union(*full_time) - self.away

    def counted(self, first: date, last: date) -> int:
        """TCH-04."""
        rule, covered = self.rules.counting, self.covered()
        inside = {day for day in covered if first <= day <= last}
        visits, touched, days = set[date](), set[date](), Fraction(0)
        for period in self.periods:
            if is_full_time(period, rule):
                continue
            dates = {day for day in dates_in(period) if first <= day <= last} - covered - self.away
            hours = hours_by_day(period, dates)
            long = {
                day
                for day, worked in hours.items()
                if period.form is Form.VISIT and worked >= rule.number("visit_day_hours")
            }
            rest = sum((worked for day, worked in hours.items() if day not in long), Fraction(0))
            made = rest / rule.number("hours_per_day") * rule.ratio("calendar_days_per_day")
            days += min(made, Fraction(len(dates) - len(long)))
            visits, touched = visits | long, touched | dates
        return len(inside) + min(min(len(visits), rule.number("visit_days_most")) + floor(days), len(touched))

    def rolling_first(self, as_of: date) -> date:
        """The first day of the window that ends with `as_of`."""
        plain = months_later(as_of, -self.rules.accumulated.number("months")) + DAY
        return plain - sum(plain <= day <= as_of for day in self.moving) * DAY

    def rolling_days(self, as_of: date, known_until: date | None = None) -> int:
        """TCH-01."""
        return self.counted(self.rolling_first(as_of), min(as_of, known_until or as_of))

    def rolling_due_on(self, hired_on: date, as_of: date) -> date:
        """TCH-01: forwards to the fall or back to it."""
        months, required = (self.rules.accumulated.number(name) for name in ("months", "days"))
        grace, day = end_of_months(hired_on, months), as_of
        if self.rolling_days(as_of) >= required:
            while self.rolling_days(day, as_of) >= required:
                day += DAY
            return max(grace, day) - DAY
        if self.counted(date(1900, 1, 1), as_of) < required:
            return grace - DAY
        while day > grace and self.rolling_days(day - DAY) < required:
            day -= DAY
        return max(grace, day) - DAY

    def last_of_first_window(self, hired_on: date) -> date:
        """TCH-02: the deadline."""
        plain = end_of_months(hired_on, self.rules.concentrated.number("months")) - DAY
        return plain + sum(hired_on <= day <= plain for day in self.moving) * DAY

    def segments(self, hired_on: date, as_of: date) -> list[tuple[date, date, int]]:
        """TCH-02: pieces over gaps of at most 14 days, leave not counted among them."""
        last = min(self.last_of_first_window(hired_on), as_of)
        pieces: list[list[date]] = []
        for day in sorted(day for day in self.covered() if hired_on <= day <= last):
            if pieces and self.idle(pieces[-1][-1], day) <= self.rules.concentrated.number("gap_days"):
                pieces[-1].append(day)
            else:
                pieces.append([day])
        return [(piece[0], piece[-1], len(piece)) for piece in pieces]

    def idle(self, before: date, after: date) -> int:
        """The days between that are no leave."""
        return sum(day not in self.moving for day in dates_of(before + DAY, after - DAY))

    def concentrated_missing(self, hired_on: date, as_of: date) -> int:
        """TCH-02: 180 less what can still grow."""
        required, pieces = self.rules.concentrated.number("days"), self.segments(hired_on, as_of)
        if any(days >= required for _, _, days in pieces):
            return 0
        grows = pieces and self.idle(pieces[-1][1], as_of + DAY) <= self.rules.concentrated.number("gap_days")
        return required - (pieces[-1][2] if grows else 0)


def hours_by_day(period: PracticePeriod, dates: Iterable[date]) -> dict[date, Fraction]:
    """The hours of each of these days."""
    dates = set(dates)
    if period.logs:
        return {log.on: log.hours for log in period.logs if log.on in dates}
    if not dates:
        return {}
    whole = len(dates_in(period))
    share = period.undated_hours * Fraction(len(dates), whole)
    hours = share if len(dates) == whole else Fraction(floor(share))
    return dict.fromkeys(dates, hours / len(dates))
