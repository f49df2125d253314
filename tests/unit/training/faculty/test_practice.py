"""Practice in an enterprise, from plan to verification."""

from datetime import date, timedelta

import pytest

from services.training.commands.faculty.practice import PlanPractice
from services.training.domain.agreement import AgreementNotActive, NotParty, OutsideAgreement
from services.training.domain.faculty.practice import PracticePlan
from services.training.domain.faculty.practice_period import Form
from services.training.domain.faculty.practice_refusals import (
    AnotherTeacher,
    DayLogged,
    EndsBeforeItStarts,
    NotASide,
    NotCompleted,
    NothingLogged,
    NotOneWeek,
    NotOngoing,
    NotOver,
    OutsidePractice,
    ReasonMissing,
    SideHasSpoken,
    TooEarly,
)
from services.training.handlers.faculty.practice import plan_practice
from shared.contracts.ids import new_id
from shared.contracts.training import PracticeCompleted, PracticeRejected, PracticeVerified
from shared.errors import RuleRefused
from tests.unit.training.college import DAY, NEED, TODAY, College
from tests.unit.training.faculty.trainee import FIRST, LAST, Trainee, trainee


async def ongoing(college: College) -> Trainee:
    someone = await trainee(college)
    await someone.plan()
    await someone.approve()
    await someone.start()
    return someone


async def test_half_a_year_full_time_is_verified_as_180_days(college: College) -> None:
    someone = await trainee(college)

    verified = await someone.succeed()

    assert (verified.status, verified.verified_days) == ("verified", 180)
    fact = next(fact for fact in college.facts if isinstance(fact, PracticeVerified))
    assert (fact.verified_days, fact.rolling_days, fact.need_id, fact.line_no) == (180, 180, NEED, 1)


async def test_completion_claims_the_days_and_counts_the_weeks_of_logs(college: College) -> None:
    someone = await ongoing(college)
    for week in range(26):
        first = FIRST + 7 * week * DAY
        await someone.log(*(first + offset * DAY for offset in range(5) if first + offset * DAY <= LAST))

    await someone.complete()

    fact = college.facts[-1]
    assert isinstance(fact, PracticeCompleted)
    assert (fact.days_claimed, fact.logs) == (180, 26)


async def test_part_time_counts_the_hours_that_were_logged(college: College) -> None:
    someone = await trainee(college)
    await someone.plan(minutes_a_day=240)
    await someone.approve()
    await someone.start()
    await someone.log(*(FIRST + offset * DAY for offset in range(5)), minutes=240)
    await someone.log(*(FIRST + (7 + offset) * DAY for offset in range(3)), minutes=270)

    completed = await someone.complete()

    # 20 + 13.5 hours are 33.5 / 8 x 7/5 = 5.86 days.
    assert (completed.days_claimed, completed.logged_hours) == (5, 33)


async def test_the_rolling_days_of_a_second_practice_hold_the_first(college: College) -> None:
    someone = await trainee(college)
    await someone.succeed(TODAY - 100 * DAY, TODAY - 51 * DAY)

    await someone.succeed(TODAY - 60 * DAY, TODAY - 41 * DAY)

    fact = next(fact for fact in reversed(college.facts) if isinstance(fact, PracticeVerified))
    assert (fact.verified_days, fact.rolling_days) == (20, 60)


async def test_nobody_plans_for_another_teacher(college: College) -> None:
    someone = await trainee(college)
    plan = PracticePlan(
        enterprise_id=college.enterprise,
        form=Form.VISIT,
        starts_on=FIRST,
        ends_on=LAST,
        weekdays=(1,),
        minutes_a_day=60,
    )
    command = PlanPractice(
        practice_id=new_id("practice"),
        teacher_id=someone.teacher_id,
        caller_ids=frozenset({new_id("teacher")}),
        agreement_id=someone.agreement_id,
        plan=plan,
    )

    with pytest.raises(AnotherTeacher):
        await college.do(plan_practice, command)


async def test_a_plan_lies_within_the_agreement(college: College) -> None:
    someone = await trainee(college)

    with pytest.raises(OutsideAgreement):
        await someone.plan(TODAY - 201 * DAY, LAST)
    with pytest.raises(EndsBeforeItStarts):
        await someone.plan(LAST, FIRST)
    with pytest.raises(NotParty):
        await someone.plan(enterprise_id=new_id("organization"))


async def test_nothing_starts_before_the_agreement_is_in_force(college: College) -> None:
    someone = await trainee(college, active=False)
    await someone.plan()
    await someone.approve()
    with pytest.raises(AgreementNotActive):
        await someone.start()

    await college.activate(someone.agreement_id, "teacher_practice")

    assert (await someone.start()).status == "ongoing"


