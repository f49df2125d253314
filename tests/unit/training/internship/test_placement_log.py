"""Weekly logs: written by the student, reviewed by the supervisor, held against the rules on working time."""

from datetime import date, time

import pytest

from services.training.domain.internship.paper_refusals import (
    AnotherIntern,
    DayAbsent,
    DaysOutsideTheWeek,
    HoursContradict,
    LogsClosed,
    LogStands,
    NotForReview,
    RemarkMissing,
    WeekAhead,
)
from services.training.domain.internship.placement_status import PlacementStatus
from shared.contracts.ids import new_id
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.internship.intern import MONDAY, Intern, day, intern, week_of


async def working(college: College, **said: object) -> Intern:
    someone = await intern(college, **said)  # type: ignore[arg-type]
    college.today = date(2026, 10, 31)
    return someone


async def test_a_week_within_the_plan_of_work_has_no_violation(college: College) -> None:
    someone = await working(college)

    log = await someone.log(*week_of(MONDAY))

    assert (log.week, log.minutes, log.status, log.violations) == ("2026-W37", 2400, "submitted", ())


async def test_hours_over_eight_a_day_violate_the_rules(college: College) -> None:
    someone = await working(college)

    log = await someone.log(day(MONDAY, 9))

    assert log.violated
    assert {(finding.rule, finding.case) for finding in log.violations} == {("INT-13", "overtime"), ("INT-24", "day")}


async def test_a_day_of_rest_and_a_holiday_violate_the_rules(college: College) -> None:
    someone = await working(college)

    saturday = await someone.log(day(MONDAY + 5 * DAY))
    national_day = await someone.log(day(date(2026, 10, 1)))

    assert [finding.case for finding in saturday.violations] == ["rest_day"]
    assert [finding.case for finding in national_day.violations] == ["holiday"]


async def test_work_at_night_violates_the_rules(college: College) -> None:
    someone = await working(college)

    log = await someone.log(day(MONDAY, 8, starts_at=time(21), ends_at=time(5)))

    assert [(finding.rule, finding.case) for finding in log.violations] == [("INT-13", "night")]


async def test_the_decision_keeps_the_facts_of_each_rule(college: College) -> None:
    someone = await working(college)

    log = await someone.log(day(MONDAY, 9))

    kept = [row["body"] for changes in college.store.changes for row in changes.decisions]
    assert (kept[-1]["subject"], set(kept[-1]["inputs"])) == (log.id, {"INT-13", "INT-24"})
    assert kept[-1]["inputs"]["INT-24"]["logs"][0]["days"][0]["minutes"] == 540


async def test_a_returned_log_is_written_again_and_judged_anew(college: College) -> None:
    someone = await working(college)
    log = await someone.log(day(MONDAY, 9))
    await someone.review(log, accepted=False, remark="工时有误")

    again = await someone.log(day(MONDAY, 8))

    assert (again.id, again.status, again.violated, again.remark) == (log.id, "submitted", False, None)
    assert (await someone.review(again)).is_reviewed


async def test_a_log_that_was_not_returned_stands(college: College) -> None:
    someone = await working(college)
    await someone.log(*week_of(MONDAY))

    with pytest.raises(LogStands):
        await someone.log(*week_of(MONDAY))


async def test_a_log_is_reviewed_once_and_returned_with_a_remark(college: College) -> None:
    someone = await working(college)
    log = await someone.log(*week_of(MONDAY))
    with pytest.raises(RemarkMissing):
        await someone.review(log, accepted=False)
    await someone.review(log)

    with pytest.raises(NotForReview):
        await someone.review(log)


@pytest.mark.parametrize("days", [(0, 7), (0, 0), (-7,)])
async def test_a_log_holds_days_of_one_week_inside_the_internship(college: College, days: tuple[int, ...]) -> None:
    someone = await working(college)
    first = TODAY

    with pytest.raises(DaysOutsideTheWeek):
        await someone.log(*(day(first + offset * DAY) for offset in days))


async def test_nobody_logs_what_has_not_happened(college: College) -> None:
    someone = await intern(college)

    with pytest.raises(WeekAhead):
        await someone.log(day(TODAY + DAY))


async def test_the_hours_of_a_day_fit_between_its_times(college: College) -> None:
    someone = await working(college)

    with pytest.raises(HoursContradict):
        await someone.log(day(MONDAY, 8, starts_at=time(9), ends_at=time(12)))
    with pytest.raises(HoursContradict):
        await someone.log(day(MONDAY, 8, starts_at=time(9)))


async def test_nobody_logs_for_another_student(college: College) -> None:
    someone = await working(college)

    with pytest.raises(AnotherIntern):
        await someone.log(day(MONDAY), by=new_id("student"))


@pytest.mark.parametrize("status", [PlacementStatus.APPROVED, PlacementStatus.GRADED])
async def test_logs_are_written_from_the_start_until_the_grade(college: College, status: PlacementStatus) -> None:
    someone = await working(college, status=status)

    with pytest.raises(LogsClosed):
        await someone.log(day(MONDAY))


async def test_a_day_of_leave_is_no_day_of_work(college: College) -> None:
    someone = await working(college)
    await someone.decide(await someone.ask_leave(MONDAY, MONDAY))

    with pytest.raises(DayAbsent):
        await someone.log(day(MONDAY))
