"""The package faststream-outbox as its documentation shows it, with the key and the batch sizes that suit it best.

Sixteen workers are its best rate here; with them it does not keep the order of a key, and nobody checks that it does.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg
from faststream.kafka import KafkaBroker, KafkaResponse
from faststream_outbox import OutboxBroker, make_outbox_table
from faststream_outbox.annotations import OutboxMessage
from faststream_outbox.autovacuum import outbox_autovacuum_ddl
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import create_async_engine

from tests.benchmarks.apart import Asked

_TABLE: Final = "fs_outbox"
_QUEUE: Final = "sample"
_WORKERS: Final = 16


@asynccontextmanager
async def backlog(asked: Asked) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Measured is the time until every row was acknowledged."""
    engine = create_async_engine(asked["url"], pool_size=_WORKERS + 2, max_overflow=5)
    to_go, done = [asked["count"]], asyncio.Event()

    def recorded(event: str, _tags: Mapping[str, Any]) -> None:
        to_go[0] -= event == "acked"
        if to_go[0] <= 0:
            done.set()

    table = make_outbox_table(MetaData(), table_name=_TABLE)
    outbox = OutboxBroker(engine, outbox_table=table, logger=None, metrics_recorder=recorded)
    kafka = KafkaBroker(asked["bootstrap"], enable_idempotence=True, acks="all", logger=None)

    @kafka.publisher(asked["topic"])
    @outbox.subscriber(_QUEUE, max_workers=_WORKERS, fetch_batch_size=500, terminal_flush_batch_size=100)
    async def relay(body: dict[str, Any], message: OutboxMessage) -> KafkaResponse:
        return KafkaResponse(body, headers=message.headers, key=message.headers["ce_subject"].encode())

    async def drain() -> None:
        await outbox.start()
        await done.wait()

    await kafka.connect()
    try:
        yield drain
    finally:
        await outbox.stop()
        await kafka.stop()
        await engine.dispose()


async def fill(url: str, dsn: str, rows: Sequence[tuple[bytes, Mapping[str, str]]]) -> None:
    """Its own table with so many payloads and headers, vacuumed as its documentation advises."""
    metadata = MetaData()
    make_outbox_table(metadata, table_name=_TABLE)
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await engine.dispose()
    records = [
        (_QUEUE, payload, json.dumps({**headers, "correlation_id": headers["ce_id"]})) for payload, headers in rows
    ]
    raw = await asyncpg.connect(dsn)
    try:
        await raw.execute(outbox_autovacuum_ddl(_TABLE, vacuum_cost_delay=0))
        await raw.copy_records_to_table(_TABLE, records=records, columns=("queue", "payload", "headers"))
        await raw.execute(f"ANALYZE {_TABLE}")
        await raw.execute("CHECKPOINT")
    finally:
        await raw.close()
