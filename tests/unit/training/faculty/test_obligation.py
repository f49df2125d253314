"""Obligations as they are kept: opened with the teacher, moved by practice and by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.training.commands.people import UpdateTeacher
from services.training.domain.faculty.obligation import Obligation
from services.training.domain.faculty.obligations import Standing, five_year_standing, new_teacher_standing
from services.training.domain.faculty.practice_period import PracticePeriod
from services.training.domain.teacher import Teacher, TeacherChange, TeacherEntry, TeacherKind, TeacherStatus
from services.training.handlers import people
from services.training.handlers.faculty.obligation import review_teacher
from shared.contracts.ids import new_id
from shared.contracts.training import ObligationOverdue
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.faculty.practice import full, ledger
from tests.unit.training.faculty.trainee import trainee

HIRED = TODAY - 300 * DAY


def obligations(college: College) -> list[str]:
    return [name for name in college.story if name.startswith("obligation.")]


async def test_a_new_professional_teacher_owes_both(college: College) -> None:
    teacher_id = await college.teacher(hired_on=HIRED, new=True)

    assert obligations(college) == ["obligation.opened", "obligation.opened"]
    first = await college.obligation(teacher_id, "new_teacher_180")
    assert (first.due_on, first.required_days, first.missing_days) == (date(2027, 11, 4), 180, 180)
    assert first.story == teacher_id


@pytest.mark.parametrize(("kind", "new", "owed"), [("public_basic", True, 0), ("internship_instructor", False, 1)])
async def test_what_is_owed_depends_on_kind_and_hiring(college: College, kind: str, new: bool, owed: int) -> None:
    await college.teacher(kind=kind, hired_on=HIRED, new=new)

    assert len(obligations(college)) == owed


async def test_half_a_year_of_practice_fulfils_both(college: College) -> None:
    someone = await trainee(college, hired_on=HIRED, new=True)

    await someone.succeed()

    assert obligations(college)[2:] == ["obligation.fulfilled", "obligation.fulfilled"]
    five_year = await college.obligation(someone.teacher_id, "five_year_180")
    assert (five_year.status, five_year.done_days, five_year.missing_days) == ("fulfilled", 180, 0)


async def test_a_second_look_on_the_same_day_is_silent(college: College) -> None:
    someone = await trainee(college, hired_on=HIRED, new=True)
    await someone.succeed()
    before = len(college.store.records)

    await college.do(review_teacher, someone.teacher_id)

    assert len(college.store.records) == before


async def test_a_teacher_of_many_years_without_practice_is_overdue_from_the_start(college: College) -> None:
    await college.teacher(hired_on=date(2010, 9, 1))

    overdue = college.facts[-1]
    assert obligations(college) == ["obligation.opened", "obligation.overdue"]
    assert isinstance(overdue, ObligationOverdue)
    assert (overdue.due_on, overdue.overdue_on) == (date(2015, 8, 31), date(2015, 9, 1))


async def test_the_clock_alone_moves_a_new_teacher_to_risk_and_over_the_deadline(college: College) -> None:
    college.today = date(2024, 9, 1)
    teacher_id = await college.teacher(hired_on=date(2024, 9, 1), new=True)

    for college.today in (date(2025, 12, 5), date(2025, 12, 6), date(2026, 8, 31), date(2026, 9, 1)):
        await college.do(review_teacher, teacher_id)

    assert obligations(college)[2:] == ["obligation.at_risk", "obligation.overdue"]
    overdue = college.facts[-1]
    assert isinstance(overdue, ObligationOverdue)
    assert (overdue.due_on, overdue.overdue_on) == (date(2026, 8, 31), date(2026, 9, 1))


async def test_old_practice_rolls_out_and_the_obligation_regresses_once(college: College) -> None:
    someone = await trainee(college)
    await someone.succeed()
    five_year = await college.obligation(someone.teacher_id, "five_year_180")
    college.today = five_year.due_on
    await college.do(review_teacher, someone.teacher_id)

    college.today = five_year.review_on
    await college.do(review_teacher, someone.teacher_id)

    assert obligations(college)[-2:] == ["obligation.fulfilled", "obligation.regressed"]
    assert (await college.obligation(someone.teacher_id, "five_year_180")).status == "overdue"


async def test_the_clock_of_a_teacher_who_left_stands_still(college: College) -> None:
    teacher_id = await college.teacher(hired_on=HIRED, new=True)
    change = TeacherChange(name="张三", programme_ids=(), skills=(), region_code="500101", status=TeacherStatus.LEFT)
    await college.do(people.update_teacher, UpdateTeacher(teacher_id=teacher_id, change=change))

    await college.do(review_teacher, teacher_id)
    college.today = date(2040, 1, 1)
    await college.do(review_teacher, teacher_id)

    assert (await college.obligation(teacher_id, "new_teacher_180")).review_on is None
    assert obligations(college) == ["obligation.opened", "obligation.opened"]


HIRING = date(2020, 1, 31)
PERIODS = st.lists(
    st.builds(
        lambda start, length: full(
            (HIRING + timedelta(days=start)).isoformat(), (HIRING + timedelta(days=start + length)).isoformat()
        ),
        st.integers(0, 1500),
        st.integers(0, 220),
    ),
    max_size=4,
)


def someone() -> Teacher:
    entry = TeacherEntry(
        staff_no="1", name="张三", teacher_kind=TeacherKind.PROFESSIONAL_COURSE, hired_on=HIRING, new_hire=True,
        programme_ids=(), skills=(), region_code="500101",
    )  # fmt: skip
    return Teacher.register(new_id("teacher"), new_id("organization"), entry)[0]


@given(PERIODS, st.integers(0, 2000), st.integers(1, 400), st.sampled_from([five_year_standing, new_teacher_standing]))
def test_time_alone_changes_nothing_before_the_day_of_the_next_look(
    periods: list[PracticePeriod], seen: int, later: int, judge: object
) -> None:
    on = HIRING + timedelta(days=seen)
    known = ledger(*(period for period in periods if period.ends_on <= on))

    def standing(day: date) -> Standing:
        judged: Standing = judge(known, hired_on=HIRING, on=day)  # type: ignore[operator]
        return judged

    kept, _ = Obligation.open(new_id("obligation"), teacher=someone(), standing=standing(on))
    last_quiet_day = on + later * DAY if kept.review_on is None else min(on + later * DAY, kept.review_on - DAY)

    assert kept.review_on is None or kept.review_on > on
    facts = kept.review(standing(last_quiet_day))[1]
    assert facts == ()
