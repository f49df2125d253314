"""What may be asked about recognition of dual-qualified teachers."""

from dataclasses import dataclass

from services.training.domain.faculty.evidence_item import EvidenceEntry
from services.training.domain.faculty.recognition_batch import BatchPlan
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.recognition_rules.recheck import CauseKind
from services.training.domain.faculty.recognition_steps import RevocationReason, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBatch:
    """Plan a batch of a university."""

    batch_id: str
    university_id: str
    plan: BatchPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishBatch:
    """Let teachers know of a batch."""

    batch_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBatch:
    """Take applications from today."""

    batch_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBatch:
    """Take no more applications."""

    batch_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBatch:
    """Let the committee begin."""

    batch_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishResults:
    """Publish the results of a batch."""

    batch_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply:
    """Begin an application. `caller_ids` are the persons that the caller is."""

    recognition_id: str
    batch_id: str
    teacher_id: str
    caller_ids: frozenset[str]
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterEvidence:
    """Add a piece of evidence to an application that was not handed in yet."""

    item_id: str
    recognition_id: str
    caller_ids: frozenset[str]
    entry: EvidenceEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawEvidence:
    """Take a piece of evidence out of an application that was not handed in yet."""

    recognition_id: str
    item_id: str
    caller_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitApplication:
    """Hand an application in."""

    recognition_id: str
    caller_ids: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyEvidence:
    """Say whether a piece of evidence is true."""

    item_id: str
    caller_ids: frozenset[str]
    confirmed: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeEvidence:
    """Keep the evidence as it is now, and let the rules look at it."""

    recognition_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewApplication:
    """Say what the university's office thinks of an application."""

    recognition_id: str
    caller_ids: frozenset[str]
    favourable: bool
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRecognition:
    """Record what the committee decided, as its minutes have it."""

    recognition_id: str
    decision_id: str
    caller_ids: frozenset[str]
    approved: bool
    members: int
    present: int
    in_favour: int
    minutes: str
    reason: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseObjection:
    """Note what somebody has against a result that is public."""

    recognition_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleObjection:
    """Say whether an objection holds."""

    recognition_id: str
    caller_ids: frozenset[str]
    number: int
    upheld: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckRecognition:
    """Look at a recognition again, because something that it rests on was taken back."""

    recognition_id: str
    kind: CauseKind
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeRecheck:
    """Say whether a recognition stands after its recheck."""

    recognition_id: str
    caller_ids: frozenset[str]
    upheld: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeRecognition:
    """Take a recognition back."""

    recognition_id: str
    caller_ids: frozenset[str]
    reason_code: RevocationReason
    reason: str
