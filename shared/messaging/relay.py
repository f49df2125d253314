"""Outbox → Kafka: every committed record is sent, in order per key, and deleted once the broker has it.

What is in the table is what is still to be sent. Rows are read by id, but ids become visible out of order: what was
committed late with a lower id goes with the very next page, before whatever has come after it. Deleting is by the very
ids that were confirmed. One connection holds the leader's lock, reads and deletes: they die together.

A leader that lost its lock while records were on their way could make an old state the last word of a compacted topic.
So the producer's epoch is taken before rows are read: whoever leads later reads all that is not deleted, sends it under
a later epoch, and where it has arrived the broker refuses the earlier one's.
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
_MANY: Final = PAGE // 2
"""Behind so many rows there are likely to be more already: they are read while these are sent. Behind fewer, what comes
until they have arrived makes the next page fuller, and fewer pages cost less."""
_FORGOTTEN: Final = 2 * PAGE
"""How much is deleted with each page of a backlog: more than is sent, for what is held is counted with every page."""
_EPOCH_SECONDS: Final = 3600
"""The broker forgets an epoch that was not renewed for some days, and then knows nobody's predecessor."""
_STOP_SECONDS: Final = 10
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
_UNSENDABLE: Final = MessageSizeTooLargeError
"""What no later attempt would mend. A missing right is not of that kind: until somebody gives it, the rows wait."""
_SELECT: Final = f"SELECT {COLUMNS} FROM outbox WHERE id > $1 ORDER BY id LIMIT {PAGE}"  # noqa: S608
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

_One = TypeVar("_One")
_Other = TypeVar("_Other")


class Relay:
    """The relay of one service, while its process leads."""

    def __init__(self, connection: asyncpg.Connection, producers: Producers, numbers: RelayNumbers) -> None:
        self._connection = connection
        self._producers = producers
        self._producer: AIOKafkaProducer | None = None
        self._expires = 0.0
        self._numbers = numbers
        self._on_their_way: list[Sent] = []
        self._confirmed: list[Sent] = []
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
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), _POLL)
        finally:
            await self.stop()

    async def drain(self) -> None:
        """Send and delete until the table is empty."""
        producer = await self._started()
        rows = await self._connection.fetch(_SELECT, 0)
        while rows:
            rows = await self._pass_on(producer, rows)
            self.beat = time.monotonic()

    async def stop(self) -> None:
        """Stop the producer before another takes its place; what it held and could not send stays in the table."""
        producer, self._producer = self._producer, None
        self._on_their_way.clear()
        if producer is not None:
            try:
                await asyncio.wait_for(producer.stop(), _STOP_SECONDS)
            except (KafkaError, TimeoutError) as error:
                log.warning("the producer did not stop in time", error=type(error).__name__)

    async def _pass_on(self, producer: AIOKafkaProducer, rows: Rows) -> Rows:
        """Send these, delete what the broker has, and answer what follows.

        Where there are many, the next page is read while one is packed and the one before it is on its way.
        """
        page, ahead = Sent(rows), cast("Rows", [])
        self._on_their_way.append(page)
        if len(rows) < _MANY:
            await self._send(producer, page, rows)
        else:
            ahead, _ = await _both(self._following(_FORGOTTEN), self._send(producer, page, rows))
        if ahead:
            await self._confirm(but=1)
            return ahead
        await self._confirm()
        return await self._following(math.inf)

    async def _send(self, producer: AIOKafkaProducer, page: Sent, rows: Rows) -> None:
        counts = {topic: len(await producer.partitions_for(topic)) for topic in page.topics}
        for batch in pack(producer, counts, rows):
            arrival = await producer.send_batch(batch.builder, batch.topic, partition=batch.partition)
            # Whoever stops waiting must not leave an error that nobody heard.
            arrival.add_done_callback(lambda done: done.cancelled() or done.exception())
            page.arrivals.append(arrival)

    async def _confirm(self, *, but: int = 0) -> None:
        """Wait until the broker has every page that was sent, but for so many of the last."""
        while len(self._on_their_way) > but:
            page = self._on_their_way[0]
            await page.arrived()
            self._confirmed.append(self._on_their_way.pop(0))
            self._count(page)
            faults.reach("relay.sent")

    async def _following(self, gone: float) -> Rows:
        """Delete so many confirmed rows, by pages, and read on behind all that was ever read.

        Before what comes there goes what was committed late with an id among those that were sent. It is counted in the
        very state in which the rows are read: whatever is read has its predecessors among what is counted.
        """
        deleted = self._forgotten(gone)
        held = [*self._confirmed, *self._on_their_way]
        ids, last = _ids(deleted), max(page.last for page in [*deleted, *held])
        rows: Rows = await self._connection.fetch(_READ_ON, ids, last)
        if rows and rows[0][-1] != len(ids) + sum(len(page.ids) for page in held):
            return [*await self._late(held, last), *rows]
        return rows

    async def _late(self, held: Sequence[Sent], last: int) -> Rows:
        known = set(_ids(held))
        return [row for row in await self._connection.fetch(_SELECT_UNTIL, last) if row["id"] not in known]

    def _forgotten(self, rows: float) -> list[Sent]:
        """Pages that the broker has, taken from what is held, until they are so many rows."""
        gone = list[Sent]()
        while self._confirmed and sum(len(page.ids) for page in gone) < rows:
            gone.append(self._confirmed.pop(0))
        return gone

    def _count(self, page: Sent) -> None:
        now = time.time()
        self._numbers.sent(len(page.ids), time.monotonic() - page.began)
        for (topic, type), times in page.times.items():
            self._numbers.published(topic, {type: len(times)})
            self._numbers.delayed(topic, [now - made for made in times])
        self._numbers.succeeded(now)

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is not None and time.monotonic() > self._expires:
            await self.stop()
        if self._producer is None:
            producer = self._producers()
            try:
                await producer.start()
            except BaseException:
                await producer.stop()
                raise
            self._producer, self._expires = producer, time.monotonic() + _EPOCH_SECONDS
        return self._producer

    async def _after(self, error: Exception, failures: int) -> None:
        """After any failure the producer is suspect: its partitions refuse everything behind what was lost."""
        self._numbers.failed(type(error).__name__)
        log.warning("sending failed", error=type(error).__name__, reason=missing_right(error))
        await self.stop()
        if gone := self._forgotten(math.inf):
            await self._connection.execute(_DELETE, _ids(gone))
        if isinstance(error, _UNSENDABLE) and failures:
            await self._park_unsendable()
        await asyncio.sleep(_PAUSES[min(failures, len(_PAUSES) - 1)])

    async def _park_unsendable(self) -> None:
        """Send one page row by row; park those that the broker refuses for good, so that the rest may pass."""
        for row in await self._connection.fetch(_SELECT, 0):
            page = Sent([row])
            try:
                await self._send(await self._started(), page, [row])
                await page.arrived()
            except _UNSENDABLE as error:
                await self.stop()
                event_id = await self._connection.fetchval(_PARK, row["id"], type(error).__name__)
                log.warning("parked what the broker refuses", event_id=event_id, error=type(error).__name__)
            else:
                await self._connection.execute(_DELETE, page.ids)


def _ids(pages: Iterable[Sent]) -> list[int]:
    return [id for page in pages for id in page.ids]


async def _both(one: Coroutine[Any, Any, _One], other: Coroutine[Any, Any, _Other]) -> tuple[_One, _Other]:
    """Both outcomes; an error is raised when both have ended, the first one's before the other's."""
    outcomes = await asyncio.gather(one, other, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return cast("tuple[_One, _Other]", outcomes)
