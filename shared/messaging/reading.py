"""One consumer's way through the logs that it reads: side by side, in the order in which things happened.

What follows from something was told after it, though mostly in another log. A consumer that read each log by itself
would, in a backlog, hear of thousands of consequences first, could act on none of them, and would have to set aside
and try again each of them.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any, Final

import structlog
from sqlalchemy.engine import RowMapping

from shared.messaging.log import LONGEST_PAUSE, PAGE, SAFETY_NET, SHORTEST_PAUSE, LogReader, Page, delivery_of
from shared.messaging.pipeline import Pipeline, Place
from shared.persistence.signal import Signal

log: Any = structlog.get_logger(__name__)

_WHEN: Final = itemgetter("created_at")

Taken = Sequence[tuple[int, RowMapping]]
"""Rows, each with the number of the reader that it is from."""


class Reading:
    """Feeds one consumer from all of its logs, each in its order, for ever."""

    def __init__(self, pipeline: Pipeline, readers: Sequence[LogReader]) -> None:
        self._pipeline = pipeline
        self.readers = readers

    async def run(self) -> None:
        """Read until cancelled. A page that fails is read again after a pause; nothing is passed over."""
        pause = SHORTEST_PAUSE
        while True:
            heard = [(reader.told, reader.told.count) for reader in self.readers]
            try:
                moved = await self.advance()
                pause = SHORTEST_PAUSE
            except Exception:
                # Whatever it was, the page stays unread: this loop is all that stands between it and its consumer.
                log.exception("acting on the logs failed", consumer=self._pipeline.consumer.name)
                for reader in self.readers:
                    reader.begin_again()
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
                continue
            if not moved:
                await Signal.after_any(heard, at_most=SAFETY_NET)

    async def advance(self) -> bool:
        """Act on what comes next in any of the logs, as one batch; say whether there was something."""
        taken = _oldest([await reader.ahead() for reader in self.readers])
        if taken:
            await self._act_on(taken)
        for reader in self.readers:
            reader.healthy = reader.is_read
        return bool(taken)

    async def _act_on(self, taken: Taken) -> None:
        reached = {self.readers[number]: row["id"] for number, row in taken}
        deliveries = [delivery_of(row) for number, row in taken if self._concerns(row, self.readers[number])]
        if deliveries or any(reader.lags(position) for reader, position in reached.items()):
            await self._pipeline.process(deliveries, [Place(r.source, position) for r, position in reached.items()])
            for reader, position in reached.items():
                reader.wrote(position)
        for number, count in Counter(number for number, _ in taken).items():
            self.readers[number].pass_over(count)

    def _concerns(self, row: RowMapping, reader: LogReader) -> bool:
        """Whether the consumer listens to such a row. Most are passed over, and are not worth being understood."""
        return row["topic"] in reader.topics and self._pipeline.binds_type(row["topic"], row["type"])


def _oldest(pages: Sequence[Page]) -> Taken:
    """The rows that were told first, `PAGE` of them at most; each log keeps its own order, whatever its times say.

    It goes no further than to the end of a page behind which there may be more: that may be older than all the rest.
    """
    taken: list[tuple[int, RowMapping]] = []
    left = [len(page.rows) for page in pages]
    if sum(map(bool, left)) <= 1:
        return [(number, row) for number, page in enumerate(pages) for row in page.rows[:PAGE]]
    for _, number, row in islice(merge(*map(_dated, range(len(pages)), pages), key=itemgetter(0)), PAGE):
        taken.append((number, row))
        left[number] -= 1
        if not left[number] and not pages[number].ends:
            break
    return taken


def _dated(number: int, page: Page) -> Iterator[tuple[Any, int, RowMapping]]:
    return ((_WHEN(row), number, row) for row in page.rows)
