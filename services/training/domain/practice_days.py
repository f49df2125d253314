"""How many days of practice a stretch of time holds (TCH-04). All arithmetic is exact, rounded down once at the end.

Source: the alliance's own unit for the plan's "six months" and "half a year".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from services.training.domain.practice_period import Form, PracticePeriod, is_full_time
from shared.rules import Rule


@dataclass(frozen=True, slots=True)
class _PartTime:
    """What one record that is not full-time brings on the days that no full-time record covers."""

    dates: frozenset[date]
    visit_days: frozenset[date]
    days: Fraction


def full_time_dates(periods: Iterable[PracticePeriod], first: date, last: date, rule: Rule) -> set[date]:
    """The dates from `first` to `last` that full-time practice covers, each once."""
    full_time = (period for period in periods if is_full_time(period, rule))
    return {day for period in full_time for day in period.dates(first, last)}


def counted_days(periods: Iterable[PracticePeriod], *, first: date, last: date, rule: Rule) -> int:
    """TCH-04: calendar-equivalent days of these verified periods from `first` to `last`, both included.

    Full-time practice counts the union of its calendar days. On the other days hours count hours / 8 x 7/5, summed
    and rounded down once, no record more than its calendar days there; a visit of 6 hours or more counts as one day,
    20 at most. The sum never exceeds the calendar days on which there was practice.
    """
    periods = tuple(periods)
    covered = full_time_dates(periods, first, last, rule)
    others = [
        _part_time(period, frozenset(period.dates(first, last) - covered), rule)
        for period in periods
        if not is_full_time(period, rule)
    ]
    visits = len(frozenset[date]().union(*(other.visit_days for other in others)))
    touched = len(frozenset[date]().union(*(other.dates for other in others)))
    part_time = floor(sum((other.days for other in others), Fraction(0)))
    return len(covered) + min(min(visits, rule.number("visit_days_most")) + part_time, touched)


def days_of(period: PracticePeriod, rule: Rule) -> int:
    """TCH-04: the days that one verified period holds by itself."""
    return counted_days((period,), first=period.starts_on, last=period.ends_on, rule=rule)


def _part_time(period: PracticePeriod, dates: frozenset[date], rule: Rule) -> _PartTime:
    hours = _hours_by_day(period, dates)
    visit_days = frozenset(
        day for day, worked in hours.items() if period.form is Form.VISIT and worked >= rule.number("visit_day_hours")
    )
    rest = sum((worked for day, worked in hours.items() if day not in visit_days), Fraction(0))
    days = rest / rule.number("hours_per_day") * rule.ratio("calendar_days_per_day")
    return _PartTime(dates, visit_days, min(days, Fraction(len(dates) - len(visit_days))))


def _hours_by_day(period: PracticePeriod, dates: frozenset[date]) -> dict[date, Fraction]:
    if period.logs:
        return {log.on: log.hours for log in period.logs if log.on in dates}
    if not dates:
        return {}
    # Undated hours are spread evenly over the record's calendar days; a part of them is rounded down.
    share = period.undated_hours * Fraction(len(dates), period.length)
    hours = share if len(dates) == period.length else Fraction(floor(share))
    return dict.fromkeys(dates, hours / len(dates))
