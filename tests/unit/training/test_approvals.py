"""Internships and batches of recognition of a university that lets them be approved inside first."""

from dataclasses import replace
from typing import Any

import pytest

from services.training.commands.faculty.recognition import DraftBatch, PublishBatch
from services.training.commands.internship.placement import AmendPlacement, CancelPlacement
from services.training.domain.faculty import batch_results
from services.training.domain.faculty.batch_results import BatchResults
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_steps import RecognitionStatus
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_approval import mark_of
from services.training.domain.internship.placement_papers import NO_PAPERS
from services.training.domain.internship.placement_refusals import OutOfTurn
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import Cause
from services.training.handlers.approving import APPROVE_PLACEMENT, PUBLISH_BATCH
from services.training.handlers.faculty import recognition_batch
from services.training.handlers.internship import placement, planning
from services.training.storage import TrainingWork
from shared.approvals.act import Approvable
from shared.approvals.case import ApprovalCase
from shared.approvals.commands import AskApproval, DecideStep, SetUpChain
from shared.approvals.desk import ask_approval, decide_step, set_up_chain
from shared.approvals.refusals import ApprovalRequired
from shared.approvals.step import Step, Verdict
from shared.contracts.ids import new_id
from shared.documents.signing.parties import role_in
from tests.unit.training.college import College
from tests.unit.training.faculty.applicant import Batch, decided
from tests.unit.training.internship.interns import TERMS_OF_PLACEMENT, Interns

VICE = Step(name_zh="分管副校长", name_en="vice-president", role="council_member")


@pytest.fixture
async def interns() -> Interns:
    return await Interns().open()


async def put(college: College, approvable: Approvable) -> None:
    command = SetUpChain(
        organization_id=college.university, act=approvable.act, steps=(VICE,), several_steps=False, reason="by-laws"
    )
    await college.do(set_up_chain, command)


async def ask(college: College, approvable: Approvable, id: str) -> ApprovalCase:
    command = AskApproval(
        approval_id=new_id("approval"),
        approvable=approvable,
        object_id=id,
        organization_id=college.university,
        roles=frozenset(approvable.asked_by),
    )
    asked: ApprovalCase = await college.do(ask_approval, command, actor=f"{approvable.asked_by[0]}:per_1")
    return asked


async def approve(college: College, approvable: Approvable, id: str) -> ApprovalCase:
    case = await ask(college, approvable, id)
    command = DecideStep(
        approval_id=case.id,
        step=1,
        verdict=Verdict.APPROVED,
        parties=frozenset({role_in("council_member", college.university)}),
        reason=None,
    )
    approved: ApprovalCase = await college.do(decide_step, command, actor="council_member:per_2")
    return approved


async def kept(college: College, case: ApprovalCase) -> ApprovalCase:
    found: ApprovalCase = await college.read("approvals", case.id)
    return found


async def test_an_internship_is_approved_once_the_university_has_inside(interns: Interns) -> None:
    await put(interns.college, APPROVE_PLACEMENT)
    checked = await interns.checked()
    with pytest.raises(ApprovalRequired) as refused:
        await interns.approve(checked)
    case = await approve(interns.college, APPROVE_PLACEMENT, checked.id)

    approved = await interns.approve(checked)

    assert "placement_approval" in refused.value.say("zh")
    assert (approved.status, (await kept(interns.college, case)).status) == ("approved", "used")


async def test_nothing_is_asked_for_before_the_rules_were(interns: Interns) -> None:
    await put(interns.college, APPROVE_PLACEMENT)
    ready = await interns.ready()

    with pytest.raises(OutOfTurn):
        await ask(interns.college, APPROVE_PLACEMENT, ready.id)


async def test_asking_the_rules_again_voids_nothing(interns: Interns) -> None:
    await put(interns.college, APPROVE_PLACEMENT)
    checked = await interns.checked()
    case = await approve(interns.college, APPROVE_PLACEMENT, checked.id)

    await interns.check(checked)

    assert (await kept(interns.college, case)).status == "approved"


async def test_another_mentor_voids_what_was_approved(interns: Interns) -> None:
    await put(interns.college, APPROVE_PLACEMENT)
    checked = await interns.checked()
    case = await approve(interns.college, APPROVE_PLACEMENT, checked.id)
    terms = replace(TERMS_OF_PLACEMENT, supervisor_id=interns.teacher_id, mentor_id="per_9")

    await interns.college.do(planning.amend_placement, AmendPlacement(placement_id=checked.id, terms=terms))

    assert (await kept(interns.college, case)).cause == "object_changed"


