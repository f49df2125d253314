"""The calendar that rules ask, and what happens when an operator enters a year of it."""

from services.training.commands.calendar import EnterYear
from services.training.domain.calendar_year import CalendarYear, calendar_year_id_of, special_days
from services.training.ports import Work
from shared.kernel.working_days import LawfulCalendar
from shared.rules import WorkingCalendar


async def calendar_of(work: Work) -> WorkingCalendar:
    """The days of the region as far as they are known; asked for again in the same work, it costs nothing."""
    return LawfulCalendar(special_days(await work.known_calendar_years.where()))


async def enter_year(command: EnterYear, work: Work) -> CalendarYear:
    """Replace the year whole, and write down who did."""
    known = await work.calendar_years.find(calendar_year_id_of(command.year))
    work.audit("enter", calendar_year_id_of(command.year))
    if known is None:
        return work.calendar_years.add(CalendarYear.enter(command.year, command.days))
    return work.calendar_years.save(known.replaced_by(command.days))
