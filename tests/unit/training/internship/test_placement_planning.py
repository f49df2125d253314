"""A placement is planned for a student, alone or with others, and said anew until it is approved."""

from dataclasses import replace
from datetime import date

import pytest

from services.training.commands.internship.placement import (
    AmendPlacement,
    PlanPlacements,
)
from services.training.domain.agreement import NotParty
from services.training.domain.internship.agreed_pay import PayAgreed
from services.training.domain.internship.consent import Giver
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_refusals import (
    AlreadyPlanned,
    NotAnIntern,
    NotASupervisor,
    NotForStudentsToPlan,
    OutOfTurn,
    SegmentsOverlap,
)
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Mode
from services.training.handlers import agreement
from services.training.handlers.internship import planning
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import AgreementTerms
from tests.unit.signing import papers as signed_papers
from tests.unit.training.college import NEED
from tests.unit.training.internship.interns import FIRST, LAST, TERMS_OF_PLACEMENT, Interns, papers
from tests.unit.training.internship.workshop import TERMS, offered


async def test_a_student_is_planned_without_taking_a_place(interns: Interns) -> None:
    planned = await interns.planned()

    assert (planned.status, planned.days) == (PlacementStatus.PLANNED, 116)
    assert interns.college.story[-1] == "placement.planned"
    sides = {planned.university_id, planned.enterprise_id, planned.student_id, interns.teacher_id}
    assert planned.owners == sides


@pytest.mark.parametrize(
    "segments",
    [((LAST, FIRST),), ((FIRST, LAST), (LAST, LAST)), ()],
    ids=["upside down", "sharing a day", "none"],
)
async def test_segments_follow_each_other(interns: Interns, segments: tuple[tuple[date, date], ...]) -> None:
    with pytest.raises(SegmentsOverlap):
        await interns.planned(segments=segments)


async def test_segments_come_in_any_order_and_count_once(interns: Interns) -> None:
    later, sooner = (date(2027, 3, 1), date(2027, 6, 30)), (FIRST, date(2026, 12, 31))

    planned = await interns.planned(segments=(later, sooner))

    assert (planned.starts_on, planned.ends_on, planned.days) == (FIRST, date(2027, 6, 30), 116 + 122)


async def test_nobody_is_planned_twice_for_the_same_days(interns: Interns) -> None:
    student = await interns.student()
    await interns.planned(student)

    with pytest.raises(AlreadyPlanned):
        await interns.planned(student)


async def test_a_university_plans_for_its_own_students_only(interns: Interns) -> None:
    with pytest.raises(NotAnIntern):
        await interns.planned(new_id("student"))


async def test_a_supervisor_teaches_at_the_university(interns: Interns) -> None:
    with pytest.raises(NotASupervisor):
        await interns.planned(supervisor_id=new_id("teacher"))
    teacher = await interns.college.teacher()

    planned = await interns.planned(supervisor_id=teacher)

    assert teacher in planned.owners


async def test_a_student_plans_a_unit_that_they_found(interns: Interns) -> None:
    student = await interns.student()
    asked = interns.asked(student, mode=Mode.SELF_FOUND, supervisor_id=None, forced=None, for_profit=None)

    planned = await interns.college.do(planning.plan_placement, replace(asked, organization_id=None))

    assert (planned.status, planned.student_id) == (PlacementStatus.PLANNED, student)
    assert planned.university_id == interns.college.university


@pytest.mark.parametrize("said", [{"mode": Mode.ARRANGED}, {"forced": False}, {"supervisor_id": "tch_1"}])
async def test_a_student_says_nothing_for_the_school(interns: Interns, said: dict[str, object]) -> None:
    own = {"mode": Mode.SELF_FOUND, "supervisor_id": None, "forced": None, "for_profit": None}
    asked = interns.asked(await interns.student(), **{**own, **said})

    with pytest.raises(NotForStudentsToPlan):
        await interns.college.do(planning.plan_placement, replace(asked, organization_id=None))


