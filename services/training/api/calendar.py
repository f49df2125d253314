"""The calendar of the region over HTTP: what is known of a year, and an operator who enters one from its notice."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import Path, Response

from services.training import queries
from services.training.api.access import READ
from services.training.api.view import Body, Day, Sentence, View
from services.training.commands.calendar import EnterYear
from services.training.domain.calendar_year import CalendarYear, SpecialDay, special_days
from services.training.handlers import calendar as handlers
from shared.identity.access import allow
from shared.identity.principal import MACHINE, ROLES
from shared.identity.router import AccessRouter
from shared.kernel.working_days import LawfulCalendar
from shared.rules import Bilingual, DayKind
from shared.tables import Checked, Column, TableShape
from shared.web.edge import EdgeIn
from shared.web.rules import LanguageIn
from shared.web.sent_file import FileIn
from shared.web.tables import TABLE_BODY, DryRun, checked_table, template_file

router: Final = AccessRouter(tags=["calendar"])
_OPS: Final = allow(scope=None, alliance_wide=("ops",))
_ALL: Final = allow(scope=READ, alliance_wide=tuple(sorted(ROLES - {MACHINE})))

Year = Annotated[int, Path(ge=2004, le=2199)]
_FRIDAY: Final = 5


class DayRow(Body):
    """A day that the notice names."""

    date: Day
    kind: DayKind
    note: Sentence | None = None

    @property
    def special_day(self) -> SpecialDay:
        """The day as the domain has it."""
        return SpecialDay(on=self.date, kind=self.kind, note=self.note)


DAYS: Final = TableShape(
    "calendar",
    (
        Column(
            name="date",
            heading=Bilingual(zh="日期", en="Date"),
            note=Bilingual(zh="该年度内的日期，如 2027-01-01，每天一行", en="a date of the year, such as 2027-01-01"),
            kind="day",
            unique=True,
        ),
        Column(
            name="kind",
            heading=Bilingual(zh="类型", en="Kind"),
            note=Bilingual(zh="三者之一：", en="one of:"),
            values={
                DayKind.HOLIDAY: Bilingual(zh="法定节假日", en="statutory holiday"),
                DayKind.REST: Bilingual(zh="休息日", en="day of rest"),
                DayKind.WORKING: Bilingual(zh="工作日", en="working day"),
            },
        ),
        Column(
            name="note",
            heading=Bilingual(zh="说明", en="Note"),
            note=Bilingual(zh="如“春节”“国庆节补班”，可不填", en="such as the holiday's name; may be empty"),
            required=False,
        ),
    ),
    DayRow,
)
_OTHER_YEAR: Final = Bilingual(zh="日期不在所导入的年度内。", en="The date is not in the year that is entered.")


class DayView(View):
    """A day that is not what its weekday says, or that was entered."""

    date: date
    kind: DayKind
    note: str | None


class CalendarView(View):
    """A year as rules see it; `entered` says whether an operator entered it. All is known up to `known_until`.

    `version` counts how often the year was entered, 0 where it never was.
    """

    year: int
    known: bool
    entered: bool
    version: int
    known_until: date
    days: list[DayView]


@router.get("/v1/calendar/template", access=_ALL, response_class=Response)
async def calendar_template(language: LanguageIn) -> Response:
    """The empty table of a year."""
    return template_file(DAYS, language)


@router.get("/v1/calendar/{year}", access=_ALL)
async def calendar_year(year: Year, edge: EdgeIn) -> CalendarView:
    """What is known of a year."""
    known, entered = await edge.read(queries.calendar), await edge.read(queries.calendar_year, year)
    return _shown(year, known, entered)


@router.put("/v1/calendar/{year}", access=_OPS, openapi_extra=TABLE_BODY)
async def enter_year(year: Year, file: FileIn, edge: EdgeIn, *, dry_run: DryRun = False) -> CalendarView:
    """Enter a year whole from a table of the days that its notice names; days of no row go by their weekday."""
    checked = await checked_table(DAYS, file, lambda row: row.special_day)
    _require_one_year(checked, year)
    command = EnterYear(year=year, days=tuple(checked.sound()))
    known = await edge.read(queries.calendar)
    if dry_run:
        return _foreseen(command, known)
    return await edge.act(handlers.enter_year, command, answer=lambda entered: _after(entered, known))


def _require_one_year(checked: Checked[SpecialDay], year: int) -> None:
    for row in checked.rows:
        if row.said.on.year != year:
            checked.blame(row.number, DAYS.by_name["date"], _OTHER_YEAR)


def _foreseen(command: EnterYear, known: LawfulCalendar) -> CalendarView:
    return _after(CalendarYear.enter(command.year, command.days), known)


def _after(entered: CalendarYear, known: LawfulCalendar) -> CalendarView:
    others = {day: kind for day, kind in known.imported.items() if day.year != entered.year}
    return _shown(entered.year, LawfulCalendar({**others, **special_days([entered])}), entered)


def _shown(year: int, known: LawfulCalendar, entered: CalendarYear | None) -> CalendarView:
    notes = {day.on: day.note for day in entered.days} if entered else {}
    return CalendarView(
        year=year,
        known=known.kind_of(date(year, 1, 1)) is not None,
        entered=entered is not None,
        version=entered.version if entered else 0,
        known_until=known.known_until,
        days=list(_special(year, known, notes)),
    )


def _special(year: int, known: LawfulCalendar, notes: Mapping[date, str | None]) -> Iterator[DayView]:
    first = date(year, 1, 1)
    for day in (first + timedelta(days=count) for count in range(366)):
        kind = known.kind_of(day)
        by_weekday = DayKind.WORKING if day.isoweekday() <= _FRIDAY else DayKind.REST
        if day.year == year and kind is not None and (kind is not by_weekday or day in notes):
            yield DayView(date=day, kind=kind, note=notes.get(day))
