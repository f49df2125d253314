"""What the notify service tells the others: that somebody was told, and that a reminder went a step further up."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.erasure import ErasureReceiptBody
from shared.contracts.event import Event, named
from shared.contracts.fields import Code, Count, Known, Name
from shared.contracts.ids import EscalationId, NotificationId


@named("notify.notification.delivered", key="notification_id")
class NotificationDelivered(Event):
    """A notification reached its recipient's inbox (or another channel)."""

    notification_id: NotificationId
    source_event_id: Code
    recipient: Name
    template: Code
    channel: Annotated[str, Known("inbox", "email", "webhook")]
    latency_ms: Count


@named("notify.escalation.raised", key="escalation_id")
class EscalationRaised(Event):
    """What is owed is still owed: a step of a reminder ladder was reached, once.

    `level` says who hears of it: 0 whoever owes it, 1 whoever looks after them, 2 whoever stands above, 3 the council.
    `days` are counted from `due_on` to the telling, negative before it. An obligation says its kind, a log its week.
    """

    escalation_id: EscalationId
    ladder: Annotated[str, Known("obligation_due", "obligation_at_risk", "obligation_overdue", "placement_log")]
    subject_id: Code
    owed_by_id: Code
    obligation_kind: Code | None = None
    week_no: Count | None = None
    due_on: date
    days: Annotated[int, Field(ge=-100_000, le=100_000)]
    step: Annotated[int, Field(ge=1, le=100)]
    level: Annotated[int, Field(ge=0, le=10)]
    addressees: list[Name] = Field(min_length=1)


@named("notify.erasure.receipted", key="erasure_id")
class ErasureReceipted(ErasureReceiptBody, Event):
    """Notify has forgotten a person."""
