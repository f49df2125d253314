"""Outbox → Kafka: every committed record is sent, in order per key, and deleted once the broker has it.

What is in the table is what is still to be sent. Rows are read by id, but ids become visible out of order: what was
committed late with a lower id goes with the very next page, before whatever has come after it. Deleting is by the very
ids that were confirmed. One connection holds the leader's lock, reads and deletes: they die together.

Records go in Kafka transactions under the service's own transactional id. Not for their atomicity: a new leader fences
the old one, whose records on their way could otherwise become the last word of a compacted state topic. A transaction
costs several ways to the broker, so while little comes it stays open for a moment and takes in what comes next.
"""

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Final, TypeVar, cast

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from shared.messaging import faults
from shared.messaging.obstacles import missing_right
from shared.messaging.packing import PAGE, Batch, Page, SentRow, pack
from shared.observability.metrics import RelayNumbers

log: Any = structlog.get_logger(__name__)

_POLL: Final = 0.5
_OPEN_SECONDS: Final = 0.2
_QUIET_SECONDS: Final = 0.05
"""A transaction ends at that age, or after so long without anything new."""
_STOP_SECONDS: Final = 10
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
_UNSENDABLE: Final = MessageSizeTooLargeError
"""What no later attempt would mend. A missing right is not of that kind: until somebody gives it, the rows wait."""
_SELECT: Final = f"""
SELECT id, event_id, topic, key, type, payload, headers, created_at FROM outbox WHERE id > $1 ORDER BY id LIMIT {PAGE}
"""  # noqa: S608
_COUNT_UNTIL: Final = "SELECT count(*) FROM outbox WHERE id <= $1"
_SELECT_UNTIL: Final = """
SELECT id, event_id, topic, key, type, payload, headers, created_at FROM outbox WHERE id <= $1 ORDER BY id
"""
_DELETE: Final = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
_PARK: Final = """
WITH gone AS (DELETE FROM outbox WHERE id = $1 RETURNING *)
INSERT INTO outbox_parked (id, event_id, topic, key, type, payload, headers, created_at, error, parked_at)
SELECT id, event_id, topic, key, type, payload, headers, created_at, $2, now() FROM gone
"""

Producers = Callable[[], AIOKafkaProducer]


_One = TypeVar("_One")
_Other = TypeVar("_Other")


