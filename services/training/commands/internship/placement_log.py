"""What may be asked about the weekly logs of an internship."""

from dataclasses import dataclass

from services.training.domain.internship.placement_log import Review, WeekEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteLog:
    """Write the log of one week. `caller_ids` are the persons that the caller is."""

    placement_id: str
    caller_ids: frozenset[str]
    decision_id: str
    entry: WeekEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLog:
    """Accept a log or return it."""

    log_id: str
    review: Review
