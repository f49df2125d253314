"""What a coordinator must look at: placements that are blocked, lack something, are late, or end soon."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import BEFORE_APPROVAL, CONCURRENT, UNDER_WAY, PlacementStatus
from services.training.domain.internship.placement_terms import InternshipKind
from shared.rules import Decision, Finding, Verdict

LOOKED_AT: Final = BEFORE_APPROVAL | CONCURRENT | {PlacementStatus.COMPLETED}
"""While something may be the matter with a placement."""


class ExceptionKind(StrEnum):
    """What is the matter."""

    BLOCKED = "blocked"
    FACT_MISSING = "fact_missing"
    PAPER_MISSING = "paper_missing"
    LOG_OVERDUE = "log_overdue"
    ENDS_SOON = "ends_soon"
    TERMINATION_REQUESTED = "termination_requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementException:
    """A placement with all that is the matter with it. `findings` are the refusals, and what could not be judged."""

    placement: Placement
    kinds: tuple[ExceptionKind, ...]
    findings: tuple[Finding, ...]
    missing_papers: tuple[str, ...]
    overdue_weeks: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardWanted:
    """Which exceptions are asked for: of these universities (None: of all), after an id, of one kind."""

    university_ids: Collection[str] | None
    after: str
    limit: int
    kind: ExceptionKind | None
    on: date
    soon: timedelta


def exception_of(
    placement: Placement, decision: Decision | None, overdue_weeks: Iterable[date], *, on: date, soon: timedelta
) -> PlacementException:
    """What is the matter with a placement on a day; `kinds` is empty where nothing is."""
    refused = tuple(finding for finding in _findings(decision) if finding.refuses)
    unknown = tuple(finding for finding in _findings(decision) if finding.verdict is Verdict.UNKNOWN)
    missing, overdue = missing_papers(placement), tuple(sorted(overdue_weeks))
    matters = {
        ExceptionKind.BLOCKED: placement.status is PlacementStatus.BLOCKED,
        ExceptionKind.FACT_MISSING: bool(unknown) and placement.status in BEFORE_APPROVAL,
        ExceptionKind.PAPER_MISSING: bool(missing),
        ExceptionKind.LOG_OVERDUE: bool(overdue),
        ExceptionKind.ENDS_SOON: placement.status in UNDER_WAY and placement.ends_on <= on + soon,
        ExceptionKind.TERMINATION_REQUESTED: placement.status in UNDER_WAY and bool(placement.termination_request),
    }
    return PlacementException(
        placement=placement,
        kinds=tuple(kind for kind, applies in matters.items() if applies),
        findings=tuple(dict.fromkeys((*refused, *unknown))),
        missing_papers=missing,
        overdue_weeks=overdue,
    )


def missing_papers(placement: Placement) -> tuple[str, ...]:
    """The papers of a placement that nobody has handed in yet, by their kinds; a consent, where one was voided."""
    if placement.status not in BEFORE_APPROVAL | CONCURRENT:
        return ()
    papers = placement.papers
    there = {
        "consent": not placement.lacks_consent,
        "tripartite_agreement": papers.tripartite is not None or placement.internship_kind is InternshipKind.COGNITION,
        "insurance": bool(papers.insurance),
        "safety_training": papers.safety_training is not None and papers.safety_training.passed,
    }
    return tuple(kind for kind, handed_in in there.items() if not handed_in)


def _findings(decision: Decision | None) -> tuple[Finding, ...]:
    return () if decision is None else decision.findings
