"""Outbox → Kafka: every committed record is sent, in order per key, and deleted once the broker has it.

What is in the table is what is still to be sent. Rows are read by id, but ids become visible out of order: what was
committed late with a lower id goes with the very next page, before whatever has come after it. Deleting is by the very
ids that were confirmed. One connection holds the leader's lock, reads and deletes: they die together.

Records go in Kafka transactions under the service's own transactional id. Not for their atomicity: a new leader fences
the old one, whose records on their way could otherwise become the last word of a compacted state topic. A transaction
costs several ways to the broker, so it stays open for a moment and takes in what comes next.
"""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, Final, TypeVar, cast

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from shared.messaging import faults
from shared.messaging.obstacles import missing_right
from shared.messaging.packing import COLUMNS, PAGE, Rows, Sent, pack
from shared.observability.metrics import RelayNumbers

log: Any = structlog.get_logger(__name__)

_POLL: Final = 0.5
_OPEN_SECONDS: Final = 0.5
_QUIET_SECONDS: Final = 0.05
"""A transaction ends at that age, or after so long without anything new."""
_STOP_SECONDS: Final = 10
_FORGOTTEN: Final = 2 * PAGE
"""How much is deleted with each page of a backlog: more than is sent, for what is held is counted with every page."""
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
_UNSENDABLE: Final = MessageSizeTooLargeError
"""What no later attempt would mend. A missing right is not of that kind: until somebody gives it, the rows wait."""
_SELECT: Final = f"SELECT {COLUMNS} FROM outbox WHERE id > $1 ORDER BY id LIMIT {PAGE}"  # noqa: S608
_COUNT_UNTIL: Final = "SELECT count(*) FROM outbox WHERE id <= $1"
_SELECT_UNTIL: Final = f"SELECT {COLUMNS} FROM outbox WHERE id <= $1 ORDER BY id"  # noqa: S608
_DELETE: Final = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"
_READ_ON: Final = f"""
WITH gone AS ({_DELETE})
SELECT {COLUMNS}, (SELECT count(*) FROM outbox WHERE id <= $2)
FROM outbox WHERE id > $2 ORDER BY id LIMIT {PAGE}
"""  # noqa: S608
"""All of it sees one state of the table: what is deleted is still among what is counted."""
_PARK: Final = """
WITH gone AS (DELETE FROM outbox WHERE id = $1 RETURNING *)
INSERT INTO outbox_parked (id, event_id, topic, key, type, payload, headers, created_at, error, parked_at)
SELECT id, event_id, topic, key, type, payload, headers, created_at, $2, now() FROM gone
RETURNING event_id
"""

