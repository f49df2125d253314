"""Entering what is known of a party only here: addresses, preferences, language."""

from services.notify.commands import EnterAddresses, EnterForParty, EnterLocale, EnterPreferences
from services.notify.domain.party import Party
from services.notify.ports import Work
from shared.errors import LostRace


async def enter_addresses(command: EnterAddresses, work: Work) -> Party:
    """Replace a party's addresses. The audit trail says that it was done, not which they are."""
    party = (await _party(command, work)).reached_at(command.addresses)
    return _keep(party, "addresses.entered", command, work)


async def enter_preferences(command: EnterPreferences, work: Work) -> Party:
    """Replace a party's preferences."""
    party = (await _party(command, work)).preferring(command.preferences)
    return _keep(party, "preferences.entered", command, work)


async def enter_locale(command: EnterLocale, work: Work) -> Party:
    """Set the language a party reads."""
    party = (await _party(command, work)).reading(command.locale)
    return _keep(party, "locale.entered", command, work)


async def _party(command: EnterForParty, work: Work) -> Party:
    party = await work.parties.find(command.party) or Party.blank(command.party)
    if party.version != command.version:
        raise LostRace
    return party


def _keep(party: Party, act: str, command: EnterForParty, work: Work) -> Party:
    work.audit(act, party.id, organization_id=command.organization_id)
    return work.parties.save(party) if party.version else work.parties.add(party)