async def test_a_batch_is_planned_as_a_whole_or_not_at_all(interns: Interns) -> None:
    rows = [interns.asked(await interns.student()) for _ in range(3)]
    wrong = interns.asked(new_id("student"))

    refused = await interns.college.do(planning.plan_placements, PlanPlacements(rows=(rows[0], wrong, rows[0])))
    kept = await interns.college.read("placements", rows[0].placement_id)
    planned = await interns.college.do(planning.plan_placements, PlanPlacements(rows=tuple(rows)))

    assert [type(outcome.refusal).__name__ for outcome in refused] == ["NoneType", "NotAnIntern", "AlreadyPlanned"]
    assert kept is None
    assert [outcome.placement.status for outcome in planned] == [PlacementStatus.PLANNED] * 3
    assert interns.college.story.count("placement.planned") == 3


async def test_terms_are_said_anew_until_it_is_approved(interns: Interns) -> None:
    planned = await interns.planned()
    amended = AmendPlacement(placement_id=planned.id, terms=TERMS_OF_PLACEMENT)

    assert (await interns.college.do(planning.amend_placement, amended)).pay == TERMS_OF_PLACEMENT.pay
    approved = await interns.approved()
    with pytest.raises(OutOfTurn):
        await interns.college.do(
            planning.amend_placement, AmendPlacement(placement_id=approved.id, terms=TERMS_OF_PLACEMENT)
        )


def paid_otherwise(one: Placement) -> AmendPlacement:
    """Another stipend than the one that is planned."""
    pay = replace(TERMS_OF_PLACEMENT.pay, stipend_fen=1)
    terms = replace(TERMS_OF_PLACEMENT, supervisor_id=one.supervisor_id, mentor_id="per_9", pay=pay)
    return AmendPlacement(placement_id=one.id, terms=terms)


@pytest.mark.parametrize("kind", ["tripartite_paper", "consent_paper"])
async def test_pay_does_not_change_under_papers_that_are_out_for_signature(interns: Interns, kind: str) -> None:
    planned = await interns.planned()
    round = signed_papers.asked(about=planned.id, document_kind=kind)
    interns.college.store.put(TrainingWork.signings.mapping, round)

    with pytest.raises(PayAgreed, match=f"/v1/placements/{planned.id}/amendment"):
        await interns.college.do(planning.amend_placement, paid_otherwise(planned))
    interns.college.store.put(TrainingWork.signings.mapping, round.withdraw()[0])

    assert (await interns.college.do(planning.amend_placement, paid_otherwise(planned))).pay.stipend_fen == 1


async def test_pay_does_not_change_under_a_consent_but_under_a_refusal(interns: Interns) -> None:
    planned = await interns.planned()
    interns.consents(planned, Giver.STUDENT, given=False)
    refused = await interns.college.do(planning.amend_placement, paid_otherwise(planned))

    interns.consents(refused, Giver.GUARDIAN)
    with pytest.raises(PayAgreed):
        await interns.college.do(
            planning.amend_placement, AmendPlacement(placement_id=planned.id, terms=TERMS_OF_PLACEMENT)
        )

    assert refused.pay.stipend_fen == 1


async def test_pay_does_not_change_under_a_signed_agreement_and_guides_do(interns: Interns) -> None:
    planned = await interns.planned()
    signed = await interns.add(planned, papers(planned)[0])
    asked = paid_otherwise(signed)

    with pytest.raises(PayAgreed):
        await interns.college.do(planning.amend_placement, asked)
    same = replace(asked, terms=replace(asked.terms, pay=signed.pay))

    assert (await interns.college.do(planning.amend_placement, same)).mentor_id == "per_9"


async def test_a_university_plans_on_posts_of_its_own_agreements(interns: Interns) -> None:
    event = interns.college.signing("internship_base", AgreementTerms())
    parties = [party for party in event.parties if party.role != "university"]
    foreign = event.model_copy(update={"parties": parties})
    await interns.college.do(agreement.plan_what_was_agreed, foreign, correlation_id=NEED)
    post = await offered(interns.college, replace(TERMS, site="万州二厂"), agreement_id=foreign.agreement_id)

    with pytest.raises(NotParty):
        await interns.planned(post=post)
