"""A year of the calendar: entered whole, known to rules from then on, missed once and not by every rule."""

from dataclasses import replace
from datetime import date

import pytest

from services.training.commands.calendar import EnterYear
from services.training.domain.calendar_year import NoNewYear, SpecialDay
from services.training.handlers.calendar import calendar_of, enter_year
from services.training.storage import TrainingWork
from shared.kernel.working_days import LAST_NOTICED_YEAR
from shared.rules import DayKind, Decision
from tests.fakes import memory_work
from tests.unit.training.college import College
from tests.unit.training.internship.interns import Interns

NEXT = LAST_NOTICED_YEAR + 1
NEW_YEAR = SpecialDay(on=date(NEXT, 1, 1), kind=DayKind.HOLIDAY)


def of_the_calendar(decision: Decision) -> list[str]:
    """The rules that miss the calendar."""
    return [found.rule for found in decision.findings if "calendar" in {fact.fact for fact in found.missing}]


async def enter(college: College, *days: SpecialDay) -> None:
    await college.do(enter_year, EnterYear(year=NEXT, days=days))


async def test_an_internship_beyond_the_known_end_is_told_of_once_and_no_more_once_the_year_is_known() -> None:
    interns = await Interns().open()
    beyond = ((date(LAST_NOTICED_YEAR, 10, 12), date(NEXT, 1, 15)),)

    missed = interns.decision(await interns.checked(segments=beyond))
    await enter(interns.college, NEW_YEAR)
    known = interns.decision(await interns.checked(segments=beyond))

    assert (of_the_calendar(missed), of_the_calendar(known)) == (["INT-13"], [])


async def test_a_year_is_replaced_whole(college: College) -> None:
    await enter(college, NEW_YEAR, replace(NEW_YEAR, on=date(NEXT, 5, 3)))

    await enter(college, NEW_YEAR)

    calendar = await calendar_of(memory_work(TrainingWork, college.store))
    assert calendar.kind_of(date(NEXT, 1, 1)) is DayKind.HOLIDAY
    assert calendar.kind_of(date(NEXT, 5, 3)) is DayKind.WORKING
    assert calendar.known_until == date(NEXT, 12, 31)


@pytest.mark.parametrize(
    "days", [(), (replace(NEW_YEAR, on=date(NEXT, 5, 1)),), (replace(NEW_YEAR, kind=DayKind.REST),)]
)
async def test_a_year_without_new_year_is_not_whole(college: College, days: tuple[SpecialDay, ...]) -> None:
    with pytest.raises(NoNewYear):
        await enter(college, *days)