async def test_nothing_starts_before_its_first_day(college: College) -> None:
    someone = await trainee(college)
    await someone.plan(TODAY + DAY, TODAY + 30 * DAY)
    await someone.approve()

    with pytest.raises(TooEarly):
        await someone.start()


async def test_a_day_is_logged_once(college: College) -> None:
    someone = await ongoing(college)
    await someone.log(FIRST, FIRST + DAY)

    with pytest.raises(DayLogged):
        await someone.log(FIRST + DAY, FIRST + 2 * DAY)


@pytest.mark.parametrize("days", [(0, 7), (3, 3), ()])
async def test_one_call_carries_the_days_of_one_week(college: College, days: tuple[int, ...]) -> None:
    someone = await ongoing(college)

    with pytest.raises(NotOneWeek):
        await someone.log(*(FIRST + offset * DAY for offset in days))


@pytest.mark.parametrize("day", [FIRST - DAY, LAST + DAY])
async def test_logs_lie_inside_the_period(college: College, day: date) -> None:
    someone = await ongoing(college)

    with pytest.raises(OutsidePractice):
        await someone.log(day)


async def test_no_future_day_is_logged(college: College) -> None:
    someone = await trainee(college)
    await someone.plan(TODAY, TODAY + 30 * DAY)
    await someone.approve()
    await someone.start()

    with pytest.raises(OutsidePractice):
        await someone.log(TODAY + DAY)


async def test_a_day_has_24_hours_over_all_periods_of_a_teacher(college: College) -> None:
    someone = await ongoing(college)
    await someone.log(FIRST, minutes=20 * 60)
    other = Trainee(college, someone.teacher_id, someone.agreement_id)
    await other.plan()
    await other.approve()
    await other.start()

    with pytest.raises(RuleRefused) as refusal:
        await other.log(FIRST, minutes=5 * 60)

    assert (refusal.value.finding.rule, refusal.value.finding.actual) == ("TCH-04", "25")


async def test_a_period_is_completed_after_its_last_day_and_with_a_log(college: College) -> None:
    someone = await ongoing(college)
    with pytest.raises(NothingLogged):
        await someone.complete()
    await someone.log(FIRST)
    college.today = LAST

    with pytest.raises(NotOver):
        await someone.complete()


async def test_one_no_rejects_the_practice(college: College) -> None:
    someone = await trainee(college)
    await someone.finish()
    await someone.verify(college.university)

    rejected = await someone.verify(college.enterprise, confirmed=False, reason="was away in May")

    fact = college.facts[-1]
    assert rejected.status == "rejected"
    assert isinstance(fact, PracticeRejected)
    assert (fact.rejected_by_id, fact.reason) == (college.enterprise, "was away in May")
    with pytest.raises(NotCompleted):
        await someone.verify(college.university)


async def test_each_side_speaks_once_and_gives_a_reason_for_a_no(college: College) -> None:
    someone = await trainee(college)
    await someone.finish()
    await someone.verify(college.enterprise)

    with pytest.raises(SideHasSpoken):
        await someone.verify(college.enterprise)
    with pytest.raises(ReasonMissing):
        await someone.verify(college.university, confirmed=False)
    with pytest.raises(NotASide):
        await someone.verify(college.operator)


async def test_its_state_says_who_is_still_to_verify_it(college: College) -> None:
    someone = await trainee(college)
    await someone.finish()
    heard = await someone.verify(college.enterprise)
    verified = await someone.verify(college.university)

    assert [each.state().pending_organization_ids for each in (heard, verified)] == [[college.university], None]


async def test_nothing_is_logged_before_the_start(college: College) -> None:
    someone = await trainee(college)
    await someone.plan()

    with pytest.raises(NotOngoing):
        await someone.log(FIRST)


async def test_verified_practice_becomes_one_outcome_with_the_hours_of_its_logs(college: College) -> None:
    someone = await trainee(college)

    await someone.succeed()
    await college.hear_verified()

    outcomes = [fact for fact in college.facts if fact.wire.name.endswith("outcome.registered")]
    assert [(fact.model_dump()["kind"], fact.model_dump()["hours"]) for fact in outcomes] == [
        ("enterprise_practice", 8)
    ]
    assert outcomes[0].model_dump()["evidence_id"] == someone.practice_id


async def test_the_plan_is_over_a_day_after_its_last(college: College) -> None:
    someone = await trainee(college)
    last = TODAY - timedelta(days=1)

    assert (await someone.finish(TODAY - 10 * DAY, last)).days_claimed == 10
