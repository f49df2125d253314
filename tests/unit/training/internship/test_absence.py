"""Interns' leave."""

from datetime import date

import pytest

from services.training.domain.internship.absence import days_absent
from services.training.domain.internship.paper_refusals import (
    AbsenceDecided,
    DaysLogged,
    NotUnderWay,
    OutsideInternship,
    PeriodUpsideDown,
)
from services.training.domain.internship.placement_status import PlacementStatus
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.internship.intern import MONDAY, intern, week_of


async def test_only_leave_that_was_granted_counts(college: College) -> None:
    someone = await intern(college)

    granted = await someone.decide(await someone.ask_leave(MONDAY, MONDAY + DAY))
    refused = await someone.decide(await someone.ask_leave(MONDAY + 2 * DAY, MONDAY + 3 * DAY), granted=False)

    assert days_absent([granted, refused]) == {MONDAY, MONDAY + DAY}


async def test_leave_is_decided_once(college: College) -> None:
    someone = await intern(college)
    leave = await someone.decide(await someone.ask_leave(MONDAY, MONDAY))

    with pytest.raises(AbsenceDecided):
        await someone.decide(leave)


async def test_days_that_were_worked_are_no_days_of_leave(college: College) -> None:
    someone = await intern(college)
    leave = await someone.ask_leave(MONDAY, MONDAY)
    college.today = date(2026, 10, 1)
    await someone.log(*week_of(MONDAY))

    with pytest.raises(DaysLogged):
        await someone.decide(leave)
    assert (await someone.decide(leave, granted=False)).status == "refused"


async def test_leave_has_sound_days_within_an_internship_that_goes_on(college: College) -> None:
    someone = await intern(college)

    with pytest.raises(PeriodUpsideDown):
        await someone.ask_leave(MONDAY, MONDAY - DAY)
    with pytest.raises(OutsideInternship):
        await someone.ask_leave(TODAY - 2 * DAY, TODAY - DAY)
    await someone.become(PlacementStatus.COMPLETED)
    with pytest.raises(NotUnderWay):
        await someone.ask_leave(MONDAY, MONDAY)