Producers = Callable[[], AIOKafkaProducer]
Arrivals = list["asyncio.Future[Any]"]

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
        self._committed: list[Sent] = []
        self.beat = time.monotonic()

    async def run(self, wake: asyncio.Event) -> None:
        """Drain whenever woken (or every half second), until cancelled or until the database connection is lost."""
        failures, self._bell = 0, wake
        try:
            while True:
                wake.clear()
                try:
                    # Whoever was refused tries with a page at a time, so that what is refused again is in the first.
                    await self.drain(0 if failures else _OPEN_SECONDS)
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

    async def drain(self, open_seconds: float = _OPEN_SECONDS) -> None:
        """Send and delete until the table is empty, in transactions that take in what comes for so long."""
        rows = await self._connection.fetch(_SELECT, 0)
        while rows:
            began = time.monotonic()
            await self._begin()
            sent, rows = await self._through(rows, began + open_seconds)
            if rows:
                await self._commit()
            else:
                rows, _ = await _both(self._following(sent), self._commit())
            self._committed += sent
            self._numbers.sent(sum(len(page.ids) for page in sent), time.monotonic() - began)
            faults.reach("relay.sent")
        await self._forget()

    async def stop(self) -> None:
        """Stop the producer before another takes its place; what it held and could not send stays in the table."""
        producer, self._producer = self._producer, None
        if producer is not None:
            try:
                await asyncio.wait_for(producer.stop(), _STOP_SECONDS)
            except (KafkaError, TimeoutError) as error:
                log.warning("the producer did not stop in time", error=type(error).__name__)

    async def _through(self, rows: Rows, closes: float) -> tuple[list[Sent], Rows]:
        """Send these rows and what comes while their transaction is open; meanwhile delete what was committed before.

        While the broker takes one page, the next is packed and the one behind it is read. Answers what was sent, and
        what was read too late to go with it.
        """
        sent, on_their_way = list[Sent](), Arrivals()
        while True:
            sent.append(Sent(rows))
            reading, sending = self._meanwhile(sent, full=len(rows) >= PAGE), self._send(rows, sent[-1].topics)
            ahead, arrivals = await _both(reading, sending)
            await _arrived(on_their_way)
            on_their_way = arrivals
            ahead = ahead or await self._awaited(sent, closes)
            if not ahead or time.monotonic() >= closes:
                await _arrived(on_their_way)
                return sent, ahead
            rows = ahead

    async def _meanwhile(self, sent: Sequence[Sent], *, full: bool) -> Rows:
        """What the database does while rows are sent: forget what is committed, read on where there is more.

        In a backlog some of it is deleted with each page, so that neither waits for the other.
        """
        if full or (self._bell and self._bell.is_set()):
            return await self._following(sent, self._forgotten(_FORGOTTEN if full else math.inf))
        await self._forget()
        return []

    async def _awaited(self, sent: Sequence[Sent], closes: float) -> Rows:
        """What comes while the transaction stays open for it."""
        while self._bell and time.monotonic() < closes and await _rings(self._bell, _QUIET_SECONDS):
            if rows := await self._following(sent):
                return rows
        return []

    async def _following(self, sent: Sequence[Sent], gone: Sequence[Sent] = ()) -> Rows:
        """What comes behind what is not deleted yet, before it what was committed late with an id among its own.

        It is one way to the database, which deletes what is gone besides. Late rows are counted in the very state in
        which rows are read, or in a later one: whatever is read has its predecessors among what is counted.
        """
        if self._bell:
            self._bell.clear()
        held, ids = [*self._committed, *sent], _ids(gone)
        last = max(page.last for page in [*gone, *held])
        rows: Rows = await self._connection.fetch(_READ_ON, ids, last)
        self._count(gone)
        there = rows[0][-1] - len(ids) if rows else await self._connection.fetchval(_COUNT_UNTIL, last)
        if there != sum(len(page.ids) for page in held):
            return [*await self._late(held, last), *rows]
        return rows

    async def _late(self, held: Sequence[Sent], last: int) -> Rows:
        known = set(_ids(held))
        return [row for row in await self._connection.fetch(_SELECT_UNTIL, last) if row["id"] not in known]

    async def _begin(self) -> None:
        await (await self._started()).begin_transaction()

    async def _send(self, rows: Rows, topics: Iterable[str]) -> Arrivals:
        """On any failure the producer is dropped as it is: its successor aborts what was sent and not committed."""
        producer = await self._started()
        counts = {topic: len(await producer.partitions_for(topic)) for topic in topics}
        arrivals: Arrivals = []
        for batch in pack(producer, counts, rows):
            arrival = await producer.send_batch(batch.builder, batch.topic, partition=batch.partition)
            # Whoever stops waiting must not leave an error that nobody heard.
            arrival.add_done_callback(lambda done: done.cancelled() or done.exception())
            arrivals.append(arrival)
        return arrivals

    async def _commit(self) -> None:
        await (await self._started()).commit_transaction()

    def _forgotten(self, rows: float) -> list[Sent]:
        """Pages that the broker has committed, taken from what is held, until they are so many rows."""
        gone = list[Sent]()
        while self._committed and sum(len(page.ids) for page in gone) < rows:
            gone.append(self._committed.pop(0))
        return gone

    async def _forget(self) -> None:
        """Delete all that the broker has committed."""
        if gone := self._forgotten(math.inf):
            await self._connection.execute(_DELETE, _ids(gone))
            self._count(gone)

    def _count(self, pages: Sequence[Sent]) -> None:
        now = time.time()
        for page in pages:
            for (topic, type), times in page.times.items():
                self._numbers.published(topic, {type: len(times)})
                self._numbers.delayed(topic, [now - made for made in times])
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
        await self._forget()
        if isinstance(error, _UNSENDABLE) and failures:
            await self._park_unsendable()
        await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])

    async def _park_unsendable(self) -> None:
        """Send one page row by row; park those that the broker refuses for good, so that the rest may pass."""
        for row in await self._connection.fetch(_SELECT, 0):
            try:
                await self._begin()
                await _arrived(await self._send([row], [row["topic"]]))
                await self._commit()
            except _UNSENDABLE as error:
                await self.stop()
                event_id = await self._connection.fetchval(_PARK, row["id"], type(error).__name__)
                log.warning("parked what the broker refuses", event_id=event_id, error=type(error).__name__)
            else:
                await self._connection.execute(_DELETE, [row["id"]])


def _ids(pages: Iterable[Sent]) -> list[int]:
    return [id for page in pages for id in page.ids]


async def _arrived(arrivals: Arrivals) -> None:
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
