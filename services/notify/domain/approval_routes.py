"""The rows of the table that tell of approvals inside an organisation: whose step it is, and what it came to."""

from typing import Final

from services.notify.domain.preference import EventClass
from services.notify.domain.recipients import Recipients, addressee
from services.notify.domain.route import row
from shared.contracts import partnership, training
from shared.contracts.approval import ApprovalBody, ApprovalDecidedBody

APPROVAL: Final = EventClass.APPROVAL
_WHAT: Final = "act about_id approval_id"
_WHERE: Final = f"{_WHAT} step steps"


def asked(event: ApprovalBody) -> Recipients:
    """Those whose step it has become."""
    return [addressee(party) for party in event.asked_parties]


def asker(event: ApprovalBody) -> Recipients:
    """The office that asked."""
    return [addressee(event.asker_party)]


def passes_on(event: ApprovalBody) -> bool:
    """Whether there is a step after the one that was decided."""
    return bool(event.asked_parties)


def is_granted(event: ApprovalDecidedBody) -> bool:
    """Whether the act may be done."""
    return event.outcome == "approved"


def is_refused(event: ApprovalDecidedBody) -> bool:
    """Whether somebody refused it."""
    return event.outcome == "refused"


# fmt: off
APPROVAL_ROUTES: Final = (
    row(partnership.ApprovalRequested, asked, "agreement_approval_asked", APPROVAL, _WHERE),
    row(partnership.ApprovalStepDecided, asked, "agreement_approval_passed_on", APPROVAL, _WHERE, when=passes_on),
    row(partnership.ApprovalDecided, asker, "agreement_approval_granted", APPROVAL, _WHAT, when=is_granted),
    row(partnership.ApprovalDecided, asker, "agreement_approval_refused", APPROVAL, f"{_WHAT} step", when=is_refused),
    row(partnership.ApprovalVoided, asker, "agreement_approval_void", APPROVAL, f"{_WHAT} cause"),

    row(training.ApprovalRequested, asked, "school_approval_asked", APPROVAL, _WHERE),
    row(training.ApprovalStepDecided, asked, "school_approval_passed_on", APPROVAL, _WHERE, when=passes_on),
    row(training.ApprovalDecided, asker, "school_approval_granted", APPROVAL, _WHAT, when=is_granted),
    row(training.ApprovalDecided, asker, "school_approval_refused", APPROVAL, f"{_WHAT} step", when=is_refused),
    row(training.ApprovalVoided, asker, "school_approval_void", APPROVAL, f"{_WHAT} cause"),
)
# fmt: on
