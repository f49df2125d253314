"""Rows of the outbox in the batches that Kafka takes, and what the relay keeps of them until they are deleted."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
from aiokafka import AIOKafkaProducer

from shared.messaging.partitions import partition_of
from shared.persistence.record import split_for_hop

PAGE: Final = 2000
"""Half as many cost a twentieth more of the processor for each row, twice as many only memory."""
COLUMNS: Final = "id, topic, key, type, payload, headers, date_part('epoch', created_at)"
"""What is read of a row first, in this order. An instant as a number costs a tenth of what it costs as a `datetime`."""

Rows = Sequence[asyncpg.Record]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one partition, as bytes that Kafka takes."""

    topic: str
    partition: int
    builder: Any


class Sent:
    """What is still asked of a page's rows once they are packed: what they tell is held no longer than it is sent.

    `times` says when the changes of a topic and an event's type were made, in seconds since 1970.
    """

    def __init__(self, rows: Rows) -> None:
        self.began = time.monotonic()
        self.arrivals: list[asyncio.Future[Any]] = []
        self.ids = [row[0] for row in rows]
        self.last = max(self.ids)
        self.times: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
        for row in rows:
            self.times[row[1], row[3]].append(row[6])

    @property
    def topics(self) -> set[str]:
        """Where they go."""
        return {topic for topic, _ in self.times}

    async def arrived(self) -> None:
        """Wait for every batch; raise the first error only when all have been heard of."""
        for outcome in await asyncio.gather(*self.arrivals, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome


def pack(producer: AIOKafkaProducer, counts: Mapping[str, int], rows: Iterable[asyncpg.Record]) -> list[Batch]:
    """The rows in as many batches as they need, those of one partition in the order of their ids."""
    packed: list[Batch] = []
    unfinished: dict[tuple[str, int], Any] = {}
    for row in rows:
        topic, payload = row[1], row[4]
        key, headers = row[2].encode(), split_for_hop(row[5])
        place = topic, partition_of(key, counts[topic])
        builder = unfinished.get(place)
        if builder is None or builder.append(timestamp=None, key=key, value=payload, headers=headers) is None:
            # The first record of a batch is taken whatever its size.
            builder = unfinished[place] = producer.create_batch()
            builder.append(timestamp=None, key=key, value=payload, headers=headers)
            packed.append(Batch(topic, place[1], builder))
    for batch in packed:
        batch.builder.close()
    return packed
