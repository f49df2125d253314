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
_SAFETY_NET: Final = 1.0
_LONGEST_PAUSE: Final = 5.0


class LogReader:
    """Feeds one consumer from one source's log, in order, for ever."""

    def __init__(self, pipeline: Pipeline, source: str, log_of: Database, topics: frozenset[str]) -> None:
        self.pipeline = pipeline
        self.source = source
        self.topics = topics
        self._log = log_of
        self.healthy = True

    async def run(self) -> None:
        """Read until cancelled. A page that fails is read again after a pause; nothing is passed over."""
        pause = 0.1
        while True:
            heard = self._log.committed.count
            try:
                moved = await self.advance()
                pause, self.healthy = 0.1, True
            except Exception as error:  # noqa: BLE001
                # Whatever it was, the page stays unread: this loop is all that stands between it and its consumer.
                self.healthy = False
                log.error(
                    "reading the log failed", consumer=self.pipeline.consumer.name, source=self.source, exc_info=error
                )
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            if not moved:
                await self._log.committed.after(heard, at_most=_SAFETY_NET)

    async def advance(self) -> bool:
        """Act on the next page; say whether there was one."""
        async with self.pipeline.bench.works.database.reading() as connection:
            position = await position_of(connection, self.pipeline.consumer.name, self.source)
        rows = await self._page(position)
        if not rows:
            return False
        deliveries = [delivery_of(row) for row in rows if row["topic"] in self.topics]
        await self.pipeline.process(deliveries, Place(self.source, rows[-1]["id"]))
        return True

    async def _page(self, after: int) -> Sequence[RowMapping]:
        statement = select(OUTBOX).where(OUTBOX.c.id > after).order_by(OUTBOX.c.id).limit(PAGE)
        async with self._log.reading() as connection:
            return (await connection.execute(statement)).mappings().all()


def delivery_of(row: RowMapping) -> Delivery:
    """A row of the log as a delivery; its id is its offset."""
    return Delivery(row["topic"], 0, row["id"], row["key"], tuple(split_headers(row["headers"])), row["payload"])


async def end_of_log(database: Database) -> int:
    """The position of the newest row."""
    async with database.reading() as connection:
        return (await connection.execute(select(func.max(OUTBOX.c.id)))).scalar() or 0