class Relay:
    """The relay of one service, while its process leads."""

    def __init__(self, connection: asyncpg.Connection, producers: Producers, numbers: RelayNumbers) -> None:
        self._connection = connection
        self._producers = producers
        self._producer: AIOKafkaProducer | None = None
        self._numbers = numbers
        self._bell: asyncio.Event | None = None
        self.beat = time.monotonic()

    async def run(self, wake: asyncio.Event) -> None:
        """Drain whenever woken (or every half second), until cancelled or until the database connection is lost."""
        failures, self._bell = 0, wake
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
                await _rings(wake, _POLL)
        finally:
            await self.stop()

    async def drain(self) -> None:
        """Send and delete, a page at a time, until the table is empty.

        While the broker commits one page the next is read and packed; it goes out when that commit has succeeded.
        """
        page, sent = await self._page_of(await self._connection.fetch(_SELECT, 0)), None
        while page is not None:
            began = time.monotonic()
            await _both(self._forget(sent), self._begin(page))
            # What it tells need not be held any longer, and the next page takes as much.
            sent, page = await self._joined(page), None
            page, _ = await _both(self._following(sent), self._commit())
            self._numbers.sent(len(sent.rows), time.monotonic() - began)
            faults.reach("relay.sent")
        await self._forget(sent)

    async def stop(self) -> None:
        """Stop the producer before another takes its place; what it held and could not send stays in the table."""
        producer, self._producer = self._producer, None
        if producer is not None:
            try:
                await asyncio.wait_for(producer.stop(), _STOP_SECONDS)
            except (KafkaError, TimeoutError) as error:
                log.warning("the producer did not stop in time", error=type(error).__name__)

    async def _joined(self, page: Page) -> Page:
        """The page and what came while its transaction stayed open for it, all of it sent."""
        closes = time.monotonic() + _OPEN_SECONDS
        while self._bell and not page.full and time.monotonic() < closes and await _rings(self._bell, _QUIET_SECONDS):
            self._bell.clear()
            if more := await self._following(page):
                await self._send(more)
                page = Page([*page.rows, *more.rows])
        return Page(page.rows)

    async def _following(self, page: Page) -> Page | None:
        """What comes behind a page that is not deleted yet, before it what was committed late with an id among its own.

        Late rows are looked for last: whatever was read before then has its predecessors in the table by now.
        """
        rows = await self._connection.fetch(_SELECT, page.last)
        return await self._page_of([*await self._late(page), *rows])

    async def _late(self, page: Page) -> list[asyncpg.Record]:
        if await self._connection.fetchval(_COUNT_UNTIL, page.last) == len(page.rows):
            return []
        known = {row.id for row in page.rows}
        rows = await self._connection.fetch(_SELECT_UNTIL, page.last)
        return [row for row in rows if row["id"] not in known]

    async def _page_of(self, rows: Sequence[asyncpg.Record]) -> Page | None:
        """These rows, packed; None where there are none."""
        return Page.of(rows, await self._packed(rows)) if rows else None

    async def _packed(self, rows: Sequence[asyncpg.Record]) -> list[Batch]:
        producer = await self._started()
        counts = {topic: len(await producer.partitions_for(topic)) for topic in {row["topic"] for row in rows}}
        return pack(producer, counts, rows)

    async def _begin(self, page: Page) -> None:
        """Everything but the commit. On any failure the producer is dropped as it is: its successor aborts the rest."""
        await (await self._started()).begin_transaction()
        await self._send(page)

    async def _send(self, page: Page) -> None:
        producer = await self._started()
        arrivals: list[asyncio.Future[Any]] = []
        for batch in page.batches:
            arrival = await producer.send_batch(batch.builder, batch.topic, partition=batch.partition)
            # Whoever stops waiting must not leave an error that nobody heard.
            arrival.add_done_callback(lambda done: done.cancelled() or done.exception())
            arrivals.append(arrival)
        await _arrived(arrivals)

    async def _commit(self) -> None:
        await (await self._started()).commit_transaction()

    async def _forget(self, page: Page | None) -> None:
        """Delete what the broker has committed."""
        if page is not None:
            await self._connection.execute(_DELETE, [row.id for row in page.rows])
            self._count(page.rows)

    def _count(self, rows: Sequence[SentRow]) -> None:
        now = time.time()
        by_topic: dict[str, list[SentRow]] = {}
        for row in rows:
            by_topic.setdefault(row.topic, []).append(row)
        for topic, group in by_topic.items():
            self._numbers.published(topic, Counter(row.type for row in group))
            self._numbers.delayed(topic, [now - row.created_at.timestamp() for row in group])
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
        log.warning("sending failed", error=type(error).__name__, reason=missing_right(error))
        await self.stop()
        if isinstance(error, _UNSENDABLE):
            await self._park_unsendable()
        await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])

    async def _park_unsendable(self) -> None:
        """Send one page row by row; park those that the broker refuses for good, so that the rest may pass."""
        for row in await self._connection.fetch(_SELECT, 0):
            try:
                await self._begin(Page.of([row], await self._packed([row])))
                await self._commit()
            except _UNSENDABLE as error:
                await self.stop()
                await self._connection.execute(_PARK, row["id"], type(error).__name__)
                log.warning("parked what the broker refuses", event_id=row["event_id"], error=type(error).__name__)
            else:
                await self._connection.execute(_DELETE, [row["id"]])


async def _arrived(arrivals: Sequence["asyncio.Future[Any]"]) -> None:
    """Wait for every batch; raise the first error only when all have been heard of."""
    for outcome in await asyncio.gather(*arrivals, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


async def _both(one: Coroutine[Any, Any, _One], other: Coroutine[Any, Any, _Other]) -> tuple[_One, _Other]:
    """Both outcomes; an error is raised when both have ended, the first one's before the other's."""
    outcomes = await asyncio.gather(one, other, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return cast("tuple[_One, _Other]", outcomes)


async def _rings(bell: asyncio.Event, seconds: float) -> bool:
    """Whether the bell rings within so long."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            return await bell.wait()
    return False
