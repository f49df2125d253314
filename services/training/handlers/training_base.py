"""What happens when somebody asks something about a training base."""

from services.training.commands.training_base import (
    AcceptBase,
    CloseBase,
    ConfirmEnterpriseParticipation,
    OpenBase,
    OverrideSectorRule,
    PlanBase,
    ResumeBase,
    StartBuild,
    SuspendBase,
)
from services.training.domain.base_functions import BAS_02, FunctionsFacts, is_comprehensive
from services.training.domain.base_plan import SectorException
from services.training.domain.training_base import TrainingBase
from services.training.handlers.jurisdiction import jurisdiction_at
from services.training.handlers.sector import judge_sector
from services.training.ports import Work
from shared.rules import Decision, override


async def plan_base(command: PlanBase, work: Work) -> TrainingBase:
    """Plan a base of the operator's own."""
    base, planned = TrainingBase.plan(
        command.base_id, operator_id=command.organization_id, invited_ids=command.invited_ids, plan=command.plan
    )
    return work.bases.add(base, planned)


async def confirm_enterprise_participation(command: ConfirmEnterpriseParticipation, work: Work) -> TrainingBase:
    """Note that an enterprise takes part, and judge anew whether one of the sector does."""
    base = (await work.bases.get(command.base_id)).with_enterprise(command.organization_id)
    judgement = await judge_sector(base, work)
    work.decide(judgement.decision(command.decision_id, judgement.finding))
    base, facts = base.judged(judgement.finding)
    return work.bases.save(base, *facts)


async def override_sector_rule(command: OverrideSectorRule, work: Work) -> TrainingBase:
    """Accept a base without an enterprise of the sector, and tell who did and why."""
    base = await work.bases.get(command.base_id)
    judgement = await judge_sector(base, work)
    reason = f"{command.reason_code.value}: {command.reason}"
    exception = SectorException(decision_id=command.decision_id, approver_role=command.approver_role, reason=reason)
    excused, overridden = base.with_exception(exception, refusal=judgement.finding)
    finding = override(judgement.finding, approver_role=command.approver_role, reason=reason)
    work.decide(judgement.decision(command.decision_id, finding))
    work.tell(overridden, story=base.story)
    work.audit("override", base.id, organization_id=command.organization_id, reason=reason)
    return work.bases.save(excused)


async def start_build(command: StartBuild, work: Work) -> TrainingBase:
    """Begin to build, if the agreement is in force and BAS-01 holds."""
    base = await work.bases.get(command.base_id)
    await _require_in_force(base, work)
    judgement = await judge_sector(base, work)
    finding = base.excused(judgement.finding)
    work.decide(judgement.decision(command.decision_id, finding))
    return work.bases.save(base.build(by=command.organization_id, finding=finding, on=work.context.today))


async def accept_base(command: AcceptBase, work: Work) -> TrainingBase:
    """Accept what was built, and say whether it has all functions of a comprehensive base (BAS-02)."""
    base = await work.bases.get(command.base_id)
    on, jurisdiction = work.context.today, await jurisdiction_at(base.operator_id, work)
    facts = FunctionsFacts(functions=base.functions)
    finding = is_comprehensive(facts, work.rules.rule(BAS_02.id, on=on, jurisdiction=jurisdiction))
    decision = Decision(
        id=command.decision_id,
        subject=base.id,
        findings=(finding,),
        inputs={BAS_02.id: facts.model_dump(mode="json")},
        on=on,
        jurisdiction=jurisdiction,
    )
    accepted = base.accept(by=command.organization_id, finding=finding)
    work.decide(decision)
    return work.bases.save(accepted)


async def open_base(command: OpenBase, work: Work) -> TrainingBase:
    """Open an accepted base."""
    base, opened = (await work.bases.get(command.base_id)).open(by=command.organization_id)
    return work.bases.save(base, opened)


async def resume_base(command: ResumeBase, work: Work) -> TrainingBase:
    """Open a suspended base again."""
    base = await work.bases.get(command.base_id)
    return work.bases.save(base.resume(by=command.organization_id))


async def suspend_base(command: SuspendBase, work: Work) -> TrainingBase:
    """Suspend an open base."""
    base = await work.bases.get(command.base_id)
    work.audit("suspend", base.id, organization_id=command.organization_id, reason=command.reason)
    return work.bases.save(base.suspend(by=command.organization_id))


async def close_base(command: CloseBase, work: Work) -> TrainingBase:
    """Close a base for good."""
    base = await work.bases.get(command.base_id)
    work.audit("close", base.id, organization_id=command.organization_id, reason=command.reason)
    return work.bases.save(base.close(by=command.organization_id))


async def _require_in_force(base: TrainingBase, work: Work) -> None:
    if base.agreement_id is not None:
        (await work.agreements.get(base.agreement_id)).require_active()
