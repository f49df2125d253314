"""Which papers an agreement needs, as its checklist shows it."""

from datetime import date
from typing import Final

from services.partnership.domain.agreement import Agreement, AgreementStatus
from shared.documents.checklist import Held, Needed

SIGNED_COPY: Final = "signed_copy"
_SIGNED: Final = frozenset({AgreementStatus.SIGNED, AgreementStatus.ACTIVE, AgreementStatus.COMPLETED})


def copies_needed(agreement: Agreement, _on: date) -> tuple[Needed, ...]:
    """The signed copy of what all parties have signed, unless they have signed the paper here."""
    if agreement.status not in _SIGNED:
        return ()
    signed_here = all(signature.signing_id for signature in agreement.signatures)
    return (Needed(kind=SIGNED_COPY, held=(Held(),) if signed_here else ()),)
