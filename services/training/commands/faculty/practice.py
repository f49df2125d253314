"""What may be asked about practice periods."""

from dataclasses import dataclass
from datetime import date

from services.training.domain.faculty.practice import PracticePlan, SideVerdict
from services.training.domain.faculty.practice_log import LogEntry
from services.training.domain.internship.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPractice:
    """Plan a period on the seats of an agreement. `caller_ids` are the persons that the caller is."""

    practice_id: str
    teacher_id: str
    caller_ids: frozenset[str]
    agreement_id: str
    plan: PracticePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePractice:
    """Agree with a plan and take a seat for it."""

    practice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPractice:
    """Begin."""

    practice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPractice:
    """Write what was done in one week."""

    practice_id: str
    entries: tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletePractice:
    """Say that the period is over, with what proves it beside its logs."""

    practice_id: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PausePractice:
    """Let a period stand still from a day on, today if none is named."""

    practice_id: str
    first: date | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumePractice:
    """Let a paused period go on."""

    practice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokePractice:
    """Take the verification of a period back."""

    practice_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyPractice:
    """Say for one side whether the period took place as logged."""

    practice_id: str
    decision_id: str
    verdict: SideVerdict
