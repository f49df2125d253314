"""What the parties of an agreement may let be approved inside before they act, and when it can be asked for."""

from services.partnership.domain.agreement import Agreement

SUBMISSION = "agreement_submission"
SIGNATURE = "agreement_signature"


def mark_of(agreement: Agreement) -> str:
    """What is approved: all that is signed. That another party has signed meanwhile changes none of it."""
    return agreement.content_hash


def require_submittable(agreement: Agreement, _organization_id: str) -> None:
    """Raise `NotADraft` once it was submitted, by whichever party."""
    agreement.require_draft()


def require_signable(agreement: Agreement, organization_id: str) -> None:
    """Raise unless this party's signature is waited for."""
    agreement.require_pending(organization_id)
