"""Capabilities: published by verified organisations, withdrawn once."""

from datetime import date

import pytest

from services.partnership.commands import PublishCapability, WithdrawCapability
from services.partnership.domain.capability import CapabilityGone, Offer
from services.partnership.domain.organization import NotVerified
from services.partnership.domain.period import EndsBeforeItStarts
from services.partnership.handlers import capability as handlers
from shared.contracts.ids import new_id
from shared.contracts.partnership import CapabilityPublished, CapabilityWithdrawn
from tests.unit.partnership.alliance import TODAY, Alliance


def publish(organization_id: str, ends_on: date = TODAY) -> PublishCapability:
    offer = Offer(
        kind="order_class",
        programme_ids=(new_id("programme"),),
        base_ids=(),
        teacher_ids=(),
        capacity=40,
        starts_on=TODAY,
        ends_on=ends_on,
        skills=(),
    )
    return PublishCapability(capability_id=new_id("capability"), organization_id=organization_id, offer=offer)


async def test_what_an_organisation_offers_is_told_until_it_is_withdrawn(alliance: Alliance) -> None:
    published = await alliance.do(handlers.publish_capability, publish(alliance.university))

    await alliance.do(handlers.withdraw_capability, WithdrawCapability(capability_id=published.id))

    facts = [type(fact) for fact in alliance.facts_of(published.id)]
    assert facts == [CapabilityPublished, CapabilityWithdrawn]


async def test_an_offer_is_withdrawn_once(alliance: Alliance) -> None:
    published = await alliance.do(handlers.publish_capability, publish(alliance.university))
    command = WithdrawCapability(capability_id=published.id)
    await alliance.do(handlers.withdraw_capability, command)

    with pytest.raises(CapabilityGone):
        await alliance.do(handlers.withdraw_capability, command)


async def test_only_a_verified_organisation_offers_something(alliance: Alliance) -> None:
    with pytest.raises(NotVerified):
        await alliance.do(handlers.publish_capability, publish(new_id("organization")))


async def test_an_offer_does_not_end_before_it_starts(alliance: Alliance) -> None:
    with pytest.raises(EndsBeforeItStarts):
        await alliance.do(handlers.publish_capability, publish(alliance.university, TODAY.replace(day=1, month=8)))
