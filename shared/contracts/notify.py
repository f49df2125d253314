"""What the notify service tells the others: that somebody was told."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event, named
from shared.contracts.fields import Code, Known
from shared.contracts.ids import NotificationId


@named("notify.notification.delivered", key="notification_id")
class NotificationDelivered(Event):
    """A notification reached its recipient's inbox (or another channel)."""

    notification_id: NotificationId
    source_event_id: Code
    recipient: str = Field(max_length=200)
    template: Code
    channel: Annotated[str, Known("inbox", "email", "webhook")]
    latency_ms: int = Field(ge=0)
