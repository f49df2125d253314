"""Days and months as the region counts them: a business date is a date in +08:00, whatever the host's clock says."""

import calendar
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from shared.contracts.fields import REGION_TIME

_SHORTEST_MONTH: Final = 28


@lru_cache(maxsize=64)
def business_date(at: datetime) -> date:
    """The date in +08:00 on which `at` falls; midnight is 00:00 +08:00."""
    return at.astimezone(REGION_TIME).date()


def midnight(day: date) -> datetime:
    """The instant at which `day` begins in +08:00."""
    return datetime(day.year, day.month, day.day, tzinfo=REGION_TIME)


def months_later(day: date, months: int) -> date:
    """The same day so many months later (earlier if negative), or the month's last day where it does not exist."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    in_every_month = day.day <= _SHORTEST_MONTH
    return date(years, month + 1, day.day if in_every_month else min(day.day, _days_of(years, month + 1)))


def _days_of(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@lru_cache(maxsize=64)
def academic_year(day: date) -> str:
    """The academic year of `day`, which begins on 1 September: 2026-09-01 is in `2026-2027`."""
    first = day.year if day.month >= 9 else day.year - 1
    return f"{first}-{first + 1}"
