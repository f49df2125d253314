"""Handing tasks to somebody else while one is away, and ending that."""

from services.notify.commands import EndDelegation, MakeDelegation
from services.notify.domain.delegation import DelegatedElsewhere, DelegateUnknown, Delegation, is_registered
from services.notify.domain.party import subject_of
from services.notify.ports import Work


async def make_delegation(command: MakeDelegation, work: Work) -> Delegation:
    """Hand one party's tasks to another of the same organisation."""
    plan = command.plan
    await _require_here(plan.to_party, command.organization_id, work)
    both = [plan.from_party, plan.to_party]
    others = [*await work.delegations.where(from_party=both), *await work.delegations.where(to_party=both)]
    made = Delegation.make(
        command.delegation_id,
        plan,
        organization_id=command.organization_id,
        others=others,
        by=work.context.actor,
        on=work.context.today,
    )
    work.audit("delegation.made", made.id, organization_id=command.organization_id)
    return work.delegations.add(made)


async def end_delegation(command: EndDelegation, work: Work) -> Delegation:
    """Let the tasks be shown to the delegate no longer."""
    delegation = await work.delegations.get(command.delegation_id)
    ended = work.delegations.save(delegation.end(on=work.context.today))
    work.audit("delegation.ended", ended.id, organization_id=command.organization_id)
    return ended


async def _require_here(party: str, organization_id: str, work: Work) -> None:
    """Refuse a delegate who belongs elsewhere, or should be known and is not. Others are taken at the word."""
    known = (await work.directory.known([subject_of(party)])).get(subject_of(party))
    if known is None and is_registered(party):
        raise DelegateUnknown
    belongs_to = known.organization_id if known else party.partition("@")[2] or organization_id
    if belongs_to != organization_id:
        raise DelegatedElsewhere
