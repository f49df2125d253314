"""The embedded transport: each service's outbox is the log, and every consumer reads it by its own position."""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import structlog
from sqlalchemy import func, select
from sqlalchemy.engine import RowMapping

from shared.messaging.delivery import Delivery
from shared.messaging.inbox import position_of
from shared.messaging.pipeline import Pipeline, Place
from shared.persistence.database import Database
from shared.persistence.record import split_headers
from shared.persistence.spine import OutboxRow, table_of

log: Any = structlog.get_logger(__name__)

OUTBOX: Final = table_of(OutboxRow)
PAGE: Final = 500
_ASKED: Final = "SELECT id, topic, key, payload, headers FROM outbox WHERE id > ? ORDER BY id LIMIT ?"
_SAFETY_NET: Final = 1.0
_LONGEST_PAUSE: Final = 5.0


class Log:
    """One source's log, read by several readers: what one of them has fetched the others need not fetch again."""

    def __init__(self, database: Database) -> None:
        self.told = database.told
        self._database = database
        self._turn = asyncio.Lock()
        self._rows: Sequence[RowMapping] = ()
        self._after = 0
        self._seen = -1
        self._fetched_at = 0.0

    async def page(self, after: int) -> Sequence[RowMapping]:
        """The next rows after a position, at most `PAGE`."""
        async with self._turn:
            if not self._holds(after):
                await self._fetch(after)
            return self._rows if after == self._after else [row for row in self._rows if row["id"] > after]

    def _holds(self, after: int) -> bool:
        """Whether what was fetched last begins early enough, goes far enough, and nothing was told since."""
        recent = asyncio.get_running_loop().time() - self._fetched_at < _SAFETY_NET
        goes_on = len(self._rows) < PAGE or after < self._rows[-1]["id"]
        return recent and self._seen == self.told.count and after >= self._after and goes_on

    async def _fetch(self, after: int) -> None:
        seen = self.told.count
        async with self._database.reading() as connection:
            rows = (await connection.exec_driver_sql(_ASKED, (after, PAGE))).mappings().all()
        self._rows, self._after, self._seen = rows, after, seen
        self._fetched_at = asyncio.get_running_loop().time()


class LogReader:
    """Feeds one consumer from one source's log, in order, for ever.

    The position that is written may lag behind the one that was reached, by rows of no interest to the consumer.
    """

    def __init__(self, pipeline: Pipeline, source: str, log_of: Log, topics: frozenset[str]) -> None:
        self.pipeline = pipeline
        self.source = source
        self.topics = topics
        self._log = log_of
        self._reached: int | None = None
        self._written = 0
        self.healthy = True

    async def run(self) -> None:
        """Read until cancelled. A page that fails is read again after a pause; nothing is passed over."""
        pause = 0.1
        while True:
            heard = self._log.told.count
            try:
                moved = await self.advance()
                pause, self.healthy = 0.1, True
            except Exception:
                # Whatever it was, the page stays unread: this loop is all that stands between it and its consumer.
                self.healthy, self._reached = False, None
                log.exception("reading the log failed", consumer=self.pipeline.consumer.name, source=self.source)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            if not moved:
                await self._log.told.after(heard, at_most=_SAFETY_NET)

    async def advance(self) -> bool:
        """Act on the next page; say whether there was one."""
        reached = self._reached if self._reached is not None else await self._find_position()
        rows = await self._log.page(reached)
        if not rows:
            return False
        told = [delivery_of(row) for row in rows if row["topic"] in self.topics]
        deliveries, last = [delivery for delivery in told if self.pipeline.binds(delivery)], rows[-1]["id"]
        if deliveries or last - self._written >= PAGE:
            await self.pipeline.process(deliveries, Place(self.source, last))
            self._written = last
        self._reached = last
        return True

    async def _find_position(self) -> int:
        """Where the reader stood; from then on it knows, for nobody else moves it."""
        async with self.pipeline.bench.works.database.reading() as connection:
            self._written = await position_of(connection, self.pipeline.consumer.name, self.source)
        self._reached = self._written
        return self._written


def delivery_of(row: RowMapping) -> Delivery:
    """A row of the log as a delivery; its id is its offset."""
    return Delivery(row["topic"], 0, row["id"], row["key"], tuple(split_headers(row["headers"])), row["payload"])


async def end_of_log(database: Database) -> int:
    """The position of the newest row."""
    async with database.reading() as connection:
        return (await connection.execute(select(func.max(OUTBOX.c.id)))).scalar() or 0
