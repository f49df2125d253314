"""What the notify service tells the others: that somebody was told."""

from typing import Annotated

from shared.contracts.event import Event, named
from shared.contracts.fields import Code, Count, Known, Name
from shared.contracts.ids import NotificationId


@named("notify.notification.delivered", key="notification_id")
class NotificationDelivered(Event):
    """A notification reached its recipient's inbox (or another channel)."""

    notification_id: NotificationId
    source_event_id: Code
    recipient: Name
    template: Code
    channel: Annotated[str, Known("inbox", "email", "webhook")]
    latency_ms: Count
