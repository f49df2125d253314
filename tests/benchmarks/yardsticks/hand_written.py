"""What a competent engineer writes by hand for one consumer, without inbox retries, dead letters, metrics or traces."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition

from tests.benchmarks.sample import GROUP

Act = Callable[[asyncpg.Connection, Sequence[Any]], Awaitable[None]]

_CLAIM: Final = f"""
INSERT INTO inbox (consumer, event_id, claimed_at) SELECT '{GROUP}', e, now() FROM unnest($1::text[]) e
ON CONFLICT DO NOTHING RETURNING event_id
"""  # noqa: S608
_CLAIM_ONE: Final = f"""
INSERT INTO inbox (consumer, event_id, claimed_at) VALUES ('{GROUP}', $1, now()) ON CONFLICT DO NOTHING
"""  # noqa: S608
_COLUMNS: Final = {
    "id": "text",
    "version": "int",
    "organization_id": "text",
    "title": "text",
    "kind": "text",
    "status": "text",
    "region_code": "text",
    "places": "int",
    "budget_fen": "bigint",
    "starts_on": "text",
    "tags": "text",
    "contact": "text",
}
_SELECTED: Final = ", ".join("tags::jsonb" if name == "tags" else name for name in _COLUMNS)
_ARRAYS: Final = ", ".join(f"${place}::{kind}[]" for place, kind in enumerate(_COLUMNS.values(), start=1))
_SETS: Final = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name != "id")
_UPSERT: Final = f"""
INSERT INTO known ({", ".join(_COLUMNS)}) SELECT {_SELECTED} FROM unnest({_ARRAYS}) AS r({", ".join(_COLUMNS)})
ON CONFLICT (id) DO UPDATE SET {_SETS} WHERE known.version < excluded.version
"""  # noqa: S608
_LOAD: Final = "SELECT version, places_taken, applications FROM supply WHERE id = $1 FOR UPDATE"
_SAVE: Final = """
UPDATE supply SET version = $3, places_taken = $4, applications = $5, newest = $6 WHERE id = $1 AND version = $2
"""
_PUBLISH: Final = """
INSERT INTO outbox (event_id, topic, key, type, payload, headers, created_at) VALUES ($1, $2, $3, $4, $5, $6, now())
"""


async def project(connection: asyncpg.Connection, records: Sequence[Any]) -> None:
    """A poll's records into the table, the newest version of each key, in one transaction."""
    newest: dict[str, Any] = {}
    ids = [dict(record.headers)["ce_id"].decode() for record in records]
    async with connection.transaction():
        claimed = {row[0] for row in await connection.fetch(_CLAIM, ids)}
        for id, record in zip(ids, records, strict=True):
            if id not in claimed:
                continue
            body = orjson.loads(record.value)
            known = newest.get(body["need_id"])
            if known is None or known["version"] < body["version"]:
                newest[body["need_id"]] = body
        rows = [_row(newest[key]) for key in sorted(newest)]
        await connection.execute(_UPSERT, *([row[place] for row in rows] for place in range(len(_COLUMNS))))


def _row(body: dict[str, Any]) -> list[Any]:
    body["id"], body["tags"] = body["need_id"], orjson.dumps(body["tags"]).decode()
    return [body[name] for name in _COLUMNS]


async def handle_each(connection: asyncpg.Connection, records: Sequence[Any]) -> None:
    """Each record in a transaction of its own: claim, load, decide, save, event and state into the outbox."""
    for record in records:
        await _handle(connection, record)


async def _handle(connection: asyncpg.Connection, record: Any) -> None:
    headers = dict(record.headers)
    body = orjson.loads(record.value)
    key = body["need_id"]
    async with connection.transaction():
        if (await connection.execute(_CLAIM_ONE, headers["ce_id"].decode())).endswith(" 0"):
            return
        version, taken, applications = await connection.fetchrow(_LOAD, key)
        taken, applications = taken + body["places"], applications + 1
        saved = await connection.execute(_SAVE, key, version, version + 1, taken, applications, body["version"])
        if not saved.endswith(" 1"):
            raise RuntimeError("somebody else changed it")
        for topic, kind, payload in told(body, taken, applications, version + 1):
            id, payload_bytes = str(uuid.uuid4()), orjson.dumps(payload)
            await connection.execute(
                _PUBLISH, id, topic, key, kind, payload_bytes, headers_of(id, kind, key, version + 1)
            )


def told(body: dict[str, Any], taken: int, applications: int, version: int) -> list[tuple[str, str, dict[str, Any]]]:
    """The event and the state that the handler's change is told by: topic, type, body."""
    counted = {
        "need_id": body["need_id"],
        "organization_id": body["organization_id"],
        "region_code": body["region_code"],
        "places": body["places"],
        "places_taken": taken,
        "applications": applications,
    }
    state = {
        "status": "open",
        "version": version,
        "need_id": body["need_id"],
        "places_taken": taken,
        "applications": applications,
    }
    return [
        ("sunmao.talent.events.v1", "sunmao.talent.supply.counted.v1", counted),
        ("sunmao.talent.state.v1", "sunmao.talent.supply.state.v1", state),
    ]


def headers_of(id: str, kind: str, key: str, version: int) -> bytes:
    """The CloudEvents headers as the outbox keeps them."""
    values = {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_id": id,
        "ce_source": "/sunmao/talent",
        "ce_type": kind,
        "ce_subject": key,
        "ce_partitionkey": key,
        "ce_time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "ce_sequence": f"{version:010d}",
        "ce_correlationid": key,
        "ce_dataschema": f"urn:sunmao:schema:{kind}:1",
    }
    return ("\x1f".join(values) + "\x1e" + "\x1f".join(values.values())).encode()


async def consume(bootstrap: str, topic: str, group: str, dsn: str, act: Act, total: int) -> float:
    """Read so many records, act on each poll's in turn, commit its offsets. Answers the seconds from the first on."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=bootstrap,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    connection = await asyncpg.connect(dsn)
    await consumer.start()
    seen, began = 0, 0.0
    try:
        while seen < total:
            polled = await consumer.getmany(timeout_ms=1000, max_records=500)
            records = [record for page in polled.values() for record in page]
            if not records:
                continue
            began = began or time.perf_counter()
            await act(connection, records)
            seen += len(records)
            await consumer.commit({TopicPartition(p.topic, p.partition): r[-1].offset + 1 for p, r in polled.items()})
        return time.perf_counter() - began
    finally:
        await asyncio.gather(consumer.stop(), connection.close())
