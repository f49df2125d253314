"""What may be asked about interns' leave."""

from dataclasses import dataclass

from services.training.domain.internship.placement_terms import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAbsence:
    """Ask for leave. `caller_ids` are the persons that the caller is."""

    absence_id: str
    placement_id: str
    caller_ids: frozenset[str]
    period: Segment
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAbsence:
    """Grant a leave or refuse it."""

    absence_id: str
    granted: bool
