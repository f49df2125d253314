"""What is asked for with a round of signatures, how far it has come, and why it may count no more."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shared.documents.document import Document
from shared.documents.signing.signature import Signer
from shared.errors import State


class RoundStatus(State):
    """How far a round has come."""

    OPEN = "open", "进行中", "open"
    COMPLETE = "complete", "已完成", "complete"
    VOID = "void", "已失效", "void"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


class Cause(StrEnum):
    """Why the signatures of a round count no more."""

    DOCUMENT_VOIDED = "document_voided"
    DOCUMENT_ERASED = "document_erased"
    DOCUMENT_REPLACED = "document_replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTerms:
    """Whose signatures an organisation asks for, on which document, in which order, until when.

    Of a `confidential` round not everybody knows who may read the document's object.
    """

    document: Document
    organization_id: str
    signers: tuple[Signer, ...]
    ordered: bool
    due_on: date | None
    reminder_days: tuple[int, ...]
    confidential: bool = False
