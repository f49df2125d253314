"""The embedded transport: each service's outbox is the log, and every consumer has a position of its own in it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from sqlalchemy import func, select
from sqlalchemy.engine import RowMapping

from shared.messaging.delivery import Delivery
from shared.messaging.inbox import position_of
from shared.messaging.pipeline import Pipeline
from shared.persistence.database import Database
from shared.persistence.record import split_headers
from shared.persistence.spine import OutboxRow, table_of

log: Any = structlog.get_logger(__name__)

OUTBOX: Final = table_of(OutboxRow)
PAGE: Final = 500
_LITTLE: Final = PAGE // 2
SAFETY_NET: Final = 1.0
LONGEST_PAUSE: Final = 5.0
SHORTEST_PAUSE: Final = 0.1
_ASKED: Final = "SELECT id, topic, key, type, payload, headers, created_at FROM outbox WHERE id > ? ORDER BY id LIMIT ?"


@dataclass(frozen=True, slots=True)
class Page:
    """The next rows of a log, in order; `ends` where there were no more of them when it was asked."""

    rows: Sequence[RowMapping]
    ends: bool


_NOTHING: Final = Page((), ends=True)


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

    async def page(self, after: int) -> Page:
        """The next rows after a position, at most `PAGE`."""
        async with self._turn:
            if not self._holds(after):
                await self._fetch(after)
            rows = self._rows if after == self._after else [row for row in self._rows if row["id"] > after]
            return Page(rows, ends=len(self._rows) < PAGE)

    def _holds(self, after: int) -> bool:
        """Whether what was fetched last begins early enough, goes far enough, and nothing was told since."""
        recent = asyncio.get_running_loop().time() - self._fetched_at < SAFETY_NET
        goes_on = len(self._rows) < PAGE or after < self._rows[-1]["id"]
        return recent and self._seen == self.told.count and after >= self._after and goes_on

    async def _fetch(self, after: int) -> None:
        seen = self.told.count
        async with self._database.reading() as connection:
            rows = (await connection.exec_driver_sql(_ASKED, (after, PAGE))).mappings().all()
        self._rows, self._after, self._seen = rows, after, seen
        self._fetched_at = asyncio.get_running_loop().time()


class LogReader:
    """How far one consumer is in one source's log, and what comes next there.

    The position that is written may lag behind the one that was reached, by rows of no interest to the consumer.
    """

    def __init__(self, pipeline: Pipeline, source: str, log_of: Log, topics: frozenset[str]) -> None:
        self.pipeline = pipeline
        self.source = source
        self.topics = topics
        self.told = log_of.told
        self.healthy = True
        self._log = log_of
        self._reached: int | None = None
        self._written = 0
        self._ahead: Sequence[RowMapping] = ()
        self._pause = SHORTEST_PAUSE
        self._rests_until: float | None = None

    async def ahead(self) -> Page:
        """What comes next: what is left of the pages before, with another where that is little.

        Where the log cannot be read nothing comes next, and for a while it is not asked again.
        """
        if len(self._ahead) >= _LITTLE:
            return Page(self._ahead, ends=False)
        if self._rests_until is not None and asyncio.get_running_loop().time() < self._rests_until:
            return _NOTHING
        try:
            more = await self._log.page(await self._known_to())
        except Exception:
            # Whatever it was, nothing of this log is passed over, and other logs are read on meanwhile.
            log.exception("reading the log failed", consumer=self.pipeline.consumer.name, source=self.source)
            self._rest()
            return _NOTHING
        self._ahead, self._pause, self._rests_until = [*self._ahead, *more.rows], SHORTEST_PAUSE, None
        return Page(self._ahead, more.ends)

    @property
    def is_read(self) -> bool:
        """Whether its log could be read when that was tried last."""
        return self._rests_until is None

    def lags(self, position: int) -> bool:
        """Whether what is written is so far behind this position that it should be written anew."""
        return position - self._written >= PAGE

    def wrote(self, position: int) -> None:
        """That position is committed."""
        self._written = position

    def pass_over(self, count: int) -> None:
        """So many of the rows that come next are dealt with."""
        self._reached, self._ahead = self._ahead[count - 1]["id"], self._ahead[count:]

    def begin_again(self) -> None:
        """Trust nothing but the written position, wherever that is."""
        self.healthy, self._reached, self._ahead = False, None, ()

    def _rest(self) -> None:
        self.begin_again()
        self._rests_until = asyncio.get_running_loop().time() + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)

    async def _known_to(self) -> int:
        """The position of the last row that is at hand."""
        if self._ahead:
            return int(self._ahead[-1]["id"])
        return self._reached if self._reached is not None else await self._find_position()

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