async def test_a_rule_that_blocks_it_ends_what_was_approved(interns: Interns) -> None:
    await put(interns.college, APPROVE_PLACEMENT)
    checked = await interns.checked()
    case = await approve(interns.college, APPROVE_PLACEMENT, checked.id)
    interns.headcounts(85, 4)

    blocked = await interns.approve(checked)

    assert (blocked.status, (await kept(interns.college, case)).cause) == ("blocked", "act_over")


async def test_what_is_called_off_waits_for_nobody(interns: Interns) -> None:
    await put(interns.college, APPROVE_PLACEMENT)
    checked = await interns.checked()
    case = await ask(interns.college, APPROVE_PLACEMENT, checked.id)
    command: Any = CancelPlacement(
        placement_id=checked.id, organization_id=interns.college.university, cause=Cause.STUDENT, reason="ill"
    )

    await interns.college.do(placement.cancel_placement, command)

    assert (await kept(interns.college, case)).cause == "act_over"


async def test_the_mark_follows_from_what_is_read_alone(interns: Interns) -> None:
    checked: Placement = await interns.checked()

    same = [
        replace(checked, version=9),
        replace(checked, judgement=None),
        replace(checked, status=PlacementStatus.BLOCKED),
    ]
    other = [replace(checked, mentor_id="per_9"), replace(checked, forced=True), replace(checked, papers=NO_PAPERS)]

    assert {mark_of(each) for each in same} == {mark_of(checked)}
    assert len({mark_of(each) for each in (checked, *other)}) == 4


async def test_a_placement_is_the_same_read_from_its_row(interns: Interns) -> None:
    checked = await interns.checked()
    mapping = TrainingWork.placements.mapping

    assert mark_of(mapping.thing(mapping.row(checked))) == mark_of(checked)


async def test_a_batch_is_published_once_the_university_has_approved_it() -> None:
    college = College()
    await put(college, PUBLISH_BATCH)
    batch = Batch(college)
    draft = DraftBatch(batch_id=batch.id, university_id=college.university, plan=batch.plan)
    await college.do(recognition_batch.draft_batch, draft)
    publish = PublishBatch(batch_id=batch.id)
    with pytest.raises(ApprovalRequired):
        await college.do(recognition_batch.publish_batch, publish)
    case = await approve(college, PUBLISH_BATCH, batch.id)

    published = await college.do(recognition_batch.publish_batch, publish)

    assert (published.status, (await kept(college, case)).status) == ("published", "used")


async def test_results_are_what_came_of_each_and_not_what_the_calendar_makes_of_it() -> None:
    college = College()
    someone = await decided(college)
    active = await someone.advance(7)
    batch = await college.read("recognition_batches", someone.batch.id)

    def mark(*found: Recognition) -> str:
        return batch_results.mark_of(BatchResults.of(batch, found))

    draft = replace(active, id="rec_2", status=RecognitionStatus.DRAFT)
    same = [replace(active, status=RecognitionStatus.EXPIRING), replace(active, version=9)]
    others = [replace(active, status=status) for status in (RecognitionStatus.REVOKED, RecognitionStatus.RECHECKING)]

    assert {mark(one) for one in same} | {mark(active, draft)} == {mark(active)}
    assert len({mark(one) for one in (active, *others)}) == 3


async def test_many_internships_without_a_chain_look_once_together(interns: Interns) -> None:
    ones = [await interns.planned() for _ in range(3)]
    looks: list[list[str]] = []
    load = interns.college.store.load

    async def loading(mapping: Any, ids: Any, **more: Any) -> list[Any]:
        wanted = list(ids)
        if mapping.table.name == "approval_chain":
            looks.append(wanted)
        return await load(mapping, wanted, **more)

    interns.college.store.load = loading  # type: ignore[method-assign]

    async def cancel_all(_command: None, work: TrainingWork) -> None:
        for one in ones:
            command = CancelPlacement(
                placement_id=one.id, organization_id=interns.college.university, cause=Cause.STUDENT, reason="ill"
            )
            await placement.cancel_placement(command, work)

    await interns.college.do(cancel_all, None)

    assert len(looks) == 1
