"""Which office does what for a round: asks and withdraws, gives out links, hands in scans."""

from collections.abc import Collection

from shared.documents.signing.parties import organization_of
from shared.documents.signing.refusals import NotTheAsker, NotTheirOffice
from shared.documents.signing.round import SigningRound


def giver_of(round: SigningRound, party: str) -> str:
    """Whose office gives a party its link: an organisation its own, a person or a guardian whoever asks for it."""
    return organization_of(party) or round.organization_id


def require_giver(round: SigningRound, party: str, *, organization_id: str, parties: Collection[str]) -> None:
    """Raise `NotTheirOffice` unless somebody who is all these parties may give out the link of this one."""
    own = party in parties if organization_of(party) else organization_id == round.organization_id
    if not own:
        raise NotTheirOffice


def require_keeper(
    round: SigningRound, signed_by: Collection[str], *, organization_id: str, parties: Collection[str]
) -> None:
    """Raise `NotTheAsker` unless the caller hands in what they signed themselves, or asked for all of it."""
    if organization_id != round.organization_id and not set(signed_by) <= set(parties):
        raise NotTheAsker


def require_asker(round: SigningRound, organization_id: str) -> None:
    """Raise `NotTheAsker` unless this organisation asked for the signatures."""
    if organization_id != round.organization_id:
        raise NotTheAsker
