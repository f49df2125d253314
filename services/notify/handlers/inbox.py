"""Telling parties of events, each once, and noting what they have read."""

from collections.abc import Mapping
from functools import partial

from services.notify.commands import MarkRead
from services.notify.domain.directory import asked_by_offices, asked_by_sides, expanded, named
from services.notify.domain.notification import Notice, Notification, notification_id
from services.notify.domain.party import Party
from services.notify.domain.preference import Channel, Mode, due_at
from services.notify.domain.routes import notices
from services.notify.handlers.naming import kinds_of, parties_of, so_far
from services.notify.ports import Work
from shared.contracts.event import Event


async def tell_parties(event: Event, work: Work) -> None:
    """Tell everybody whom the table names for this event; who was told before is not told again."""
    for notice in notices(event, work.context.causation_id or event.subject):
        for recipient in await parties_of(notice.recipients, work):
            await tell(notice, recipient, work)


async def foresee_parties(events: Mapping[str, Event], work: Work) -> None:
    """Ask once for everything that `tell_parties` will ask for, event by event."""
    told = [notice for id, event in events.items() for notice in notices(event, id)]
    recipients = [recipient for notice in told for recipient in notice.recipients]
    sides, kinds = await work.sides.known(asked_by_sides(recipients)), await kinds_of(recipients, work)
    found = [(notice, so_far(partial(expanded, notice.recipients, sides, kinds))) for notice in told]
    directory = await work.directory.known({id for _, them in found for id in asked_by_offices(them)})
    parties = [(notice, party) for notice, them in found for party in so_far(partial(named, them, directory))]
    await work.notifications.known(notification_id(notice, party) for notice, party in parties)
    await work.choices.known({party for _, party in parties})


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


async def tell(notice: Notice, recipient: str, work: Work) -> None:
    """Tell one party, unless it was told before; what it was told of may count one more thing."""
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
