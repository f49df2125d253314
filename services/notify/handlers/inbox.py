"""Telling parties of events, each once, and noting what they have read."""

from collections.abc import Collection
from typing import TypeVar

from services.notify.commands import MarkRead
from services.notify.domain.directory import Known, KnownSides, asked_by_offices, asked_by_sides, expanded, named
from services.notify.domain.notification import Notice, Notification, notification_id
from services.notify.domain.party import Party
from services.notify.domain.preference import Channel, Mode, due_at
from services.notify.domain.recipients import Recipient
from services.notify.domain.routes import notices
from services.notify.ports import Work
from shared.contracts.event import Event
from shared.kernel.work import NotYet, Reader

K = TypeVar("K", Known, KnownSides)


async def tell_parties(event: Event, work: Work) -> None:
    """Tell everybody whom the table names for this event; who was told before is not told again."""
    for notice in notices(event, work.context.causation_id or event.subject):
        for recipient in await _parties(notice.recipients, work):
            await _tell(notice, recipient, work)


async def mark_read(command: MarkRead, work: Work) -> Notification:
    """Note that a notification was read; the first time counts."""
    notification = await work.notifications.get(command.notification_id)
    read = notification.read(work.context.now)
    return notification if read is notification else work.notifications.save(read)


async def deliver_scheduled(id: str, work: Work) -> None:
    """Deliver what waited for its digest window."""
    notification = await work.notifications.get(id)
    if notification.delivered_at is None:
        delivered, told = notification.deliver(work.context.now)
        work.notifications.save(delivered, told)


async def _tell(notice: Notice, recipient: str, work: Work) -> None:
    known = await work.notifications.find(notification_id(notice, recipient))
    if known is None:
        await _tell_first(notice, recipient, work)
    elif (counted := known.counting(notice.item)) is not known:
        work.notifications.save(counted)


async def _tell_first(notice: Notice, recipient: str, work: Work) -> None:
    now = work.context.now
    chosen = await work.choices.find(recipient) or Party.blank(recipient)
    mode = chosen.mode(notice.event_class, Channel.INBOX)
    if mode is Mode.OFF:
        return
    story = work.context.correlation_id or notice.subject
    due = due_at(mode, now)
    notification = Notification.of(notice, recipient, story=story, due_at=due, late=work.context.replay)
    if due > now:
        work.notifications.add(notification)
    else:
        delivered, told = notification.deliver(now)
        work.notifications.add(delivered, told)


async def _parties(recipients: Collection[Recipient], work: Work) -> list[str]:
    try:
        told = expanded(recipients, await _among(work.sides, asked_by_sides(recipients)))
        return named(told, await _among(work.directory, asked_by_offices(told)))
    except KeyError as unknown:
        raise NotYet(f"{unknown.args[0]} is not known yet") from None


async def _among(reader: Reader[K], ids: set[str]) -> dict[str, K]:
    return {known.id: known for known in await reader.where(id=sorted(ids))} if ids else {}
