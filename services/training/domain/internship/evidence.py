"""What proves something: a paper with its number, who issued it, and until when it holds. It stays in the service."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.training.domain.internship.evidence_refusals import PaperAhead, PaperEndsBeforeItIsIssued
from shared.documents.checklist import Held


class EvidenceKind(StrEnum):
    """What kind of paper proves something about an internship, or about a teacher's practice."""

    CONSENT = "consent"
    TRIPARTITE_AGREEMENT = "tripartite_agreement"
    INSURANCE = "insurance"
    SITE_INSPECTION = "site_inspection"
    MEETING_DECISION = "meeting_decision"
    SAFETY_TRAINING = "safety_training"
    FILING = "filing"
    OVERSEAS_APPROVAL = "overseas_approval"
    OFFICIAL_RECORD = "official_record"
    PAYMENT = "payment"
    PRACTICE_RECORD = "practice_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence. `document` refers to the paper where it is kept; it is None where only the number is known.

    Without `valid_to` it holds until something replaces it.
    """

    kind: EvidenceKind
    number: str
    issuer: str
    issued_on: date
    valid_to: date | None = None
    document: str | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to < self.issued_on:
            raise PaperEndsBeforeItIsIssued

    def require_issued(self, on: date) -> None:
        """Raise `PaperAhead` unless it was issued by a day."""
        if self.issued_on > on:
            raise PaperAhead

    @property
    def held(self) -> Held:
        """As a checklist shows it."""
        return Held(number=self.number, valid_to=self.valid_to, document_id=self.document)

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return self.issued_on <= day and (self.valid_to is None or day <= self.valid_to)
