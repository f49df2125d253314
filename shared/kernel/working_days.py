"""The days of the region as the State Council's yearly notices have them, and what was imported of later years."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from chinese_calendar import holidays, in_lieu_days, workdays

from shared.rules.working_calendar import DayKind

_FIRST_YEAR: Final = min(holidays).year
LAST_NOTICED_YEAR: Final = max(holidays).year
"""The library holds whole years, and this is the last of them."""


@dataclass(frozen=True)
class LawfulCalendar:
    """Every day of which there is a notice; `imported` are days that were entered here, and they come first.

    A year is known as soon as one of its days was imported: what its notice does not name goes by the weekday.
    """

    imported: Mapping[date, DayKind] = field(default_factory=dict)

    @property
    def known_until(self) -> date:
        """The last day of the last year before the first gap."""
        year = LAST_NOTICED_YEAR
        while year + 1 in self._imported_years:
            year += 1
        return date(year, 12, 31)

    def kind_of(self, day: date) -> DayKind | None:
        """What kind of day it is; None where its year's notice is not known. A day moved to rest is one of rest."""
        if day in self.imported:
            return self.imported[day]
        if _FIRST_YEAR <= day.year <= LAST_NOTICED_YEAR:
            return _noticed(day)
        return _by_weekday(day) if day.year in self._imported_years else None

    @cached_property
    def _imported_years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.imported)


def _noticed(day: date) -> DayKind:
    if day in workdays:
        return DayKind.WORKING
    if day in in_lieu_days:
        return DayKind.REST
    return DayKind.HOLIDAY if day in holidays else _by_weekday(day)


def _by_weekday(day: date) -> DayKind:
    return DayKind.REST if day.isoweekday() > 5 else DayKind.WORKING
