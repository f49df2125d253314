"""The rows of the table that tell of internships: of students, of the units that take them, and of exceptions."""

from typing import Final

from services.notify.domain.internship_recipients import (
    all_three,
    authorities,
    intern,
    overseers,
    school_and_unit,
    schools,
    unit,
)
from services.notify.domain.preference import EventClass
from services.notify.domain.route import row
from shared.contracts.training import (
    IncidentReported,
    PlacementAmended,
    PlacementApproved,
    PlacementBlocked,
    PlacementCancelled,
    PlacementCompleted,
    PlacementGraded,
    PlacementLogOverdue,
    PlacementPlanned,
    PlacementResumed,
    PlacementStarted,
    PlacementSuspended,
    PlacementTerminated,
    PostCreated,
    RuleOverridden,
    UnitQuotaExceeded,
)

INTERNSHIP, INCIDENT, EXCEPTION = EventClass.INTERNSHIP, EventClass.SAFETY_INCIDENT, EventClass.EXCEPTION

PERIOD: Final = "placement_id starts_on ends_on"
WHAT: Final = "incident_id kind severity occurred_on"
OVERRIDDEN: Final = "subject_id"


def is_grave(event: IncidentReported) -> bool:
    """Whether the authorities hear of an incident: of all but minor ones, and of whatever violates rights."""
    return event.severity != "minor" or event.kind == "rights_violation"


def is_to_agree_anew(event: PlacementAmended) -> bool:
    """Whether agreement and consents are to be given anew after an amendment."""
    return event.papers_voided


def is_agreed_still(event: PlacementAmended) -> bool:
    """Whether an amendment leaves agreement and consents as they are."""
    return not event.papers_voided


# fmt: off
INTERNSHIP_ROUTES: Final = (
    row(PostCreated, schools, "post_offered", INTERNSHIP, "post_id title headcount categories"),
    row(PlacementPlanned, intern, "internship_planned", INTERNSHIP, PERIOD),
    row(PlacementPlanned, school_and_unit, "intern_planned", INTERNSHIP, f"{PERIOD} post_id"),
    row(PlacementApproved, intern, "internship_approved", INTERNSHIP, PERIOD),
    row(PlacementApproved, school_and_unit, "intern_approved", INTERNSHIP, f"{PERIOD} post_id"),
    row(PlacementBlocked, school_and_unit, "internship_blocked", INTERNSHIP, "placement_id rules why_zh why_en"),
    row(PlacementStarted, all_three, "internship_started", INTERNSHIP, PERIOD),
    row(PlacementAmended, all_three, "internship_amended", INTERNSHIP, PERIOD, when=is_agreed_still),
    row(PlacementAmended, all_three, "internship_to_agree_anew", INTERNSHIP, PERIOD, when=is_to_agree_anew),
    row(PlacementSuspended, all_three, "internship_suspended", INTERNSHIP, "placement_id cause"),
    row(PlacementResumed, all_three, "internship_resumed", INTERNSHIP, "placement_id ends_on"),
    row(PlacementCancelled, all_three, "internship_cancelled", INTERNSHIP, "placement_id cause"),
    row(PlacementTerminated, all_three, "internship_terminated", INTERNSHIP, "placement_id cause terminated_on"),
    row(PlacementCompleted, all_three, "internship_completed", INTERNSHIP, "placement_id days hours"),
    row(PlacementGraded, intern, "internship_graded", INTERNSHIP, "placement_id grade"),
    row(PlacementGraded, school_and_unit, "intern_graded", INTERNSHIP, "placement_id"),
    row(PlacementLogOverdue, intern, "log_overdue", INTERNSHIP, "placement_id week_no week_starts_on due_on"),

    row(IncidentReported, school_and_unit, "incident_reported", INCIDENT, f"{WHAT} placement_id"),
    row(IncidentReported, authorities, "incident_to_supervise", INCIDENT, WHAT, when=is_grave),

    row(RuleOverridden, overseers, "rule_overridden", EXCEPTION, OVERRIDDEN, digest_by="subject_id"),
    row(UnitQuotaExceeded, unit, "internship_quota_exceeded", INTERNSHIP, "unit_id caps"),
)
# fmt: on
