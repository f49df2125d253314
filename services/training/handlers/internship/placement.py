"""What happens when an internship is judged, approved, lived through and graded."""

from typing import Final

from services.training.commands.internship.placement import (
    ApprovePlacement,
    ArchivePlacement,
    CancelPlacement,
    CompletePlacement,
    GradePlacement,
    OverrideRule,
    RequestTermination,
    ResumePlacement,
    RunComplianceCheck,
    StartPlacement,
    SuspendPlacement,
    TerminatePlacement,
)
from services.training.domain.agreement import Agreement
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import TerminationRequest
from services.training.domain.internship.signed_papers import require_unrefused
from services.training.handlers.approving import APPROVE_PLACEMENT, keep_approvals_true
from services.training.handlers.internship.amending import going_on
from services.training.handlers.internship.judging import judge_afterwards, judge_before_approval
from services.training.handlers.jurisdiction import home_of
from services.training.ports import Work
from shared.approvals.guard import use_approval

_MINUTES: Final = 60


async def run_compliance_check(command: RunComplianceCheck, work: Work) -> Placement:
    """Ask every rule, and keep what they say."""
    placement = await work.placements.get(command.placement_id)
    placement.require_open_to_judgement()
    judged = await judge_before_approval(placement, work)
    decision = judged.decision(command.decision_id, placement.excused(judged.findings))
    work.decide(decision)
    placement, facts = placement.judged(decision, on=work.context.today)
    return await keep_approvals_true(work.placements.save(placement, *facts), work)


async def override_rule(command: OverrideRule, work: Work) -> Placement:
    """Accept what a rule refuses in principle, tell who did and why, and judge the placement with that."""
    placement = await work.placements.get(command.placement_id)
    judged = await judge_before_approval(placement, work)
    reason = f"{command.reason_code.value}: {command.reason}"
    excepted, overridden = placement.with_exception(
        judged.findings,
        rule=command.rule,
        decision_id=command.decision_id,
        approver_role=command.approver_role,
        reason=reason,
        region=(await home_of(placement.university_id, work)).region_code,
    )
    decision = judged.decision(command.decision_id, excepted.excused(judged.findings))
    work.decide(decision)
    work.tell(overridden, story=placement.story)
    work.audit("override", placement.id, organization_id=command.organization_id, reason=reason)
    placement, facts = excepted.judged(decision, on=work.context.today)
    return await keep_approvals_true(work.placements.save(placement, *facts), work)


async def approve_placement(command: ApprovePlacement, work: Work) -> Placement:
    """Approve it once the university has, or block it where a rule has come to refuse it since it was checked."""
    placement = await work.placements.get(command.placement_id)
    placement.require_checked()
    # The student and then the unit are locked inside, and only then is it counted who else is there.
    judged = await judge_before_approval(placement, work)
    await _require_possible(placement, work)
    decision = judged.decision(command.decision_id, placement.excused(judged.findings))
    work.decide(decision)
    work.audit("approve", placement.id, organization_id=command.organization_id)
    after, facts = placement.approve(decision, on=work.context.today)
    if after.status is PlacementStatus.APPROVED:
        await use_approval(APPROVE_PLACEMENT, placement, placement.university_id, work)
    return await keep_approvals_true(work.placements.save(after, *facts), work)


async def start_placement(command: StartPlacement, work: Work) -> Placement:
    """Begin an approved internship, if its agreement is in force."""
    placement = await work.placements.get(command.placement_id)
    require_unrefused(placement)
    placement, started = placement.start(on=work.context.today, agreement=await _agreement_of(placement, work))
    return work.placements.save(placement, started)


async def suspend_placement(command: SuspendPlacement, work: Work) -> Placement:
    """Let it rest."""
    placement, suspended = (await work.placements.get(command.placement_id)).suspend(command.cause)
    work.audit("suspend", placement.id, organization_id=command.organization_id, reason=command.reason)
    return work.placements.save(placement, suspended)


async def resume_placement(command: ResumePlacement, work: Work) -> Placement:
    """Go on, if its agreement is in force and no paper is waited for that an amendment asks for."""
    placement = await going_on(await work.placements.get(command.placement_id), work)
    placement, resumed = placement.resume(agreement=await _agreement_of(placement, work))
    return work.placements.save(placement, resumed)


async def cancel_placement(command: CancelPlacement, work: Work) -> Placement:
    """Call it off before it has begun."""
    placement, cancelled = (await work.placements.get(command.placement_id)).cancel(command.cause)
    work.audit("cancel", placement.id, organization_id=command.organization_id, reason=command.reason)
    return await keep_approvals_true(work.placements.save(placement, cancelled), work)


async def request_termination(command: RequestTermination, work: Work) -> Placement:
    """Note that the student asks for the end."""
    placement = await work.placements.get(command.placement_id)
    request = TerminationRequest(requested_on=work.context.today, reason=command.reason)
    return work.placements.save(placement.request_termination(request, by=command.caller_ids))


async def terminate_placement(command: TerminatePlacement, work: Work) -> Placement:
    """End it before its last day."""
    placement = await work.placements.get(command.placement_id)
    placement, terminated = placement.terminate(command.cause, on=work.context.today)
    work.audit("terminate", placement.id, organization_id=command.organization_id, reason=command.reason)
    return work.placements.save(placement, terminated)


async def complete_placement(command: CompletePlacement, work: Work) -> Placement:
    """End it after its last day, with the hours that its logs prove."""
    placement = await work.placements.get(command.placement_id)
    logs = await work.placement_logs.where(placement_id=placement.id)
    placement, completed = placement.complete(on=work.context.today, hours=sum(log.minutes for log in logs) // _MINUTES)
    return work.placements.save(placement, completed)


async def grade_placement(command: GradePlacement, work: Work) -> Placement:
    """Grade it, and keep what the rules say of it in the end."""
    placement = await work.placements.get(command.placement_id)
    logs = await work.placement_logs.where(placement_id=placement.id)
    graded, fact = placement.graded(command.assessment, logs=len(logs), reviewed=sum(log.is_reviewed for log in logs))
    judged = await judge_afterwards(graded, work)
    decision = judged.decision(command.decision_id, graded.excused(judged.findings))
    work.decide(decision)
    return work.placements.save(graded.reviewed(decision, on=work.context.today), fact)


async def archive_placement(command: ArchivePlacement, work: Work) -> Placement:
    """Close the file."""
    placement = await work.placements.get(command.placement_id)
    return work.placements.save(placement.archive())


async def _agreement_of(placement: Placement, work: Work) -> Agreement | None:
    return None if placement.agreement_id is None else await work.agreements.get(placement.agreement_id)


async def _require_possible(placement: Placement, work: Work) -> None:
    """Hold it against the student, who is locked, and against their other internships, which are not."""
    student = await work.students.get(placement.student_id)
    placement.require_possible(student, await work.known_placements.where(student_id=student.id))
