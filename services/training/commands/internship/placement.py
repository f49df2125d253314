"""What may be asked about internships. `organization_id` is the caller's."""

from dataclasses import dataclass

from services.training.domain.internship.evidence import Evidence
from services.training.domain.internship.placement_amendment import Amendment
from services.training.domain.internship.placement_papers import Paper
from services.training.domain.internship.placement_terms import (
    Assessment,
    Cause,
    Guides,
    OverrideReason,
    PlacementPlan,
    PlacementTerms,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPlacement:
    """Plan an internship of a student of the caller's university; None: the student plans it for themselves."""

    placement_id: str
    organization_id: str | None
    student_id: str
    plan: PlacementPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPlacements:
    """Plan many internships, or none of them: one row that is refused keeps all of them out."""

    rows: tuple[PlanPlacement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendPlacement:
    """Say anew who guides a student and what is paid."""

    placement_id: str
    terms: PlacementTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendAgreed:
    """Say days, pay or guides of an internship anew before it is completed, and why."""

    placement_id: str
    organization_id: str
    decision_id: str
    amendment: Amendment
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignGuides:
    """Name who guides a student on both sides."""

    placement_id: str
    guides: Guides


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence:
    """Hand in a paper of a placement."""

    placement_id: str
    paper: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveSelfFoundUnit:
    """Agree with the unit that a student has found."""

    placement_id: str
    organization_id: str
    approval: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class RunComplianceCheck:
    """Ask the rules about a placement as it is now."""

    placement_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRule:
    """Accept what a rule refuses in principle."""

    placement_id: str
    decision_id: str
    rule: str
    approver_role: str
    organization_id: str | None
    reason_code: OverrideReason
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePlacement:
    """Approve a placement that was checked, by rules that are asked once more."""

    placement_id: str
    organization_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPlacement:
    """Begin."""

    placement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendPlacement:
    """Let it rest."""

    placement_id: str
    organization_id: str
    cause: Cause
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumePlacement:
    """Go on."""

    placement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelPlacement:
    """Say that it will not take place."""

    placement_id: str
    organization_id: str
    cause: Cause
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTermination:
    """Ask the school to end one's own internship. `caller_ids` are the persons that the caller is."""

    placement_id: str
    caller_ids: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminatePlacement:
    """End it before its last day."""

    placement_id: str
    organization_id: str
    cause: Cause
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletePlacement:
    """Say that it is over."""

    placement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradePlacement:
    """Say what it was worth."""

    placement_id: str
    decision_id: str
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePlacement:
    """Close the file."""

    placement_id: str
