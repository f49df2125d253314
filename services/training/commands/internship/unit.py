"""What may be asked about units for internships. `organization_id` is the caller's."""

from dataclasses import dataclass
from datetime import date

from services.training.domain.internship.evidence import Evidence
from services.training.domain.internship.site import ListDecision, SiteReport
from services.training.domain.internship.unit import ExternalInterns, RecordCheck, ViolationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareExternalInterns:
    """State all interns that one's unit has from schools outside the platform."""

    unit_id: str
    organization_id: str
    interns: tuple[ExternalInterns, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectSite:
    """Report what one's university found when it visited a unit."""

    inspection_id: str
    organization_id: str
    enterprise_id: str
    report: SiteReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveSiteList:
    """Publish the units that a meeting of one's school approved."""

    organization_id: str
    enterprise_ids: tuple[str, ...]
    decision: ListDecision


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRecord:
    """State that a unit's public record was looked up, and that nothing stands in it but what is entered."""

    unit_id: str
    organization_id: str | None
    check: RecordCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordViolation:
    """Put a violation or bad credit on a unit's record."""

    unit_id: str
    organization_id: str | None
    violation_id: str
    violation_kind: ViolationKind
    occurred_on: date
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawViolation:
    """Note that a violation was recorded in error."""

    unit_id: str
    organization_id: str | None
    violation_id: str
    reason: str
