"""The outbox that every relay of the suite empties: the service's own table, or the shape that a yardstick likes."""

import struct
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, Final

import asyncpg
import orjson
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from services.partnership.main import SERVICE
from shared.messaging.leader import CHANNEL
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from tests.benchmarks.events import Made, SampleTaken, check_relayed, joined
from tests.benchmarks.stage import PARTITIONS, Stage, sqlalchemy_url

PAGE: Final = 1000
_COLUMNS: Final = ("event_id", "topic", "key", "type", "payload", "headers", "created_at")
_PLAIN: Final = """
CREATE TABLE plain_outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL, key text NOT NULL, payload bytea NOT NULL, headers {headers} NOT NULL
)
"""
_FEW: Final = 10
_BEGIN: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = b"\xff\xff"
"""What a binary COPY begins and ends with."""
_MICROSECOND: Final = timedelta(microseconds=1)
_MILLENNIUM: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""From when on PostgreSQL counts."""

Row = tuple[Any, ...]


@asynccontextmanager
async def our_database(stage: Stage) -> AsyncIterator[str]:
    """The address of a database of partnership, migrated, its outbox empty and analyzed."""
    async with stage.database() as dsn:
        database = Database(sqlalchemy_url(dsn))
        await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
        await database.close()
        await _execute(dsn, "ANALYZE outbox")
        yield dsn


def few(records: Sequence[Made]) -> Sequence[Made]:
    """So many that a relay has met every partition before it is measured."""
    return records[:_FEW]


async def fill(dsn: str, topic: str, records: Sequence[Made]) -> None:
    """A backlog in the service's own outbox, as autovacuum would soon have analyzed it."""
    connection = await asyncpg.connect(dsn)
    try:
        await connection.copy_records_to_table("outbox", records=rows_of(topic, records), columns=_COLUMNS)
        await connection.execute("ANALYZE outbox")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


def pages_of(topic: str, records: Sequence[Made]) -> list[bytes]:
    """The records as what PostgreSQL is sent for them, a page in each transaction."""
    rows = [_binary(row) for row in rows_of(topic, records)]
    return [b"".join([_BEGIN, *rows[start : start + PAGE], _END]) for start in range(0, len(rows), PAGE)]


async def let_arrive(dsn: str, pages: Sequence[bytes]) -> None:
    """One page after the other, the leader told after each commit, as fast as the table takes them.

    They are ready-made, for whoever writes shares the processor with the relay that is measured.
    """
    connection = await asyncpg.connect(dsn)
    try:
        for page in pages:
            await connection.copy_to_table("outbox", source=BytesIO(page), columns=_COLUMNS, format="binary")
            await connection.execute(f"NOTIFY {CHANNEL}")
    finally:
        await connection.close()


async def fill_plain(dsn: str, topic: str, records: Sequence[Made], *, jsonb: bool) -> None:
    """A yardstick's table: nothing but what is sent, the headers as jsonb or as one value, the trace among them."""
    write: Callable[[Made], Any] = _as_json if jsonb else _as_one_value
    rows = [(topic, record.key, record.payload, write(record)) for record in records]
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(_PLAIN.format(headers="jsonb" if jsonb else "bytea"))
        columns = ("topic", "key", "payload", "headers")
        await connection.copy_records_to_table("plain_outbox", records=rows, columns=columns)
        await connection.execute("ANALYZE plain_outbox")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


async def left(dsn: str, table: str = "outbox") -> int:
    """How many rows are still to be sent."""
    connection = await asyncpg.connect(dsn)
    try:
        return int(await connection.fetchval(f"SELECT count(*) FROM {table}"))  # noqa: S608
    finally:
        await connection.close()


async def check_topic(bootstrap: str, topic: str, records: Sequence[Made], *, ordered: bool = True) -> float:
    """Every record once, in its key's order, its trace restored; answers the seconds from the first to the last."""
    found, times = [], []
    async for record in _on_topic(bootstrap, topic):
        headers = dict(record.headers)
        assert headers["traceparent"] == headers["ce_traceparent"], "the trace context was not restored"
        assert len(headers) >= 10, f"only {len(headers)} headers arrived"
        found.append((headers["ce_id"].decode(), record.key.decode(), int(headers["ce_sequence"])))
        times.append(record.timestamp)
    check_relayed(found if ordered else sorted(found, key=lambda each: each[2]), records)
    return (max(times) - min(times)) / 1000


async def _on_topic(bootstrap: str, topic: str) -> AsyncIterator[ConsumerRecord]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False, isolation_level="read_committed")
    await consumer.start()
    places = [TopicPartition(topic, number) for number in range(PARTITIONS)]
    consumer.assign(places)
    await consumer.seek_to_beginning(*places)
    try:
        ends = await consumer.end_offsets(places)
        while any([await consumer.position(place) < ends[place] for place in places]):
            for records in (await consumer.getmany(timeout_ms=500, max_records=5000)).values():
                for record in records:
                    yield record
    finally:
        await consumer.stop()


def rows_of(topic: str, records: Sequence[Made]) -> list[Row]:
    """The records as rows of the service's own outbox."""
    now, type_ = datetime.now(UTC), SampleTaken.wire.type
    return [(record.id, topic, record.key, type_, record.payload, joined(record), now) for record in records]


def pairs_of(record: Made) -> list[tuple[str, bytes]]:
    """The headers as a consumer is to find them, the trace among them."""
    origin = next(value for name, value in record.headers if name == "ce_traceparent")
    return [*record.headers, ("traceparent", origin)]


def texts_of(record: Made) -> dict[str, str]:
    """The same as texts."""
    return {name: value.decode() for name, value in pairs_of(record)}


def _as_json(record: Made) -> str:
    return orjson.dumps(texts_of(record)).decode()


def _as_one_value(record: Made) -> bytes:
    names, values = zip(*pairs_of(record), strict=True)
    return "\x1f".join(names).encode() + b"\x1e" + b"\x1f".join(values)


def _binary(row: Row) -> bytes:
    *others, created_at = row
    values = [each.encode() if isinstance(each, str) else each for each in others]
    values.append(struct.pack("!q", (created_at - _MILLENNIUM) // _MICROSECOND))
    return struct.pack("!h", len(values)) + b"".join(struct.pack("!i", len(value)) + value for value in values)


async def _execute(dsn: str, statement: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
