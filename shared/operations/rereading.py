"""Reading again what was already told: states from their beginning, events since a time, up to the end as it is now.

Partitions are assigned by hand and no group is touched: what the service reads meanwhile is not disturbed.
"""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from sqlalchemy import select

from shared.contracts.topics import TOPICS, topic_of
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.log import OUTBOX, PAGE, delivery_of, end_of_log
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Standing, standing_of
from shared.persistence.database import Database

if TYPE_CHECKING:
    # Kafka's client is not there in the embedded edition, which rereads its logs.
    from shared.messaging.security import Brokers

log: Any = structlog.get_logger(__name__)

EVENT_TOPICS = [topic.name for topic in TOPICS if topic.flow == "events"]


class Rereader(Protocol):
    """One transport's way of reading again."""

    def read(self, topics: frozenset[str], since: datetime | None) -> AsyncIterator[Sequence[Delivery]]:
        """Pages of deliveries of these topics, from the beginning or since a time, to the end as it is at the start."""


class LogRereader:
    """Reads the logs of the embedded edition again."""

    def __init__(self, databases: Mapping[str, Database]) -> None:
        self._databases = databases

    async def read(self, topics: frozenset[str], since: datetime | None) -> AsyncIterator[Sequence[Delivery]]:
        """Pages of the logs that hold these topics, one log after another."""
        for service, database in self._databases.items():
            if any(topic.startswith(f"sunmao.{service}.") for topic in topics):
                async for page in _log(database, topics, since):
                    yield page


class TopicRereader:
    """Reads Kafka's topics again."""

    def __init__(self, brokers: "Brokers") -> None:
        self._brokers = brokers

    async def read(self, topics: frozenset[str], since: datetime | None) -> AsyncIterator[Sequence[Delivery]]:
        """Pages of the topics, partition by partition as they come."""
        from shared.messaging.kafka import read_to_the_end  # noqa: PLC0415

        pages = read_to_the_end(self._brokers, [topic for topic in TOPICS if topic.name in topics], since)
        async with contextlib.aclosing(pages):
            async for page in pages:
                yield page


async def rebuild_projections(pipeline: Pipeline, rereader: Rereader) -> int:
    """Empty one consumer's projections and fill them again; say how many states were read."""
    async with pipeline.bench.works.database.writing() as connection:
        await pipeline.bench.projector.clear(connection)
    return await fill_projections(pipeline, rereader)


async def fill_projections(pipeline: Pipeline, rereader: Rereader) -> int:
    """Bring one consumer's projections up to every state that is told; say how many were read."""
    topics = frozenset(topic_of(projection.body.wire) for projection in pipeline.consumer.projections.values())
    count = 0
    async for page in rereader.read(topics, None):
        standings = [standing for delivery in page for standing in _standing(pipeline.consumer, delivery)]
        async with pipeline.bench.works.database.writing() as connection:
            await pipeline.bench.projector.apply(connection, standings)
        count += len(standings)
    return count


async def backfill_reactions(pipeline: Pipeline, rereader: Rereader, since: datetime) -> int:
    """Let one consumer react to the events since a time that it has not claimed yet; say how many were offered."""
    bound = frozenset(topic_of(reaction.body.wire) for reaction in pipeline.consumer.reactions.values())
    topics = bound | frozenset(EVENT_TOPICS if pipeline.consumer.raw_reaction else ())
    count = 0
    async for page in rereader.read(topics, since):
        events = [delivery for delivery in page if delivery.type not in pipeline.consumer.projections]
        await pipeline.process(events)
        count += sum(pipeline.binds(delivery) for delivery in events)
    return count


async def _log(database: Database, topics: frozenset[str], since: datetime | None) -> AsyncIterator[Sequence[Delivery]]:
    end, last = await end_of_log(database), 0
    while last < end:
        statement = select(OUTBOX).where(OUTBOX.c.id > last, OUTBOX.c.id <= end).order_by(OUTBOX.c.id).limit(PAGE)
        async with database.reading() as connection:
            rows = (await connection.execute(statement)).mappings().all()
        if not rows:
            return
        last = rows[-1]["id"]
        yield [
            delivery_of(row) for row in rows if row["topic"] in topics and (since is None or row["created_at"] >= since)
        ]


def _standing(consumer: Consumer, delivery: Delivery) -> list[Standing]:
    projection = consumer.projections.get(delivery.type)
    if projection is None:
        return []
    try:
        return [standing_of(projection, delivery)]
    except ValueError as error:
        # The subscription meets the same record and sets it aside with its cause.
        log.warning("passed over an unreadable state", event_id=delivery.event_id, error=type(error).__name__)
        return []
