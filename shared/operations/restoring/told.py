"""What a service's own topics say, kept beside its database in temporary tables: a hundred thousand ids fit no list.

The tables live as long as the one connection of the pool; whoever begins again reads again.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.topics import Topic, topics_of
from shared.messaging.delivery import Delivery
from shared.messaging.kafka import read_to_the_end
from shared.messaging.run import readable
from shared.messaging.security import Brokers
from shared.persistence.columns import InstantColumn
from shared.persistence.database import Database
from shared.persistence.sets import Row

_TEMPORARY: Final = MetaData()

STATES: Final = Table(
    "told_state",
    _TEMPORARY,
    Column("key", String, primary_key=True),
    Column("kind", String),
    Column("id", String),
    Column("type", String),
    Column("version", Integer),
    Column("erased", Boolean),
    Column("story", String),
    Column("test", Boolean),
    Column("first_at", InstantColumn),
    Column("last_at", InstantColumn),
    prefixes=["TEMPORARY"],
)
"""The newest that was told of each key. `first_at`: the oldest word that compaction has left."""

EVENTS: Final = Table(
    "told_event",
    _TEMPORARY,
    Column("id", String, primary_key=True),
    Column("kind", String),
    Column("type", String),
    Column("subject", String),
    Column("version", Integer),
    Column("at", InstantColumn),
    Index("told_event_subject", "subject"),
    prefixes=["TEMPORARY"],
)
"""The service's own events, each once however often it was sent."""


async def read_topics(database: Database, service: str, brokers: Brokers, since: datetime) -> None:
    """Fill the tables: every state, and the events that were sent since a time."""
    topics = {topic.flow: topic for topic in topics_of(service)}
    async with database.writing() as connection:
        await connection.run_sync(_TEMPORARY.create_all, checkfirst=False)
    async for page in _pages(brokers, topics["state"], None):
        async with database.writing() as connection:
            await _keep_states(connection, [row for one in _own(page, service) for row in _state(one)])
    async for page in _pages(brokers, topics["events"], since):
        async with database.writing() as connection:
            await _keep_events(connection, [_event(one) for one in _own(page, service)])
    async with database.writing() as connection:
        for table in (STATES, EVENTS):
            await connection.execute(text(f"ANALYZE {table.name}"))


async def _pages(brokers: Brokers, topic: Topic, since: datetime | None) -> AsyncIterator[Sequence[Delivery]]:
    async with aclosing(read_to_the_end(brokers, [topic], since)) as pages:
        async for page in pages:
            yield page


def _own(page: Sequence[Delivery], service: str) -> list[Delivery]:
    """What the service itself has said; anything else on its topics is no word of it."""
    source = f"/sunmao/{service}"
    return [one for one in page if readable(one) and one.envelope.source == source]


def _state(delivery: Delivery) -> Sequence[Row]:
    envelope = delivery.envelope
    kind, slash, id = delivery.key.partition("/")
    if not slash or id != envelope.subject:
        return ()
    row = {
        "key": delivery.key,
        "kind": kind,
        "id": id,
        "type": envelope.type,
        "version": envelope.sequence,
        "erased": delivery.payload is None,
        "story": envelope.correlationid,
        "test": envelope.test,
        "first_at": envelope.time,
        "last_at": envelope.time,
    }
    return (row,)


def _event(delivery: Delivery) -> Row:
    envelope = delivery.envelope
    return {
        "id": delivery.event_id,
        "kind": kind_of(envelope.type),
        "type": envelope.type,
        "subject": envelope.subject,
        "version": envelope.sequence,
        "at": envelope.time,
    }


def kind_of(event_type: str) -> str:
    """The kind of aggregate of which an event speaks: `need` for `sunmao.partnership.need.posted.v1`."""
    return event_type.split(".")[2] if event_type.count(".") > 2 else ""


async def _keep_states(connection: AsyncConnection, rows: Sequence[Mapping[str, object]]) -> None:
    """Records of a key come in the order of their offsets; the same version said twice is the later word."""
    if not rows:
        return
    statement = insert(STATES)
    fresh = {name: statement.excluded[name] for name in ("type", "version", "erased", "story", "test", "last_at")}
    newer = statement.excluded.version >= STATES.c.version
    await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=fresh, where=newer), rows)


async def _keep_events(connection: AsyncConnection, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        await connection.execute(insert(EVENTS).on_conflict_do_nothing(), rows)
