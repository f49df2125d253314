"""What follows in training from an agreement that partnership tells of."""

import pytest

from services.training.domain.kinship import born_of
from services.training.handlers import agreement
from shared.contracts.partnership import AgreementActivated, AgreementTerms
from shared.contracts.training import BasePlanned, CohortPlanned
from shared.kernel.work import NotYet
from tests.unit.training.college import NEED, College, base_terms, class_terms, practice_terms


async def test_an_agreement_to_build_plans_one_base_in_the_story_of_the_need(college: College) -> None:
    agreement_id = await college.signed("base_co_build", base_terms(college.operator))

    base = await college.read("bases", born_of(agreement_id, "base"))
    assert (base.status, base.story, base.need_id, base.line_no) == ("planned", NEED, NEED, 1)
    assert (base.operator_id, base.region_code, base.invited_ids) == (college.operator, "500101", (college.enterprise,))
    assert [type(fact) for fact in college.facts] == [BasePlanned]


async def test_a_hosted_base_lies_where_its_host_lies(college: College) -> None:
    host = born_of(await college.signed("base_co_build", base_terms(college.operator)), "base")

    guest = born_of(await college.signed("base_co_build", base_terms(college.operator, host_base_id=host)), "base")

    assert (await college.read("bases", guest)).name.startswith((await college.read("bases", host)).name)
    assert (await college.read("bases", guest)).region_code == "500101"


async def test_a_base_waits_for_news_of_its_operator(college: College) -> None:
    stranger = "org_01K5A7Z3N4Q6R8S9T0V1W2X3Y4"

    with pytest.raises(NotYet):
        await college.signed("base_co_build", base_terms(stranger))


async def test_an_order_class_is_planned_with_as_many_places_as_agreed(college: College) -> None:
    agreement_id = await college.signed("order_class", class_terms(college.programme, 12))

    cohort = await college.read("cohorts", born_of(agreement_id, "cohort"))
    assert (cohort.planned, cohort.university_id, cohort.enterprise_ids) == (
        12,
        college.university,
        (college.enterprise,),
    )
    assert [type(fact) for fact in college.facts] == [CohortPlanned]


async def test_hearing_of_one_agreement_twice_plans_once(college: College) -> None:
    event = college.signing("order_class", class_terms(college.programme, 12))

    await college.do(agreement.plan_what_was_agreed, event, correlation_id=NEED)
    await college.do(agreement.plan_what_was_agreed, event, correlation_id=NEED)

    assert college.story == ["cohort.planned"]


async def test_an_agreement_that_plans_nothing_here_is_passed_over(college: College) -> None:
    agreement_id = await college.signed("framework", AgreementTerms())

    assert await college.read("agreements", agreement_id) is None


async def test_activation_waits_for_the_agreement_itself(college: College) -> None:
    event = AgreementActivated(
        agreement_id="agr_01K5A7Z3N4Q6R8S9T0V1W2X3Y4", type="order_class", effective_on=college.today
    )

    with pytest.raises(NotYet):
        await college.do(agreement.activate_agreement, event)


async def test_an_ended_agreement_takes_what_was_planned_with_it(college: College) -> None:
    base = await college.signed("base_co_build", base_terms(college.operator))
    cohort = await college.signed("order_class", class_terms(college.programme, 12))
    seats = await college.signed("teacher_practice", practice_terms(4))

    await college.terminate(base, "base_co_build")
    await college.terminate(cohort, "order_class")
    await college.terminate(seats, "teacher_practice")

    assert (await college.read("bases", born_of(base, "base"))).status == "closed"
    assert (await college.read("cohorts", born_of(cohort, "cohort"))).status == "cancelled"
    assert (await college.read("seats", born_of(seats, "seat"))).status == "withdrawn"
    assert college.story[-1] == "cohort.cancelled"


async def test_a_late_activation_does_not_revive_an_ended_agreement(college: College) -> None:
    agreement_id = await college.signed("order_class", class_terms(college.programme, 12), active=False)
    await college.terminate(agreement_id, "order_class")

    await college.activate(agreement_id, "order_class")

    assert (await college.read("agreements", agreement_id)).status == "ended"
