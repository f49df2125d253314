"""Two services by hand: one posts needs over HTTP and produces after its commit, the other keeps what it consumes.

`python -m tests.benchmarks.yardsticks.after_commit api|consumer`; PORT, DSN, BOOTSTRAP, TOPIC and ISSUER say the rest.
The answer does not wait for the broker, and an event whose process dies in between is lost.
"""

import asyncio
import os
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Final

import asyncpg
import httpx
import orjson
import uvicorn
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from fastapi import FastAPI, Header, HTTPException
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel
from ulid import ULID

POSTING: Final = """
CREATE TABLE need (id text PRIMARY KEY, organization_id text, body jsonb, version int, at timestamptz);
CREATE TABLE idempotency (actor text, key text, answer bytea, at timestamptz, PRIMARY KEY (actor, key))"""
KEEPING: Final = """
CREATE TABLE inbox (event_id text PRIMARY KEY, at timestamptz);
CREATE TABLE feed (event_id text, subject text PRIMARY KEY, payload bytea, at timestamptz)"""
_CLAIM: Final = "INSERT INTO inbox SELECT e, now() FROM unnest($1::text[]) e ON CONFLICT DO NOTHING RETURNING event_id"
_KEEP: Final = "INSERT INTO feed SELECT e, s, p, now() FROM unnest($1::text[], $2::text[], $3::bytea[]) r(e, s, p)"


class Line(BaseModel):
    """So many of one kind."""

    line_no: int
    kind: str
    headcount: int


class Posted(BaseModel):
    """What is looked for."""

    lines: list[Line]
    title: str
    starts_on: date
    ends_on: date
    region_code: str


class Town:
    """What the process holds."""

    pool: asyncpg.Pool
    keys: KeySet
    producer: AIOKafkaProducer


town = Town()


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    async with httpx.AsyncClient() as client:
        town.keys = KeySet.import_key_set((await client.get(f"{os.environ['ISSUER']}/jwks")).json())
    town.producer = AIOKafkaProducer(bootstrap_servers=os.environ["BOOTSTRAP"], acks="all", enable_idempotence=True)
    await town.producer.start()
    async with asyncpg.create_pool(os.environ["DSN"], min_size=10, max_size=10) as town.pool:
        yield
    await town.producer.stop()


app = FastAPI(lifespan=lifespan)


@app.get("/readyz")
async def ready() -> str:
    return "ready"


@app.post("/v1/needs", status_code=201)
async def post_need(
    posted: Posted, authorization: Annotated[str, Header()], idempotency_key: Annotated[str, Header()]
) -> dict[str, str]:
    try:
        claims = jwt.decode(authorization.removeprefix("Bearer "), town.keys, algorithms=["ES256"]).claims
    except (JoseError, ValueError):
        raise HTTPException(401) from None
    id, now, body = f"need_{ULID()}", datetime.now(UTC), posted.model_dump_json()
    answer = {"id": id}
    async with town.pool.acquire() as connection, connection.transaction():
        key = (claims["sub"], idempotency_key)
        claim = "INSERT INTO idempotency VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key"
        if not await connection.fetchval(claim, *key, orjson.dumps(answer), now):
            raise HTTPException(409)
        await connection.execute("INSERT INTO need VALUES ($1, $2, $3, 1, $4)", id, claims["org"], body, now)
    headers = [("ce_id", str(uuid.uuid4()).encode()), ("ce_type", b"need.posted")]
    await town.producer.send(os.environ["TOPIC"], body.encode(), key=id.encode(), headers=headers)
    return answer


async def consume() -> None:
    """Keep every event once, a poll's in one transaction, then commit the offsets."""
    consumer = AIOKafkaConsumer(
        os.environ["TOPIC"],
        bootstrap_servers=os.environ["BOOTSTRAP"],
        group_id="by-hand",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    )
    await consumer.start()
    connection = await asyncpg.connect(os.environ["DSN"])
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", int(os.environ["PORT"]))
    try:
        while True:
            polled = await consumer.getmany(timeout_ms=500, max_records=500)
            if records := [record for page in polled.values() for record in page]:
                await _keep(connection, {dict(r.headers)["ce_id"].decode(): (r.key.decode(), r.value) for r in records})
                await consumer.commit()
    finally:
        server.close()
        await connection.close()
        await consumer.stop()


async def _keep(connection: asyncpg.Connection, events: dict[str, tuple[str, bytes]]) -> None:
    async with connection.transaction():
        claimed = [row[0] for row in await connection.fetch(_CLAIM, sorted(events))]
        columns = ([events[id][place] for id in claimed] for place in (0, 1))
        await connection.execute(_KEEP, claimed, *columns)


if __name__ == "__main__":
    if sys.argv[1] == "consumer":
        asyncio.run(consume())
    else:
        uvicorn.run(app, port=int(os.environ["PORT"]), log_config=None, access_log=False, server_header=False)
