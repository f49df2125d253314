"""A year of the calendar as an operator entered it from the State Council's notice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Self

from shared.errors import Invalid
from shared.kernel.aggregate import Aggregate
from shared.rules import DayKind

_NEW_YEAR: Final = (1, 1)


class NoNewYear(Invalid):
    """The first of January is a statutory holiday of every year; a table without it is not the whole notice."""

    en = "The year has no holiday on 1 January, so this is not the whole notice; enter every holiday and moved day."
    zh = "缺少1月1日（元旦）的放假安排，内容不完整；请录入全年节假日及调休日。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A day that the notice names: a holiday, a working day moved to rest, or a day of rest made up for."""

    on: date
    kind: DayKind
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarYear(Aggregate):
    """What the notice of one year says. Days that it does not name go by their weekday."""

    kind: ClassVar[str] = "calendar_year"
    visibility: ClassVar[str] = "public"
    year: int
    days: tuple[SpecialDay, ...]

    @classmethod
    def enter(cls, year: int, days: tuple[SpecialDay, ...]) -> Self:
        """Enter a year whole. Raises `NoNewYear`."""
        _require_whole(days)
        id = calendar_year_id_of(year)
        return cls(id=id, story=id, year=year, days=days)

    def replaced_by(self, days: tuple[SpecialDay, ...]) -> Self:
        """Enter the year anew; nothing of what stood before stays. Raises `NoNewYear`."""
        _require_whole(days)
        return replace(self, days=days)


def calendar_year_id_of(year: int) -> str:
    """There is one of each year."""
    return f"cal_{year}"


def special_days(years: Iterable[CalendarYear]) -> Mapping[date, DayKind]:
    """What was entered of these years, by day."""
    return {day.on: day.kind for year in years for day in year.days}


def _require_whole(days: Iterable[SpecialDay]) -> None:
    if not any((day.on.month, day.on.day) == _NEW_YEAR and day.kind is DayKind.HOLIDAY for day in days):
        raise NoNewYear
