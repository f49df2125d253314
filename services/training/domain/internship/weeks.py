"""The weeks of an internship: from Monday to Sunday, counted from the one in which it begins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

_DAY: Final = timedelta(days=1)
_SUNDAY: Final = timedelta(days=6)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week by its Monday. `days` are those of the internship in it, `number` counts from the first week, from 1."""

    monday: date
    number: int
    days: tuple[date, ...]

    @property
    def sunday(self) -> date:
        """Its last day."""
        return sunday_of(self.monday)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def sunday_of(day: date) -> date:
    """The Sunday of a day's week."""
    return monday_of(day) + _SUNDAY


def name_of(day: date) -> str:
    """The week of a day as ISO 8601 names it: `2026-W40`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def weeks_of(days: Iterable[date]) -> tuple[Week, ...]:
    """The weeks that hold at least one of these days. A week between two segments counts on, but is not among them."""
    ordered = sorted(set(days))
    if not ordered:
        return ()
    first = monday_of(ordered[0])
    return tuple(
        Week(monday, (monday - first).days // 7 + 1, tuple(held)) for monday, held in groupby(ordered, key=monday_of)
    )


def days_between(starts_on: date, ends_on: date) -> tuple[date, ...]:
    """The days from one to another, both included."""
    return tuple(starts_on + place * _DAY for place in range((ends_on - starts_on).days + 1))
