"""The rows of the table that tell of steps of the ladders: in time, of overdue practice, and of overdue logs."""

from typing import Final

from services.notify.domain.preference import EventClass
from services.notify.domain.recipients import Recipients, addressee
from services.notify.domain.route import row
from shared.contracts.notify import EscalationRaised

OBLIGATION, OVERDUE, INTERNSHIP = EventClass.OBLIGATION, EventClass.OVERDUE_OBLIGATION, EventClass.INTERNSHIP

PRACTICE: Final = "owed_by_id obligation_kind due_on"


def addressees(event: EscalationRaised) -> Recipients:
    """Those whom the step of the ladder names."""
    return [addressee(party) for party in event.addressees]


def of_practice_in_time(event: EscalationRaised) -> bool:
    """Whether practice is owed that can still be done in time."""
    return event.ladder in {"obligation_due", "obligation_at_risk"}


def of_practice_overdue(event: EscalationRaised) -> bool:
    """Whether practice is owed that should have been done."""
    return event.ladder == "obligation_overdue"


def of_log(event: EscalationRaised) -> bool:
    """Whether a weekly log is missing."""
    return event.ladder == "placement_log"


# fmt: off
REMINDER_ROUTES: Final = (
    row(EscalationRaised, addressees, "practice_reminder", OBLIGATION, PRACTICE, when=of_practice_in_time),
    row(EscalationRaised, addressees, "practice_escalated", OVERDUE, f"{PRACTICE} days", when=of_practice_overdue),
    row(EscalationRaised, addressees, "log_reminder", INTERNSHIP, "subject_id owed_by_id week_no days", when=of_log),
)
# fmt: on
