"""Two relays by hand, which mark nothing as sent: the plain one, and the fastest that Python and aiokafka allow."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, Final

import asyncpg
import orjson
from aiokafka import AIOKafkaProducer
from aiokafka.partitioner import murmur2

from tests.benchmarks.apart import Asked

_PAGE: Final = "SELECT id, topic, key, payload, headers FROM plain_outbox WHERE id > $1 ORDER BY id LIMIT 1000"
_Sending = tuple[asyncpg.Connection, AIOKafkaProducer]
_names: dict[bytes, tuple[str, ...]] = {}


@asynccontextmanager
async def plain(asked: Asked) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """jsonb headers, one `send` per row, a page awaited before the next is read."""
    async with _open(asked, max_batch_size=16384) as (connection, producer):
        yield lambda: _send_each(connection, producer)


@asynccontextmanager
async def limit(asked: Asked) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Headers as one value, one batch per page and partition, a page on its way while the next is read."""
    async with _open(asked, max_batch_size=1 << 20) as (connection, producer):
        yield lambda: _send_batches(connection, producer)


@asynccontextmanager
async def _open(asked: Asked, *, max_batch_size: int) -> AsyncIterator[_Sending]:
    connection = await asyncpg.connect(asked["dsn"])
    producer = AIOKafkaProducer(
        bootstrap_servers=asked["bootstrap"],
        enable_idempotence=True,
        acks="all",
        linger_ms=2,
        max_batch_size=max_batch_size,
        max_request_size=16 << 20,
    )
    await producer.start()
    await producer.partitions_for(asked["topic"])
    try:
        yield connection, producer
    finally:
        await producer.stop()
        await connection.close()


async def _send_each(connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
    last = 0
    while rows := await connection.fetch(_PAGE, last):
        arrivals = []
        for _, topic, key, payload, headers in rows:
            pairs = [(name, text.encode()) for name, text in orjson.loads(headers).items()]
            arrivals.append(await producer.send(topic, payload, key=key.encode(), headers=pairs))
        last = rows[-1]["id"]
        await asyncio.gather(*arrivals)


async def _send_batches(connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
    last, before = 0, []
    while rows := await connection.fetch(_PAGE, last):
        last, now = rows[-1]["id"], await _submit(producer, rows)
        await asyncio.gather(*before)
        before = now
    await asyncio.gather(*before)


async def _submit(producer: AIOKafkaProducer, rows: Sequence[asyncpg.Record]) -> list["asyncio.Future[Any]"]:
    """A page's share of a partition fits into one batch: 1000 rows are 0.8 MB."""
    batches: dict[tuple[str, int], Any] = {}
    counts: dict[str, int] = {}
    for _, topic, text, payload, headers in rows:
        key = text.encode()
        if topic not in counts:
            counts[topic] = len(await producer.partitions_for(topic))
        place = topic, _hash(key) % counts[topic]
        batch = batches.get(place)
        if batch is None:
            batch = batches[place] = producer.create_batch()
        batch.append(timestamp=None, key=key, value=payload, headers=_split(headers))
    arrivals = []
    for (topic, partition), batch in batches.items():
        batch.close()
        arrivals.append(await producer.send_batch(batch, topic, partition=partition))
    return arrivals


@lru_cache(maxsize=100_000)
def _hash(key: bytes) -> int:
    return int(murmur2(key)) & 0x7FFFFFFF


def _split(joined: bytes) -> list[tuple[str, bytes]]:
    names, _, values = joined.partition(b"\x1e")
    known = _names.get(names)
    if known is None:
        known = _names[names] = tuple(names.decode().split("\x1f"))
    return list(zip(known, values.split(b"\x1f"), strict=True))
