"""Which papers an agreement needs, as its checklist shows it."""

from datetime import date
from typing import Final

from services.partnership.domain.agreement import Agreement, AgreementStatus
from shared.documents.checklist import Needed

SIGNED_COPY: Final = "signed_copy"
_SIGNED: Final = frozenset({AgreementStatus.SIGNED, AgreementStatus.ACTIVE, AgreementStatus.COMPLETED})


def copies_needed(agreement: Agreement, _on: date) -> tuple[Needed, ...]:
    """The signed copy of what all parties have signed."""
    return (Needed(kind=SIGNED_COPY),) if agreement.status in _SIGNED else ()
