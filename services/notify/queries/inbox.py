"""The inbox: what a reader's parties were told, newest first, and what was told after a place."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, Subquery, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.notification import Notification, Status
from services.notify.queries.places import newest_place
from services.notify.storage import NOTIFICATION, PARTY, NotifyWork

_MAPPING: Final = NotifyWork.mapping_of(Notification)

Rows = Select[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which notifications are asked for; what is not said does not narrow."""

    unread: bool | None = None
    event_class: str | None = None
    template: str | None = None

    def narrow(self, statement: Rows) -> Rows:
        """The statement with these filters."""
        if self.unread is not None:
            is_read = NOTIFICATION.c.status == Status.READ
            statement = statement.where(~is_read if self.unread else is_read)
        if self.event_class is not None:
            statement = statement.where(NOTIFICATION.c.event_class == self.event_class)
        if self.template is not None:
            statement = statement.where(NOTIFICATION.c.template == self.template)
        return statement


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Some notifications in order, and the place up to which there is no other."""

    notifications: Sequence[Notification]
    position: int


async def told(
    connection: AsyncConnection, parties: Collection[str], wanted: Wanted, before: int | None, limit: int
) -> list[Notification]:
    """What these parties were told, the newest first, from before a place on."""
    if not parties:
        return []
    # Each party's newest come from the index; asked for together, all that they were ever told would be sorted.
    newest = [select(_newest(party, wanted, before, limit)) for party in sorted(parties)]
    together = union_all(*newest).subquery()
    rows = await connection.execute(select(together).order_by(together.c.position.desc()).limit(limit))
    return [_MAPPING.thing(row) for row in rows.mappings()]


async def told_after(connection: AsyncConnection, parties: Collection[str], after: int, limit: int) -> InboxPage:
    """What these parties were told after a place, in order."""
    newest = await newest_place(connection, NOTIFICATION)
    statement = _told_to(parties).where(NOTIFICATION.c.position > after, NOTIFICATION.c.position <= newest)
    rows = await connection.execute(statement.order_by(NOTIFICATION.c.position).limit(limit))
    notifications = [_MAPPING.thing(row) for row in rows.mappings()]
    if len(notifications) < limit:
        return InboxPage(notifications, max(after, newest))
    return InboxPage(notifications, notifications[-1].position or after)


async def place(connection: AsyncConnection) -> int:
    """How far the inbox has come: the place of the newest notification of anybody."""
    return await newest_place(connection, NOTIFICATION)


async def locales(connection: AsyncConnection, parties: Collection[str]) -> dict[str, str]:
    """The language that each of these parties has chosen, where one has."""
    rows = await connection.execute(select(PARTY.c.id, PARTY.c.locale).where(PARTY.c.id.in_(parties)))
    return {row.id: row.locale for row in rows}


async def scheduled(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Ids of notifications whose digest window has come."""
    due = select(NOTIFICATION.c.id).where(NOTIFICATION.c.status == Status.SCHEDULED, NOTIFICATION.c.due_at <= now)
    return list((await connection.execute(due.order_by(NOTIFICATION.c.due_at).limit(limit))).scalars())


def _newest(party: str, wanted: Wanted, before: int | None, limit: int) -> Subquery:
    statement = wanted.narrow(_told_to([party]))
    if before is not None:
        statement = statement.where(NOTIFICATION.c.position < before)
    return statement.order_by(NOTIFICATION.c.position.desc()).limit(limit).subquery()


def _told_to(parties: Collection[str]) -> Rows:
    return select(NOTIFICATION).where(NOTIFICATION.c.recipient.in_(parties), NOTIFICATION.c.position.is_not(None))
