"""What the table asks for after a story's events, beside what parties were told: two lists that must be equal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.directory import (
    Known,
    KnownSides,
    asked_by_everyone,
    asked_by_offices,
    asked_by_sides,
    expanded,
    named,
    those_of,
)
from services.notify.domain.feed_entry import FeedEntry
from services.notify.domain.notification import Notice
from services.notify.domain.recipients import Everyone, Recipient
from services.notify.domain.routes import notices
from services.notify.queries.feed import story
from services.notify.storage import NOTIFICATION, NotifyWork
from shared.contracts.event import Event
from shared.contracts.registry import REGISTRY
from shared.errors import Conflict
from shared.persistence.sql_store import SqlStore

_DIRECTORY: Final = NotifyWork.directory.mapping
_SIDES: Final = NotifyWork.sides.mapping
_MOST: Final = 1000


class NotKnownYet(Conflict):
    """Who is to be told follows from states that have not all arrived."""

    en = "{subject} is not known here yet; ask again in a moment."
    zh = "尚未收到 {subject} 的信息，请稍后再查询。"


@dataclass(frozen=True, slots=True, order=True)
class Telling:
    """That a party is told something once; `count` is how many things a digest speaks of, else 1."""

    dedupe_key: str
    party: str
    template: str
    count: int


async def due(connection: AsyncConnection, correlation_id: str) -> list[Telling]:
    """What the table makes of the story's first thousand events. Raises `NotKnownYet`."""
    made = [notice for entry in await story(connection, correlation_id, _MOST) for notice in _notices(entry)]
    recipients = [recipient for notice in made for recipient in notice.recipients]
    sides = await _sides(connection, asked_by_sides(recipients))
    everybody = await _everybody(connection, asked_by_everyone(recipients))
    try:
        told = [(notice, expanded(notice.recipients, sides, everybody)) for notice in made]
        asked = asked_by_offices(recipient for _, recipients in told for recipient in recipients)
        return _counted(told, await _directory(connection, asked))
    except KeyError as unknown:
        raise NotKnownYet(subject=unknown.args[0]) from None


async def told(connection: AsyncConnection, correlation_id: str) -> list[Telling]:
    """What parties were told, or will be when their digest's hour comes, of the story."""
    columns = (NOTIFICATION.c.dedupe_key, NOTIFICATION.c.recipient, NOTIFICATION.c.template, NOTIFICATION.c.counted)
    rows = await connection.execute(select(*columns).where(NOTIFICATION.c.story == correlation_id))
    return sorted(Telling(key, party, template, max(1, len(items))) for key, party, template, items in rows)


def _notices(entry: FeedEntry) -> Iterator[Notice]:
    body = REGISTRY.get(entry.type)
    if body is not None and entry.payload is not None:
        event = body.read(entry.payload)
        if isinstance(event, Event):
            yield from notices(event, entry.event_id)


def _counted(told: Iterable[tuple[Notice, list[Recipient]]], directory: Mapping[str, Known]) -> list[Telling]:
    items: dict[tuple[str, str, str], set[str | None]] = {}
    for notice, recipients in told:
        for party in named(recipients, directory):
            items.setdefault((notice.dedupe_key, party, notice.template), set()).add(notice.item)
    return sorted(Telling(*key, len(things)) for key, things in items.items())


async def _sides(connection: AsyncConnection, ids: set[str]) -> dict[str, KnownSides]:
    found: list[KnownSides] = await SqlStore(connection).where(_SIDES, {"id": sorted(ids)}, lock=False)
    return {known.id: known for known in found}


async def _directory(connection: AsyncConnection, ids: set[str]) -> dict[str, Known]:
    found: list[Known] = await SqlStore(connection).where(_DIRECTORY, {"id": sorted(ids)}, lock=False)
    return {known.id: known for known in found}


async def _everybody(connection: AsyncConnection, asked: set[Everyone]) -> dict[Everyone, list[Known]]:
    kinds = {kind: await _of_kind(connection, kind) for kind in sorted({each.kind for each in asked})}
    return those_of(asked, kinds, await _directory(connection, {id for each in asked for id in each.near}))


async def _of_kind(connection: AsyncConnection, kind: str) -> list[Known]:
    found: list[Known] = await SqlStore(connection).where(_DIRECTORY, {"kind": kind}, lock=False)
    return found
