"""Payments: entered by the enterprise, judged by the rules on pay, answered by the student."""

from dataclasses import replace
from datetime import date

import pytest

from services.training.domain.internship.paper_refusals import (
    NotStarted,
    NotTheEnterprise,
    ObjectionMissing,
    OutsideInternship,
    PaidLater,
    PaymentAnswered,
    PaymentNotDisputed,
    PeriodUpsideDown,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Payee, PayForm, Segment
from services.training.storage import TrainingWork
from tests.unit.training.college import DAY, TODAY, College
from tests.unit.training.internship.intern import LAST, STIPEND, Intern, intern
from tests.unit.training.internship.workshop import TERMS

SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))


async def working(college: College, **said: object) -> Intern:
    someone = await intern(college, **said)  # type: ignore[arg-type]
    college.today = date(2026, 10, 31)
    return someone


def independent(is_so: bool) -> object:
    return replace(TERMS, independent=is_so)


async def test_a_month_paid_in_full_has_nothing_against_it(college: College) -> None:
    someone = await working(college, terms=independent(False))

    payment = await someone.paid(*SEPTEMBER)

    assert (payment.due_fen, payment.findings, payment.violated, payment.status) == (STIPEND, (), False, "entered")


async def test_part_of_a_month_is_worth_its_days(college: College) -> None:
    someone = await working(college)

    payment = await someone.paid(date(2026, 9, 21), date(2026, 10, 10))

    # Ten of 30 days and ten of 31: 100,000 and 96,774.19.
    assert payment.due_fen == 196_774


async def test_days_between_two_segments_are_worth_nothing(college: College) -> None:
    someone = await working(college)
    placement = await someone.placement
    segments = (Segment(starts_on=TODAY, ends_on=TODAY + 9 * DAY), Segment(starts_on=TODAY + 20 * DAY, ends_on=LAST))
    college.store.put(TrainingWork.placements.mapping, replace(placement, segments=segments))

    payment = await someone.paid(*SEPTEMBER)

    assert payment.due_fen == 200_000


@pytest.mark.parametrize(
    ("said", "case"),
    [
        ({"amount_fen": STIPEND - 1}, "not_in_full"),
        ({"form": PayForm.VOUCHER}, "form"),
        ({"payee": Payee.THIRD_PARTY}, "payee"),
    ],
)
async def test_what_breaks_the_rules_on_pay_is_found(college: College, said: dict[str, object], case: str) -> None:
    someone = await working(college, terms=independent(False))

    payment = await someone.paid(*SEPTEMBER, **said)

    assert payment.violated
    assert [(finding.rule, finding.case) for finding in payment.findings] == [("INT-15", case)]


async def test_32_days_at_a_time_are_too_long_a_cycle(college: College) -> None:
    someone = await working(college, terms=independent(False))

    payment = await someone.paid(date(2026, 9, 1), date(2026, 10, 2), amount_fen=10 * STIPEND)

    assert [(finding.case, finding.actual) for finding in payment.findings] == [("cycle", 32)]


async def test_pay_below_the_floor_is_found_with_every_payment(college: College) -> None:
    someone = await working(college)

    payment = await someone.paid(*SEPTEMBER)

    assert [(finding.rule, finding.case) for finding in payment.findings] == [("INT-14", "below_floor")]


async def test_the_student_confirms_or_disputes_once(college: College) -> None:
    someone = await working(college)
    one, other = await someone.paid(*SEPTEMBER), await someone.paid(*SEPTEMBER)

    confirmed = await someone.answer_payment(one, received=True)
    disputed = await someone.answer_payment(other, "未收到", received=False)

    assert (confirmed.status, disputed.status, disputed.objection) == ("confirmed", "disputed", "未收到")
    with pytest.raises(PaymentAnswered):
        await someone.answer_payment(one, received=True)


async def test_who_disputes_says_what_is_wrong(college: College) -> None:
    someone = await working(college)
    payment = await someone.paid(*SEPTEMBER)

    with pytest.raises(ObjectionMissing):
        await someone.answer_payment(payment, received=False)


async def test_a_payment_is_withdrawn_until_the_student_has_confirmed_it(college: College) -> None:
    someone = await working(college)
    wrong, right = await someone.paid(*SEPTEMBER), await someone.paid(*SEPTEMBER)
    await someone.answer_payment(right, received=True)

    withdrawn = await someone.withdraw(wrong)

    assert (withdrawn.counts, withdrawn.violated) == (False, False)
    with pytest.raises(PaymentNotDisputed):
        await someone.withdraw(right)


async def test_only_the_enterprise_of_the_internship_enters_payments(college: College) -> None:
    someone = await working(college)

    with pytest.raises(NotTheEnterprise):
        await someone.paid(*SEPTEMBER, by=college.university)


async def test_a_payment_has_sound_dates_within_the_internship(college: College) -> None:
    someone = await working(college)

    with pytest.raises(PaidLater):
        await someone.paid(*SEPTEMBER, paid_on=college.today + DAY)
    with pytest.raises(PeriodUpsideDown):
        await someone.paid(TODAY + DAY, TODAY)
    with pytest.raises(OutsideInternship):
        await someone.paid(TODAY - DAY, TODAY)
    with pytest.raises(OutsideInternship):
        await someone.paid(TODAY, LAST + DAY)


async def test_the_last_pay_is_entered_after_a_termination_and_none_before_the_start(college: College) -> None:
    someone = await working(college, status=PlacementStatus.TERMINATED)
    assert (await someone.paid(*SEPTEMBER)).status == "entered"
    await someone.become(PlacementStatus.APPROVED)

    with pytest.raises(NotStarted):
        await someone.paid(*SEPTEMBER)
