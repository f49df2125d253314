"""The rows of the table that tell of signatures on documents: whose turn it is, what was given, and what it came to."""

from collections.abc import Iterator
from typing import Final

from services.notify.domain.preference import EventClass
from services.notify.domain.recipients import Office, Recipient, Recipients, addressee
from services.notify.domain.route import row
from shared.contracts import partnership, training
from shared.contracts.signing import SigningBody, SigningCompletedBody, SigningGivenBody, SigningVoidedBody

AGREEMENT, INTERNSHIP = EventClass.AGREEMENT, EventClass.INTERNSHIP
_WHAT: Final = "document_kind about_id document_id"
_GUARDIAN: Final = "guardian:"


def asked(event: SigningBody) -> Recipients:
    """Those whose turn it has become; of who has no account the office that asks, which sends them a link."""
    return _told(event, event.asked_parties)


def signed(event: SigningCompletedBody) -> Recipients:
    """All who have signed, and the office that asked."""
    return [*_told(event, event.signed_parties), Office(event.organization_id)]


def concerned(event: SigningVoidedBody) -> Recipients:
    """All who have signed or were still to sign, and the office that asked."""
    return [*_told(event, [*event.signed_parties, *event.pending_parties]), Office(event.organization_id)]


def signer(event: SigningGivenBody) -> Recipients:
    """The party that is said to have signed."""
    return _told(event, [event.party])


def passes_on(event: SigningGivenBody) -> bool:
    """Whether it is somebody else's turn now."""
    return bool(event.asked_parties)


def on_paper(event: SigningGivenBody) -> bool:
    """Whether somebody handed in a scan of the signature."""
    return event.how == "scan"


def _told(event: SigningBody, parties: list[str]) -> list[Recipient]:
    return list(_recipients(event, parties))


def _recipients(event: SigningBody, parties: list[str]) -> Iterator[Recipient]:
    for party in parties:
        yield Office(event.organization_id) if party.startswith(_GUARDIAN) else addressee(party)


# fmt: off
SIGNING_ROUTES: Final = (
    row(partnership.SigningRequested, asked, "agreement_paper_to_sign", AGREEMENT, _WHAT),
    row(partnership.SigningGiven, asked, "agreement_paper_passed_on", AGREEMENT, _WHAT, when=passes_on),
    row(partnership.SigningGiven, signer, "agreement_paper_scanned", AGREEMENT, _WHAT, when=on_paper),
    row(partnership.SigningReminded, asked, "agreement_paper_reminder", AGREEMENT, f"{_WHAT} days"),
    row(partnership.SigningCompleted, signed, "agreement_paper_complete", AGREEMENT, _WHAT),
    row(partnership.SigningVoided, concerned, "agreement_paper_void", AGREEMENT, f"{_WHAT} cause"),

    row(training.SigningRequested, asked, "internship_paper_to_sign", INTERNSHIP, _WHAT),
    row(training.SigningGiven, asked, "internship_paper_passed_on", INTERNSHIP, _WHAT, when=passes_on),
    row(training.SigningGiven, signer, "internship_paper_scanned", INTERNSHIP, _WHAT, when=on_paper),
    row(training.SigningReminded, asked, "internship_paper_reminder", INTERNSHIP, f"{_WHAT} days"),
    row(training.SigningCompleted, signed, "internship_paper_complete", INTERNSHIP, _WHAT),
    row(training.SigningVoided, concerned, "internship_paper_void", INTERNSHIP, f"{_WHAT} cause"),
)
# fmt: on
