"""Telling Kafka how far a group has come, without anybody waiting for it.

Whoever has acted goes on with the next records at once. Offsets that come while others are being committed go together
with the next commit. What is not committed when a process dies comes again, and the inbox passes over it.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

log: Any = structlog.get_logger(__name__)

_TOGETHER: Final = 0.1
"""Seconds between commits. Each costs the broker about as much as a batch of records."""
_PATIENCE: Final = 5.0


class Acknowledging:
    """Offsets of one consumer on their way to the broker; `done` is called after every commit."""

    def __init__(self, consumer: Callable[[], AIOKafkaConsumer], done: Callable[[], None]) -> None:
        self._consumer = consumer
        self._done = done
        self._due: dict[TopicPartition, int] = {}
        self._task: asyncio.Task[None] | None = None

    def note(self, offsets: Mapping[TopicPartition, int]) -> None:
        """All before these offsets is acted on."""
        self._due.update(offsets)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._commit())

    async def settle(self) -> None:
        """Wait until all that was noted is committed, or a few seconds."""
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=_PATIENCE)

    def forget(self, places: Iterable[TopicPartition]) -> None:
        """These are somebody else's from now on."""
        for place in places:
            self._due.pop(place, None)

    async def _commit(self) -> None:
        while self._due:
            due, self._due = self._due, {}
            await self._commit_ours(due)
            await asyncio.sleep(_TOGETHER)

    async def _commit_ours(self, due: Mapping[TopicPartition, int]) -> None:
        consumer = self._consumer()
        assigned = consumer.assignment()
        ours = {place: offset for place, offset in due.items() if place in assigned}
        try:
            if ours:
                await consumer.commit(ours)
        except KafkaError as error:
            # The inbox knows what was done: whoever gets these records next passes over them.
            log.warning("offsets were not committed", error=type(error).__name__)
        else:
            self._done()
