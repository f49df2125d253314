"""Organisations publish what they can do for others, and take it back."""

from services.partnership.commands import PublishCapability, WithdrawCapability
from services.partnership.domain.capability import Capability
from services.partnership.domain.organization import require_verified
from services.partnership.ports import Work


async def publish_capability(command: PublishCapability, work: Work) -> Capability:
    """Offer something to the alliance."""
    require_verified(await work.organizations.find(command.organization_id))
    capability, published = Capability.publish(command.capability_id, command.organization_id, command.offer)
    return work.capabilities.add(capability, published)


async def withdraw_capability(command: WithdrawCapability, work: Work) -> Capability:
    """Offer it no longer."""
    capability = await work.capabilities.get(command.capability_id)
    withdrawn, fact = capability.withdraw()
    return work.capabilities.save(withdrawn, fact)
