"""A document out for signature, in one line."""

from datetime import date, timedelta
from typing import Any

from shared.contracts.ids import new_id
from shared.documents.document import Document
from shared.documents.signing.parties import guardian_of, person, role_in
from shared.documents.signing.round import SigningRound
from shared.documents.signing.signature import How, Signature, Signer
from shared.documents.signing.terms import RoundTerms
from tests.fakes import NOON

SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
UNIVERSITY, ENTERPRISE = new_id("organization"), new_id("organization")
STUDENT = new_id("student")
SCHOOL = role_in("university_coop_office", UNIVERSITY)
UNIT = role_in("enterprise_admin", ENTERPRISE)
INTERN, GUARDIAN = person(STUDENT), guardian_of(STUDENT)
ALL = (SCHOOL, UNIT, INTERN, GUARDIAN)


def document(**fields: Any) -> Document:
    """A tripartite agreement that is kept, as far as the test does not say otherwise."""
    usual: dict[str, Any] = {
        "id": new_id("document"),
        "story": new_id("need"),
        "service": "training",
        "about": new_id("placement"),
        "document_kind": "tripartite_agreement",
        "title": "Agreement of Li Lei",
        "number": "2026-1",
        "issuer": None,
        "issued_on": None,
        "valid_to": None,
        "sha256": SHA,
        "size": 4,
        "media_type": "application/pdf",
        "origin": "uploaded",
        "person_id": STUDENT,
        "owner_ids": (UNIVERSITY, ENTERPRISE, STUDENT),
    }
    return Document(**{**usual, **fields})


def terms(*parties: str, ordered: bool = False, due_on: date | None = None, **fields: Any) -> RoundTerms:
    """What the university asks for."""
    return RoundTerms(
        document=document(**fields),
        organization_id=UNIVERSITY,
        signers=tuple(Signer(party=party) for party in parties or ALL),
        ordered=ordered,
        due_on=due_on,
        reminder_days=(3, 7),
    )


def asked(*parties: str, **options: Any) -> SigningRound:
    """A round that is open since noon."""
    return SigningRound.request(new_id("signing"), terms(*parties, **options), at=NOON)[0]


def signature(party: str, *, hours: int = 1, **fields: Any) -> Signature:
    """A party's signature some hours later, by link as far as the test does not say otherwise."""
    usual: dict[str, Any] = {"how": How.LINK, "signatory": "Wang Fang", "sha256": SHA}
    return Signature(party=party, given_at=NOON + timedelta(hours=hours), **{**usual, **fields})
