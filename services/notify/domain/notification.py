"""One thing that one party is told: made once for what it is about, delivered, read; its text comes when it is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from services.notify.domain.derived_id import derived_id
from services.notify.domain.preference import EventClass
from services.notify.domain.recipients import Recipient
from shared.contracts.fields import MAX_COUNT
from shared.contracts.notify import NotificationDelivered
from shared.errors import NotFound
from shared.kernel.aggregate import Aggregate

_MOST_COUNTED: Final = 1000
_TIMED: Final = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-7")

Variables = Mapping[str, str | int]


class Status(StrEnum):
    """Scheduled for a digest window, delivered to the inbox, or read."""

    SCHEDULED = "scheduled"
    DELIVERED = "delivered"
    READ = "read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the table makes of one event: a template for some recipients, and by what a repeat is recognised.

    A digest has `item`: what it counts. Its first event makes the notification, later ones raise its count.
    """

    template: str
    event_class: EventClass
    recipients: tuple[Recipient, ...]
    dedupe_key: str
    subject: str
    source_event_id: str
    variables: Variables
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification(Aggregate):
    """A notification of one party. `position` is its place in the stream, given once it is committed."""

    kind: ClassVar[str] = "notification"
    recipient: str
    template: str
    event_class: EventClass
    dedupe_key: str
    subject: str
    source_event_id: str
    variables: dict[str, str | int]
    counted: tuple[str, ...] = ()
    late: bool = False
    status: Status = Status.SCHEDULED
    due_at: datetime
    delivered_at: datetime | None = None
    read_at: datetime | None = None
    position: int | None = None

    @classmethod
    def of(cls, notice: Notice, recipient: str, *, story: str, due_at: datetime, late: bool) -> Self:
        """What this party is to be told, not delivered yet."""
        return cls(
            id=notification_id(notice, recipient),
            story=story,
            recipient=recipient,
            template=notice.template,
            event_class=notice.event_class,
            dedupe_key=notice.dedupe_key,
            subject=notice.subject,
            source_event_id=notice.source_event_id,
            variables=dict(notice.variables),
            counted=() if notice.item is None else (notice.item,),
            late=late,
            due_at=due_at,
        )

    @property
    def is_digest(self) -> bool:
        """Whether later events raise its count."""
        return bool(self.counted)

    @property
    def count(self) -> int:
        """How many things it speaks of."""
        return max(1, len(self.counted))

    def deliver(self, at: datetime) -> tuple[Self, NotificationDelivered]:
        """Into the inbox."""
        told = NotificationDelivered(
            notification_id=self.id,
            source_event_id=self.source_event_id,
            recipient=self.recipient,
            template=self.template,
            channel="inbox",
            latency_ms=milliseconds_since(self.source_event_id, at),
        )
        return replace(self, status=Status.DELIVERED, delivered_at=at), told

    def counting(self, item: str | None) -> Self:
        """With one more thing to speak of; itself where it speaks of it already.

        It takes a new place in the stream, and whoever had read it has not read this.
        """
        if item is None or item in self.counted or len(self.counted) >= _MOST_COUNTED:
            return self
        status = Status.DELIVERED if self.status is Status.READ else self.status
        return replace(self, counted=(*self.counted, item), status=status, read_at=None, position=None)

    def read(self, at: datetime) -> Self:
        """Seen by its reader; itself where it was read before. Raises `NotFound` while it is not delivered."""
        if self.status is Status.SCHEDULED:
            raise NotFound(kind=self.kind)
        if self.status is Status.READ:
            return self
        return replace(self, status=Status.READ, read_at=at)


def notification_id(notice: Notice, recipient: str) -> str:
    """The id that follows from (dedupe key, party, template): whoever tells the same again names the same row."""
    return derived_id("notification", notice.dedupe_key, recipient, notice.template)


def milliseconds_since(event_id: str, at: datetime) -> int:
    """How long ago an event was made, which its time-ordered id (UUIDv7) says; 0 for an id of another kind."""
    timed = _TIMED.match(event_id)
    if timed is None:
        return 0
    made = int(timed[1] + timed[2], 16)
    return min(max(0, int(at.timestamp() * 1000) - made), MAX_COUNT)
