"""Leave: kept from practice in both directions, moving windows, and told without its kind."""

from datetime import date, timedelta

import pytest

from services.training.domain.faculty.leave import LeaveEndsBeforeItStarts, LeaveIsCancelled, LeaveRecordedBefore
from services.training.domain.faculty.practice_window import LeaveKind
from shared.contracts.training import LeaveCancelled, LeaveRecorded
from shared.errors import RuleRefused
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.trainee import FIRST, LAST, Trainee, trainee

HIRED = TODAY - 300 * DAY


async def ongoing(college: College) -> Trainee:
    someone = await trainee(college, hired_on=HIRED, new=True)
    await someone.plan()
    await someone.approve()
    await someone.start()
    return someone


async def test_leave_is_told_without_its_kind(college: College) -> None:
    someone = await trainee(college)

    leave_id = await someone.is_away(days=10)

    told = next(fact for fact in college.facts if isinstance(fact, LeaveRecorded))
    assert (told.leave_id, told.teacher_id) == (leave_id, someone.teacher_id)
    assert "maternity" not in told.write().decode()
    assert college.store.rows["leave"][leave_id]["leave_kind"] == "maternity"


async def test_leave_moves_the_deadline_and_its_cancellation_moves_it_back(college: College) -> None:
    someone = await trainee(college, hired_on=HIRED, new=True)
    before = (await college.obligation(someone.teacher_id, "new_teacher_180")).due_on

    leave_id = await someone.is_away(TODAY, days=158)
    extended = (await college.obligation(someone.teacher_id, "new_teacher_180")).due_on
    await someone.is_back(leave_id)

    assert extended - before == timedelta(days=158)
    assert (await college.obligation(someone.teacher_id, "new_teacher_180")).due_on == before
    assert isinstance(college.facts[-1], LeaveCancelled)


async def test_leave_over_days_that_are_logged_is_refused_and_names_them(college: College) -> None:
    someone = await ongoing(college)
    await someone.log(FIRST, FIRST + DAY, FIRST + 3 * DAY)

    with pytest.raises(RuleRefused) as refusal:
        await someone.is_away(FIRST, days=30)

    days = f"{FIRST}..{FIRST + DAY}, {FIRST + 3 * DAY}"
    assert (refusal.value.finding.rule, refusal.value.finding.actual) == ("TCH-06", days)


async def test_leave_beside_the_days_that_are_logged_is_recorded(college: College) -> None:
    someone = await ongoing(college)
    await someone.log(FIRST)

    await someone.is_away(FIRST + DAY, days=30)


async def test_a_plan_on_days_of_leave_is_refused(college: College) -> None:
    someone = await trainee(college)
    # 2026-08-01 is a Saturday.
    await someone.is_away(date(2026, 8, 1), days=3, kind=LeaveKind.SICK)

    with pytest.raises(RuleRefused) as refusal:
        await someone.plan()

    assert refusal.value.finding.actual == "2026-08-03"
    assert (await someone.plan(FIRST, date(2026, 8, 2))).status == "planned"


async def test_a_log_on_a_day_of_leave_is_refused(college: College) -> None:
    someone = await ongoing(college)
    await someone.is_away(FIRST + 7 * DAY, days=1, kind=LeaveKind.OTHER_STATUTORY)

    with pytest.raises(RuleRefused):
        await someone.log(FIRST + 7 * DAY)


async def test_a_day_of_leave_inside_a_period_does_not_count(college: College) -> None:
    someone = await ongoing(college)
    await someone.is_away(FIRST + 10 * DAY, days=31)
    await someone.log(FIRST)

    completed = await someone.complete()

    assert completed.days_claimed == (LAST - FIRST).days + 1 - 31


async def test_rejected_practice_is_no_obstacle(college: College) -> None:
    someone = await trainee(college)
    await someone.finish()
    await someone.verify(college.enterprise, confirmed=False, reason="was away")

    await someone.is_away(FIRST, days=180)


async def test_one_leave_is_recorded_once_and_taken_back_once(college: College) -> None:
    someone = await trainee(college)
    leave_id = await someone.is_away(days=20)
    with pytest.raises(LeaveRecordedBefore):
        await someone.is_away(days=20)

    await someone.is_back(leave_id)

    with pytest.raises(LeaveIsCancelled):
        await someone.is_back(leave_id)
    await someone.is_away(days=20)


async def test_leave_has_a_day_at_least(college: College) -> None:
    someone = await trainee(college)

    with pytest.raises(LeaveEndsBeforeItStarts):
        await someone.is_away(days=0)


async def test_what_is_planned_may_still_be_missed_for_illness(college: College) -> None:
    someone = await trainee(college)
    await someone.plan()

    assert await someone.is_away(FIRST, days=30, kind=LeaveKind.SICK)
