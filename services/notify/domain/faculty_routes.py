"""The rows of the table that tell of teachers: practice, what they owe, recognition, leave, who joins, and rosters."""

from typing import Final

from services.notify.domain.faculty_recipients import engaged, host, hr, registrar, teacher, verifiers
from services.notify.domain.preference import EventClass
from services.notify.domain.route import row
from shared.contracts.training import (
    LeaveCancelled,
    LeaveRecorded,
    ObligationAtRisk,
    ObligationFulfilled,
    ObligationOpened,
    ObligationOverdue,
    ObligationRegressed,
    PracticeApproved,
    PracticeCompleted,
    PracticeRejected,
    PracticeRevoked,
    PracticeVerified,
    RecognitionExpiring,
    RecognitionGranted,
    RecognitionRevoked,
    RecruitmentChecked,
    RosterReceived,
    TechnicianEngaged,
    TechnicianEngagementCompleted,
)

PRACTICE, OBLIGATION, OVERDUE = EventClass.PRACTICE, EventClass.OBLIGATION, EventClass.OVERDUE_OBLIGATION
RECOGNITION, STAFF = EventClass.RECOGNITION, EventClass.STAFF

ENGAGEMENT: Final = "engagement_id hours_done hours_planned"
ROSTER: Final = "roster_id added changed returned left unreadable"


def is_waiting(event: RosterReceived) -> bool:
    """Whether a roster waits for its office, and does not act by itself."""
    return event.waits


# fmt: off
FACULTY_ROUTES: Final = (
    row(PracticeApproved, teacher, "practice_approved", PRACTICE, "practice_id starts_on ends_on"),
    row(PracticeApproved, host, "practice_expected", PRACTICE, "practice_id starts_on ends_on"),
    row(PracticeCompleted, verifiers, "practice_to_verify", PRACTICE, "practice_id days_claimed"),
    row(PracticeVerified, teacher, "practice_verified", PRACTICE, "practice_id verified_days rolling_days"),
    row(PracticeRejected, teacher, "practice_rejected", PRACTICE, "practice_id"),
    row(PracticeRevoked, teacher, "practice_revoked", PRACTICE, "practice_id verified_days"),

    row(ObligationOpened, teacher, "obligation_opened", OBLIGATION, "kind required_days due_on"),
    row(ObligationAtRisk, teacher, "obligation_at_risk", OBLIGATION, "kind done_days required_days due_on"),
    row(ObligationAtRisk, hr, "teacher_at_risk", OBLIGATION, "teacher_id kind done_days required_days due_on"),
    row(ObligationOverdue, teacher, "obligation_overdue", OVERDUE, "kind done_days required_days overdue_on"),
    row(ObligationOverdue, hr, "teacher_overdue", OVERDUE, "teacher_id kind done_days required_days overdue_on"),
    row(ObligationFulfilled, teacher, "obligation_fulfilled", OBLIGATION, "kind done_days required_days"),
    row(ObligationRegressed, teacher, "obligation_regressed", OBLIGATION, "kind done_days required_days due_on"),
    row(ObligationRegressed, hr, "teacher_regressed", OBLIGATION, "teacher_id kind done_days required_days"),

    row(RecognitionGranted, teacher, "recognition_granted", RECOGNITION, "recognition_id level starts_on ends_on"),
    row(RecognitionExpiring, teacher, "recognition_expiring", RECOGNITION, "recognition_id level ends_on"),
    row(RecognitionExpiring, hr, "teacher_recognition_expiring", RECOGNITION, "teacher_id level ends_on"),
    row(RecognitionRevoked, teacher, "recognition_revoked", RECOGNITION, "recognition_id level revoked_on"),
    row(RecognitionRevoked, hr, "teacher_recognition_revoked", RECOGNITION, "teacher_id level revoked_on"),

    row(LeaveRecorded, teacher, "leave_recorded", STAFF, "starts_on ends_on"),
    row(LeaveCancelled, teacher, "leave_cancelled", STAFF, "starts_on ends_on"),

    row(TechnicianEngaged, engaged, "technician_engaged", STAFF, "engagement_id starts_on ends_on hours_planned"),
    row(TechnicianEngagementCompleted, engaged, "engagement_completed", STAFF, ENGAGEMENT),
    row(RecruitmentChecked, hr, "recruitment_checked", STAFF, "recruitment_id check_id verdict"),

    row(RosterReceived, registrar, "roster_waits", STAFF, ROSTER, when=is_waiting),
)
# fmt: on
