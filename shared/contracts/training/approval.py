"""Approvals inside universities: asked for, decided step by step, void."""

from shared.contracts.approval import (
    ApprovalDecidedBody,
    ApprovalRequestedBody,
    ApprovalStateBody,
    ApprovalStepDecidedBody,
    ApprovalVoidedBody,
)
from shared.contracts.event import Event, named


@named("training.approval.requested", key="approval_id")
class ApprovalRequested(ApprovalRequestedBody, Event):
    """An organisation is asked to let an act be done."""


@named("training.approval.step_decided", key="approval_id")
class ApprovalStepDecided(ApprovalStepDecidedBody, Event):
    """Somebody has approved or refused at a step."""


@named("training.approval.decided", key="approval_id")
class ApprovalDecided(ApprovalDecidedBody, Event):
    """The last step approved it, or one refused it."""


@named("training.approval.voided", key="approval_id")
class ApprovalVoided(ApprovalVoidedBody, Event):
    """The approval counts no more."""


@named("training.approval.state", key="approval_id")
class ApprovalState(ApprovalStateBody):
    """An approval as it is now."""
