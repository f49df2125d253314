"""Approvals inside the parties of agreements: asked for, decided step by step, void."""

from shared.contracts.approval import (
    ApprovalDecidedBody,
    ApprovalRequestedBody,
    ApprovalStateBody,
    ApprovalStepDecidedBody,
    ApprovalVoidedBody,
)
from shared.contracts.event import Event, named


@named("partnership.approval.requested", key="approval_id")
class ApprovalRequested(ApprovalRequestedBody, Event):
    """An organisation is asked to let an act be done."""


@named("partnership.approval.step_decided", key="approval_id")
class ApprovalStepDecided(ApprovalStepDecidedBody, Event):
    """Somebody has approved or refused at a step."""


@named("partnership.approval.decided", key="approval_id")
class ApprovalDecided(ApprovalDecidedBody, Event):
    """The last step approved it, or one refused it."""


@named("partnership.approval.voided", key="approval_id")
class ApprovalVoided(ApprovalVoidedBody, Event):
    """The approval counts no more."""


@named("partnership.approval.state", key="approval_id")
class ApprovalState(ApprovalStateBody):
    """An approval as it is now."""
