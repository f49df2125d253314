"""Rows of the outbox in the batches that Kafka takes, and what the relay keeps of them until they are deleted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, NamedTuple, Self

import asyncpg
from aiokafka import AIOKafkaProducer

from shared.messaging.partitions import partition_of
from shared.persistence.record import split_headers

PAGE: Final = 4000


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one partition, as bytes that Kafka takes."""

    topic: str
    partition: int
    builder: Any


class SentRow(NamedTuple):
    """What is still asked of a row once it is packed: what it tells is in memory once, and only until it was sent."""

    id: int
    topic: str
    type: str
    created_at: datetime


_ASKED: Final = itemgetter("id", "topic", "type", "created_at")


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one transaction, in the order in which they are sent, and those that are still to be sent packed."""

    rows: Sequence[SentRow]
    batches: Sequence[Batch] = ()

    @classmethod
    def of(cls, rows: Iterable[asyncpg.Record], batches: Sequence[Batch]) -> Self:
        """Rows of the outbox and what they were packed into."""
        return cls([SentRow._make(_ASKED(row)) for row in rows], batches)

    @property
    def last(self) -> int:
        """The highest id."""
        return max(row.id for row in self.rows)

    @property
    def full(self) -> bool:
        """Whether no more rows should join it."""
        return len(self.rows) >= PAGE


def pack(producer: AIOKafkaProducer, counts: Mapping[str, int], rows: Iterable[asyncpg.Record]) -> list[Batch]:
    """The rows in as many batches as they need, those of one partition in the order of their ids."""
    packed: list[Batch] = []
    unfinished: dict[tuple[str, int], Any] = {}
    for _, _, topic, text, _, payload, joined, _ in rows:
        key, headers = text.encode(), _headers(joined)
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


def _headers(joined: bytes) -> list[tuple[str, bytes]]:
    """The stored headers, and the origin's trace as that of this hop."""
    headers = split_headers(joined)
    # The envelope writes its optional attributes last.
    for name, value in reversed(headers):
        if name == "ce_traceparent":
            headers.append(("traceparent", value))
            break
    return headers
