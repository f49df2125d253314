"""Filling projections from the state topics: partitions by hand, without a group, up to the ends as they were at the start."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError
from sqlalchemy import select

from shared.contracts.topics import TOPICS, topic_of
from shared.messaging.delivery import Delivery
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Standing, standing_of
from shared.operations.parts import Parts
from shared.operations.settings import Settings
from shared.persistence import sets
from shared.persistence.spine import BootstrapRow, table_of

log: Any = structlog.get_logger(__name__)

BOOTSTRAP: Final = table_of(BootstrapRow)
_PAUSE: Final = 2.0


class Bootstrap:
    """Brings the projections of one service up to date before it follows the topics."""

    def __init__(self, parts: Parts, settings: Settings) -> None:
        self._parts = parts
        self._settings = settings
        self._pending = {p.consumer.name for p in self._projecting()}

    async def ready(self) -> str | None:
        """None once every projection has seen every state topic to its end."""
        waiting = ", ".join(sorted(self._pending))
        return f"still reading the state topics for {waiting}" if waiting else None

    async def run(self) -> None:
        """Fill what was never filled; try again while the broker is away."""
        while self._pending:
            try:
                for pipeline in self._projecting():
                    await self._fill_once(pipeline)
            except (KafkaError, OSError) as error:
                log.warning("the state topics cannot be read", error=type(error).__name__)
                await asyncio.sleep(_PAUSE)

    async def rebuild(self, pipeline: Pipeline) -> int:
        """Empty one consumer's projections and fill them again; say how many states were read."""
        async with pipeline.bench.works.database.writing() as connection:
            await pipeline.bench.projector.clear(connection)
        return await self._read(pipeline)

    def _projecting(self) -> list[Pipeline]:
        return [pipeline for pipeline in self._parts.intake.pipelines if pipeline.consumer.projections]

    async def _fill_once(self, pipeline: Pipeline) -> None:
        name = pipeline.consumer.name
        if name not in self._pending:
            return
        if not await self._is_filled(name):
            await self._read(pipeline)
            row = {"consumer": name, "completed_at": pipeline.clock()}
            async with self._parts.runtime.database.writing() as connection:
                await sets.upsert(connection, BOOTSTRAP, [row])
        self._pending.discard(name)
        self._parts.runtime.metrics.bootstrapped(self._parts.service.name, name, True)

    async def _is_filled(self, consumer: str) -> bool:
        async with self._parts.runtime.database.reading() as connection:
            statement = select(BOOTSTRAP.c.consumer).where(BOOTSTRAP.c.consumer == consumer)
            return (await connection.execute(statement)).first() is not None

    async def _read(self, pipeline: Pipeline) -> int:
        consumer = AIOKafkaConsumer(
            bootstrap_servers=self._settings.kafka_bootstrap.split(","), enable_auto_commit=False
        )
        await consumer.start()
        try:
            return await self._to_the_ends(consumer, pipeline)
        finally:
            await consumer.stop()

    async def _to_the_ends(self, consumer: AIOKafkaConsumer, pipeline: Pipeline) -> int:
        topics = {topic_of(projection.body.wire) for projection in pipeline.consumer.projections.values()}
        places = [TopicPartition(t.name, n) for t in TOPICS if t.name in topics for n in range(t.partitions)]
        consumer.assign(places)
        await consumer.seek_to_beginning(*places)
        ends = await consumer.end_offsets(places)
        count = 0
        while any([await consumer.position(place) < ends[place] for place in places]):
            pages = await consumer.getmany(timeout_ms=500, max_records=1000)
            records = [record for page in pages.values() for record in page]
            await self._apply(pipeline, records)
            count += len(records)
        return count

    async def _apply(self, pipeline: Pipeline, records: Sequence[Any]) -> None:
        standings: list[Standing] = []
        for record in records:
            headers = tuple((str(name), value or b"") for name, value in record.headers)
            key = (record.key or b"").decode("utf-8", "replace")
            delivery = Delivery(record.topic, record.partition, record.offset, key, headers, record.value)
            projection = pipeline.consumer.projections.get(delivery.type)
            if projection is not None:
                standings += _standing(projection, delivery)
        async with pipeline.bench.works.database.writing() as connection:
            await pipeline.bench.projector.apply(connection, standings)


def _standing(projection: Any, delivery: Delivery) -> list[Standing]:
    try:
        return [standing_of(projection, delivery)]
    except ValueError as error:
        # The subscription meets the same record and sets it aside with its cause.
        log.warning("passed over an unreadable state", event_id=delivery.event_id, error=type(error).__name__)
        return []
