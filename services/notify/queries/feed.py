"""The feed: events after a place, up to where it has come, in pages that are bounded in number and in bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.feed_entry import FeedEntry
from services.notify.domain.story import in_order
from services.notify.queries.places import newest_place
from services.notify.storage import FEED, NotifyWork

_MAPPING: Final = NotifyWork.entries.mapping
_PAGE_BYTES: Final = 8 * 1024 * 1024
_STORY_ROOT: Final = "need_"

Entries = Select[tuple[object, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events are asked for; what is not said does not narrow."""

    type: str | None = None
    correlation_id: str | None = None

    def narrow(self, statement: Entries) -> Entries:
        """The statement with these filters; a type is a prefix and, as CloudEvents says, case matters."""
        if self.type:
            statement = statement.where(func.substr(FEED.c.type, 1, len(self.type)) == self.type)
        if self.correlation_id:
            statement = statement.where(FEED.c.story == self.correlation_id)
        return statement


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some events in order, and the place up to which there is no other that was asked for."""

    entries: Sequence[FeedEntry]
    position: int


@dataclass(frozen=True, slots=True)
class Span:
    """The places that the feed holds; `oldest` is one more than `newest` while it holds none."""

    oldest: int
    newest: int


async def span(connection: AsyncConnection) -> Span:
    """What the feed holds now."""
    newest = await newest_place(connection, FEED)
    oldest = (await connection.execute(select(func.min(FEED.c.position)))).scalar()
    return Span(newest + 1 if oldest is None else oldest, newest)


async def events_after(connection: AsyncConnection, after: int, wanted: Wanted, limit: int) -> FeedPage:
    """The next events after a place."""
    newest = await newest_place(connection, FEED)
    numbered = select(FEED).where(FEED.c.position > after, FEED.c.position <= newest)
    statement = wanted.narrow(numbered).order_by(FEED.c.position).limit(limit)
    entries, all_of_them = await _bounded(connection, statement)
    if all_of_them and len(entries) < limit:
        return FeedPage(entries, max(after, newest))
    return FeedPage(entries, entries[-1].position or after)


async def story(connection: AsyncConnection, correlation_id: str, limit: int) -> list[FeedEntry]:
    """The events of a story, by time and causation; the first to arrive where there are more than `limit`."""
    numbered = select(FEED).where(FEED.c.story == correlation_id, FEED.c.position.is_not(None))
    entries, _ = await _bounded(connection, numbered.order_by(FEED.c.position).limit(limit))
    return in_order(entries)


async def newest_story(connection: AsyncConnection, test: bool | None) -> str | None:
    """The correlation id of the newest story of a need, of demonstrations only or of none where `test` says so."""
    numbered = select(FEED.c.story).where(FEED.c.position.is_not(None))
    statement = numbered.where(func.substr(FEED.c.story, 1, len(_STORY_ROOT)) == _STORY_ROOT)
    if test is not None:
        statement = statement.where(FEED.c.test == test)
    return (await connection.execute(statement.order_by(FEED.c.position.desc()).limit(1))).scalar()


async def _bounded(connection: AsyncConnection, statement: Entries) -> tuple[list[FeedEntry], bool]:
    """Rows until they weigh too much, at least one; and whether these are all."""
    entries: list[FeedEntry] = []
    weight = 0
    async with connection.stream(statement) as rows:
        async for row in rows.mappings():
            entry = _MAPPING.thing(row)
            weight += len(entry.payload or b"")
            if entries and weight > _PAGE_BYTES:
                return entries, False
            entries.append(entry)
    return entries, True
