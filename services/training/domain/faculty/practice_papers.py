"""What proves a teacher's practice, as its checklist shows it."""

from datetime import date
from typing import Final

from services.training.domain.faculty.practice import Practice, PracticeStatus
from services.training.domain.internship.evidence import EvidenceKind
from shared.documents.checklist import Needed

_OVER: Final = frozenset({PracticeStatus.COMPLETED, PracticeStatus.VERIFIED})


def records_needed(practice: Practice, _on: date) -> tuple[Needed, ...]:
    """The record of a practice that is over."""
    if practice.status not in _OVER:
        return ()
    return (Needed(kind=EvidenceKind.PRACTICE_RECORD, held=tuple(paper.held for paper in practice.evidence)),)
