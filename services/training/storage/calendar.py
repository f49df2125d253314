"""The table of the years of the calendar that were entered here, and the calendar that they make."""

from typing import Any, Final

from sqlalchemy import UniqueConstraint, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import Field

from services.training.domain.calendar_year import CalendarYear, special_days
from services.training.storage.table import Row
from shared.kernel.working_days import LAST_NOTICED_YEAR, LawfulCalendar
from shared.persistence.columns import Document
from shared.persistence.counting import Counting
from shared.persistence.sql_store import SqlStore
from shared.persistence.unit_of_work import Projected


class CalendarYearRow(Row, table=True):
    """Years, each once."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("year", name="calendar_year_once"),)

    year: int
    days: Any = Field(sa_type=Document)


KNOWN_YEARS: Projected[CalendarYear] = Projected(CalendarYear, CalendarYearRow)


def _last_known_year() -> Counting:
    """From the last year of the notices known to all on, as far as one entered year follows another."""
    entered = KNOWN_YEARS.mapping.table
    known = select(literal(LAST_NOTICED_YEAR).label("year")).cte("known", recursive=True)
    known = known.union_all(select(entered.c.year).join(known, entered.c.year == known.c.year + 1))
    return select(func.max(known.c.year))


LAST_KNOWN_YEAR: Final = _last_known_year()


async def year_of(connection: AsyncConnection, year: int) -> CalendarYear | None:
    """What was entered of a year, if anything was."""
    found = await SqlStore(connection).where(KNOWN_YEARS.mapping, {"year": year}, lock=False)
    return next(iter(found), None)


async def calendar_of(connection: AsyncConnection) -> LawfulCalendar:
    """The days of the region as they are known now: few rows, read anew each time, so that no process is behind."""
    return LawfulCalendar(special_days(await SqlStore(connection).where(KNOWN_YEARS.mapping, {}, lock=False)))
