"""What may be asked of the credit bank."""

from dataclasses import dataclass

from services.training.domain.outcome import OutcomeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccount:
    """Open a student's account."""

    account_id: str
    student_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOutcome:
    """Store what a learner has learnt; the evidence is a cohort or a practice period."""

    outcome_id: str
    account_id: str
    outcome_kind: OutcomeKind
    hours: int
    evidence_id: str
    course: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecogniseOutcome:
    """Say how many credits an outcome is worth."""

    outcome_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeConversion:
    """Ask for credits in a programme; of each outcome so many half credits, or all (None)."""

    conversion_id: str
    account_id: str
    wanted: tuple[tuple[str, int | None], ...]
    target_programme_id: str
    target_course: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewConversion:
    """Take up a proposal."""

    conversion_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveConversion:
    """Approve a reviewed proposal and post it."""

    conversion_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectConversion:
    """Refuse a proposal."""

    conversion_id: str
    organization_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseConversion:
    """Take a posted conversion back."""

    conversion_id: str
    organization_id: str
    reason: str
