"""The evidence that a placement itself rests on: agreement, insurance, safety training, filings and approvals."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from services.training.domain.internship.evidence import Evidence, EvidenceKind
from services.training.domain.internship.evidence_refusals import PaperAhead
from services.training.domain.internship.placement_refusals import CoverEndsBeforeItStarts, NotAPaperOfPlacements


class Signer(StrEnum):
    """The three who sign the agreement on an internship."""

    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    STUDENT = "student"


class Payer(StrEnum):
    """Who pays for the insurance."""

    SCHOOL = "school"
    ENTERPRISE = "enterprise"
    STUDENT = "student"


@dataclass(frozen=True, slots=True, kw_only=True)
class TripartiteAgreement:
    """The agreement of school, enterprise and student; its paper is issued on the day on which the last one signed."""

    paper: Evidence
    signed_by: tuple[Signer, ...]
    on_official_model: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insurance:
    """A liability insurance of the internship: the policy, its days (both included), and who bears its cost."""

    paper: Evidence
    covers_from: date
    covers_to: date
    payer: Payer
    deducted_from_pay: bool | None

    def __post_init__(self) -> None:
        if self.covers_to < self.covers_from:
            raise CoverEndsBeforeItStarts


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyTraining:
    """What the student learnt of safety before they began, and whether they passed the test."""

    paper: Evidence
    trained_on: date
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """That agreement and consents are given anew, and since which day they are (`given_on`).

    An amendment asks for all of them: what was answered before the instant `asked_at` counts no more. Without one, only
    what was voided while the internship was `under_way` is to be given anew.
    """

    asked_at: datetime | None
    under_way: bool
    given_on: date | None = None


Paper = TripartiteAgreement | Insurance | SafetyTraining | Evidence


def evidence_of(paper: Paper) -> Evidence:
    """The paper as evidence."""
    return paper if isinstance(paper, Evidence) else paper.paper


def require_issued(paper: Paper, on: date) -> None:
    """Raise `PaperAhead` unless it was issued by a day, and a training had taken place."""
    evidence_of(paper).require_issued(on)
    if isinstance(paper, SafetyTraining) and paper.trained_on > on:
        raise PaperAhead


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What has been handed in. Consents, logs and payments are kept beside the placement."""

    tripartite: TripartiteAgreement | None = None
    insurance: tuple[Insurance, ...] = ()
    safety_training: SafetyTraining | None = None
    filing: Evidence | None = None
    overseas_approval: Evidence | None = None
    renewal: Renewal | None = None

    def taking(self, paper: Paper) -> Self:
        """With one more; it replaces what it renews: the one of its kind, or the insurance with its number."""
        match paper:
            case TripartiteAgreement():
                return replace(self, tripartite=paper)
            case SafetyTraining():
                return replace(self, safety_training=paper)
            case Insurance():
                others = tuple(known for known in self.insurance if known.paper.number != paper.paper.number)
                return replace(self, insurance=(*others, paper))
        match paper.kind:
            case EvidenceKind.FILING:
                return replace(self, filing=paper)
            case EvidenceKind.OVERSEAS_APPROVAL:
                return replace(self, overseas_approval=paper)
        raise NotAPaperOfPlacements(kind=paper.kind)

    def is_trained(self, on: date) -> bool:
        """Whether the student has passed the test of a safety training by a day."""
        training = self.safety_training
        return training is not None and training.passed and training.trained_on <= on


NO_PAPERS: Final = Papers()
