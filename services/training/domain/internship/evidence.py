"""What proves something: a paper with its number, who issued it, and until when it holds. It stays in the service."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.training.domain.internship.evidence_refusals import PaperAhead, PaperEndsBeforeItIsIssued, PaperNotKept
from shared.documents.checklist import Held
from shared.documents.document import Document
from shared.words import Worded


class EvidenceKind(Worded):
    """What kind of paper proves something about an internship, or about a teacher's practice."""

    CONSENT = "consent", "知情同意书签署件", "signed consent"
    TRIPARTITE_AGREEMENT = "tripartite_agreement", "实习三方协议", "tripartite agreement"
    INSURANCE = "insurance", "实习责任保险单", "insurance policy"
    SITE_INSPECTION = "site_inspection", "实地考察报告", "report of the inspection"
    MEETING_DECISION = "meeting_decision", "学校会议决定", "decision of a meeting of the school"
    SAFETY_TRAINING = "safety_training", "安全培训记录", "record of the safety training"
    FILING = "filing", "主管部门备案", "filing with the authority"
    OVERSEAS_APPROVAL = "overseas_approval", "境外实习批准文件", "approval of an internship abroad"
    OFFICIAL_RECORD = "official_record", "主管部门记录", "official record"
    PAYMENT = "payment", "报酬支付凭证", "proof of payment"
    PRACTICE_RECORD = "practice_record", "企业实践佐证材料", "record of the practice"


_PRINTED: Final = {
    EvidenceKind.CONSENT: "consent_paper",
    EvidenceKind.TRIPARTITE_AGREEMENT: "tripartite_paper",
    EvidenceKind.PRACTICE_RECORD: "practice_certificate",
}
"""What the platform itself prints of a kind, to be signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A piece of evidence. `document` is the id of the paper if it is kept; None where only the number is known.

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

    def require_kept(self, known: Mapping[str, Document], owners: Collection[str]) -> None:
        """Raise `PaperNotKept` unless the document that is named is known, stands, fits, and is an owner's."""
        if self.document is None:
            return
        document = known.get(self.document)
        fitting = {self.kind.value, _PRINTED.get(self.kind)}
        if document is None or not document.stands or document.document_kind not in fitting:
            raise PaperNotKept(kind=self.kind)
        if document.owners.isdisjoint(owners):
            raise PaperNotKept(kind=self.kind)

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on a day."""
        return self.issued_on <= day and (self.valid_to is None or day <= self.valid_to)
