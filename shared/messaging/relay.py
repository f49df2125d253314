"""Outbox → Kafka: every committed record is sent, in order per key, and deleted once the broker has it.

What is in the table is what is still to be sent. Rows are read by id, but a cursor lives for one burst only: ids become
visible out of order, and what committed late with a lower id is met by the next burst. Deleting is by the very ids that
were confirmed. One connection holds the leader's lock, reads and deletes: leadership and the power to delete die together.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, TopicAuthorizationFailedError

from shared.messaging import faults
from shared.messaging.partitions import partition_of
from shared.observability.metrics import RelayNumbers
from shared.persistence.record import split_headers

log: Any = structlog.get_logger(__name__)

PAGE: Final = 1000
_POLL: Final = 0.5
_STOP_SECONDS: Final = 10
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
_UNSENDABLE: Final = (MessageSizeTooLargeError, TopicAuthorizationFailedError)
_SELECT: Final = (
    f"SELECT id, topic, key, type, payload, headers, created_at FROM outbox WHERE id > $1 ORDER BY id LIMIT {PAGE}"  # noqa: S608
)
_DELETE: Final = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
_PARK: Final = """
WITH gone AS (DELETE FROM outbox WHERE id = $1 RETURNING *)
INSERT INTO outbox_parked (id, event_id, topic, key, type, payload, headers, created_at, error, parked_at)
SELECT id, event_id, topic, key, type, payload, headers, created_at, $2, now() FROM gone
"""

Producers = Callable[[], AIOKafkaProducer]


@dataclass(slots=True)
class _Sent:
    """One batch on its way: the future that says whether it arrived, and the rows in it."""

    arrived: "asyncio.Future[Any]"
    rows: list[asyncpg.Record] = field(default_factory=list)


class Relay:
    """The relay of one service, while its process leads."""

    def __init__(self, connection: asyncpg.Connection, producers: Producers, numbers: RelayNumbers) -> None:
        self._connection = connection
        self._producers = producers
        self._producer: AIOKafkaProducer | None = None
        self._numbers = numbers
        self.beat = time.monotonic()

    async def run(self, wake: asyncio.Event) -> None:
        """Drain whenever woken (or every half second), until cancelled or until the database connection is lost."""
        failures = 0
        try:
            while True:
                wake.clear()
                try:
                    await self.drain()
                    failures = 0
                except (KafkaError, TimeoutError, ConnectionError) as error:
                    if isinstance(error, asyncpg.PostgresError | asyncpg.InterfaceError):
                        raise
                    await self._after(error, failures)
                    failures += 1
                self.beat = time.monotonic()
                await _wait(wake, _POLL)
        finally:
            await self.stop()

    async def drain(self) -> None:
        """Send and delete until the table is empty, one page ahead of the confirmations."""
        last, before = 0, list[_Sent]()
        while rows := await self._connection.fetch(_SELECT, last):
            last = rows[-1]["id"]
            try:
                now = await self._submit(rows)
            except BaseException:
                await asyncio.gather(self._settle(before), return_exceptions=True)
                raise
            before, ready = now, before
            await self._settle_both(ready, before)
        await self._settle(before)

    async def stop(self) -> None:
        """Stop the producer, before anything else may take its place; what it held and could not send stays in the table."""
        producer, self._producer = self._producer, None
        if producer is not None:
            try:
                await asyncio.wait_for(producer.stop(), _STOP_SECONDS)
            except (KafkaError, TimeoutError) as error:
                log.warning("the producer did not stop in time", error=type(error).__name__)

    async def _settle_both(self, ready: list[_Sent], before: list[_Sent]) -> None:
        try:
            await self._settle(ready)
        except KafkaError:
            # The next page is on its way too: what it delivered is deleted, what it did not stays.
            await asyncio.gather(self._settle(before), return_exceptions=True)
            raise

    async def _submit(self, rows: Sequence[asyncpg.Record]) -> list[_Sent]:
        producer = await self._started()
        sent: list[_Sent] = []
        try:
            for (topic, partition), group in (await self._grouped(producer, rows)).items():
                await _send(producer, topic, partition, group, sent)
        except BaseException:
            # What is on its way already must be heard of, or its errors are lost.
            await asyncio.gather(self._settle(sent), return_exceptions=True)
            raise
        return sent

    async def _grouped(
        self, producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record]
    ) -> dict[tuple[str, int], list[asyncpg.Record]]:
        groups: dict[tuple[str, int], list[asyncpg.Record]] = {}
        counts: dict[str, int] = {}
        for row in rows:
            topic = row["topic"]
            if topic not in counts:
                counts[topic] = len(await producer.partitions_for(topic))
            partition = partition_of(row["key"].encode(), counts[topic])
            groups.setdefault((topic, partition), []).append(row)
        return groups

    async def _settle(self, sent: list[_Sent]) -> None:
        confirmed: list[asyncpg.Record] = []
        failed: KafkaError | None = None
        for item in sent:
            try:
                await item.arrived
                confirmed += item.rows
            except KafkaError as error:
                failed = failed or error
        faults.reach("relay.sent")
        if confirmed:
            await self._connection.execute(_DELETE, [row["id"] for row in confirmed])
            self._count(confirmed)
        if failed is not None:
            raise failed

    def _count(self, rows: Sequence[asyncpg.Record]) -> None:
        now = time.time()
        by_topic: dict[str, list[asyncpg.Record]] = {}
        for row in rows:
            by_topic.setdefault(row["topic"], []).append(row)
        for topic, group in by_topic.items():
            self._numbers.published(topic, Counter(row["type"] for row in group))
            self._numbers.delayed(topic, [now - row["created_at"].timestamp() for row in group])
        self._numbers.succeeded(now)

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = self._producers()
            try:
                await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer = producer
        return self._producer

    async def _after(self, error: Exception, failures: int) -> None:
        """After any failure the producer is suspect: its partitions refuse everything behind what was lost."""
        self._numbers.failed(type(error).__name__)
        log.warning("sending failed", error=type(error).__name__)
        await self.stop()
        if isinstance(error, _UNSENDABLE):
            await self._park_unsendable()
        await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])

    async def _park_unsendable(self) -> None:
        """Send one page row by row; park those that the broker refuses for good, so that the rest may pass."""
        for row in await self._connection.fetch(_SELECT, 0):
            producer = await self._started()
            try:
                await producer.send_and_wait(row["topic"], row["payload"], row["key"].encode(), headers=_headers(row))
            except _UNSENDABLE as error:
                await self.stop()
                await self._connection.execute(_PARK, row["id"], type(error).__name__)
                log.error("parked what the broker refuses", event_id=row["event_id"], error=type(error).__name__)
            else:
                await self._connection.execute(_DELETE, [row["id"]])


async def _send(
    producer: AIOKafkaProducer, topic: str, partition: int, rows: list[asyncpg.Record], sent: list[_Sent]
) -> None:
    start = 0
    while start < len(rows):
        batch = producer.create_batch()
        end = _fill(batch, rows, start)
        batch.close()
        arrived = await producer.send_batch(batch, topic, partition=partition)
        sent.append(_Sent(arrived, rows[start:end]))
        start = end


def _fill(batch: Any, rows: Sequence[asyncpg.Record], start: int) -> int:
    """Put rows into the batch until it is full; say which row is the first that did not fit."""
    for index in range(start, len(rows)):
        row = rows[index]
        headers = _headers(row)
        if batch.append(timestamp=None, key=row["key"].encode(), value=row["payload"], headers=headers) is None:
            return index
    return len(rows)


def _headers(row: asyncpg.Record) -> list[tuple[str, bytes]]:
    """The stored headers, and the origin's trace as that of this hop."""
    headers = split_headers(row["headers"])
    origin = next((value for name, value in headers if name == "ce_traceparent"), None)
    return headers if origin is None else [*headers, ("traceparent", origin)]


async def _wait(wake: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(wake.wait(), seconds)
    except TimeoutError:
        return
