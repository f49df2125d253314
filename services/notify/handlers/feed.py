"""Keeping events for the feed."""

from services.notify.commands import KeepEvent
from services.notify.domain.feed_entry import FeedEntry, entry_id
from services.notify.ports import Work


async def keep_event(command: KeepEvent, work: Work) -> None:
    """Keep an event as it was published; the same source, id and type is kept once."""
    work.entries.keep(_entry(command, work))


def _entry(command: KeepEvent, work: Work) -> FeedEntry:
    return FeedEntry(
        id=entry_id(command.source, command.event_id, command.type),
        story=command.correlation_id,
        version=1,
        test=command.test,
        event_id=command.event_id,
        source=command.source,
        type=command.type,
        subject=command.subject,
        sequence=command.sequence,
        causation_id=command.causation_id,
        time=command.time,
        attributes=command.attributes,
        content_type=command.content_type,
        payload=command.payload,
        received_at=work.context.now,
    )
