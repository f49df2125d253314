"""Where chains are set up and approvals asked for and decided: the handlers of every service with approved acts."""

from typing import Final

from shared.approvals.case import LIVE, ApprovalCase, Asked, Cause
from shared.approvals.chain import ApprovalChain, chain_id
from shared.approvals.commands import AskApproval, ChangeChain, DecideStep, EndChain, SetUpChain, WithdrawApproval
from shared.approvals.guard import ApprovalWork
from shared.approvals.refusals import AskedAlready, ChainThere, NoChain, NotYoursToAsk
from shared.words import Verbatim, roles_told

_LIVE: Final = [status.value for status in LIVE]


async def set_up_chain(command: SetUpChain, work: ApprovalWork) -> ApprovalChain:
    """Put steps in front of an act that has none."""
    chain = ApprovalChain.set_up(
        command.organization_id, command.act, command.steps, several_steps=command.several_steps
    )
    if await work.approval_chains.find(chain.id):
        raise ChainThere(chain_id=Verbatim(chain.id))
    work.audit("approval_chain.set_up", chain.id, organization_id=chain.organization_id, reason=command.reason)
    return work.approval_chains.add(chain)


async def change_chain(command: ChangeChain, work: ApprovalWork) -> ApprovalChain:
    """Put other steps in front of it; what was asked for before keeps its own."""
    chain = await work.approval_chains.get(command.chain_id)
    work.audit("approval_chain.changed", chain.id, organization_id=chain.organization_id, reason=command.reason)
    return work.approval_chains.save(chain.change(command.steps, several_steps=command.several_steps))


async def end_chain(command: EndChain, work: ApprovalWork) -> ApprovalChain:
    """Let the act be done without approvals again; what was asked for counts no more."""
    chain = (await work.approval_chains.get(command.chain_id)).end()
    for case in await work.approvals.where(chain_id=chain.id, status=_LIVE):
        work.approvals.save(*case.void(Cause.CHAIN_ENDED))
    work.audit("approval_chain.ended", chain.id, organization_id=chain.organization_id, reason=command.reason)
    return work.approval_chains.save(chain)


async def ask_approval(command: AskApproval, work: ApprovalWork) -> ApprovalCase:
    """Ask for an approval of a thing as it is now."""
    approvable, organization_id = command.approvable, command.organization_id
    if not command.roles & set(approvable.asked_by):
        raise NotYoursToAsk(roles=roles_told(approvable.asked_by))
    thing = await approvable.load(command.object_id, work)
    approvable.require(thing, organization_id)
    chain = await work.approval_chains.find(chain_id(organization_id, approvable.act))
    if chain is None or not chain.in_force:
        raise NoChain
    await _make_room(chain, thing.id, approvable.mark(thing), work)
    asked = Asked(
        service=work.service,
        organization_id=organization_id,
        approvable=approvable,
        thing=thing,
        by=work.context.actor,
        at=work.context.now,
    )
    case, requested = ApprovalCase.ask(command.approval_id, asked, chain)
    work.audit("approval.requested", case.id, organization_id=organization_id)
    return work.approvals.add(case, requested)


async def decide_step(command: DecideStep, work: ApprovalWork) -> ApprovalCase:
    """Approve or refuse at the step at which it is."""
    case = await work.approvals.get(command.approval_id)
    decided, facts = case.decide(
        command.step,
        command.verdict,
        by=work.context.actor,
        parties=command.parties,
        at=work.context.now,
        reason=command.reason,
    )
    act = f"approval.{command.verdict.value}"
    work.audit(act, case.id, organization_id=case.organization_id, reason=command.reason)
    return work.approvals.save(decided, *facts)


async def withdraw_approval(command: WithdrawApproval, work: ApprovalWork) -> ApprovalCase:
    """Ask for it no more."""
    withdrawn, fact = (await work.approvals.get(command.approval_id)).withdraw()
    work.audit("approval.withdrawn", withdrawn.id, organization_id=command.organization_id)
    return work.approvals.save(withdrawn, fact)


async def _make_room(chain: ApprovalChain, about: str, mark: str, work: ApprovalWork) -> None:
    """Void what was asked for of the thing as it was. Raises `AskedAlready` for what still counts."""
    for case in await work.approvals.where(about=about, chain_id=chain.id, status=_LIVE):
        if case.mark == mark:
            raise AskedAlready(approval_id=Verbatim(case.id), status=case.status)
        work.approvals.save(*case.void(Cause.OBJECT_CHANGED))
