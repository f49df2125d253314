"""Practice seats: taken on approval, for the named where they are named, and no more than there are."""

import pytest

from services.training.domain.faculty.seats import NoSeatLeft, NotNamed, SeatsWithdrawn
from tests.unit.training.college import DAY, College, practice_terms
from tests.unit.training.faculty.trainee import FIRST, Trainee, trainee


async def test_seats_are_taken_on_approval_and_no_further_than_there_are(college: College) -> None:
    someone = await trainee(college, seats=1)
    other = Trainee(college, await college.teacher(), someone.agreement_id)
    await someone.plan()
    await other.plan()
    await someone.approve()

    with pytest.raises(NoSeatLeft):
        await other.approve()


async def test_a_teacher_needs_one_seat_for_several_periods(college: College) -> None:
    someone = await trainee(college, seats=1)
    await someone.plan(FIRST, FIRST + 30 * DAY)
    await someone.approve()

    await someone.plan(FIRST + 60 * DAY, FIRST + 90 * DAY)

    assert (await someone.approve()).status == "approved"


async def test_named_seats_are_for_the_named(college: College) -> None:
    named, other = await college.teacher(), await college.teacher()
    agreement_id = await college.signed("teacher_practice", practice_terms(2, named))

    with pytest.raises(NotNamed):
        await Trainee(college, other, agreement_id).plan()


async def test_withdrawn_seats_take_nobody(college: College) -> None:
    someone = await trainee(college)
    await someone.plan()
    await college.terminate(someone.agreement_id, "teacher_practice")

    with pytest.raises(SeatsWithdrawn):
        await someone.approve()
