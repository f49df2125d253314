"""Two services by hand: one registers organisations over HTTP and produces after its commit, the other keeps them.

`python -m tests.benchmarks.yardsticks.after_commit api|consumer`; PORT, DSN, BOOTSTRAP, TOPIC and ISSUER say the rest.
The answer does not wait for the broker, and an event whose process dies in between is lost.
"""

import asyncio
import os
import sys
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, Final

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
CREATE TABLE organization (id text PRIMARY KEY, uscc text UNIQUE, body jsonb, version int, at timestamptz);
CREATE TABLE idempotency (actor text, key text, answer bytea, at timestamptz, PRIMARY KEY (actor, key))"""
KEEPING: Final = """
CREATE TABLE known_organization (id text PRIMARY KEY, version int, kind text, name_zh text, region_code text,
    industry_code text, employees_total int, posts jsonb)"""
_KEEP: Final = """
INSERT INTO known_organization SELECT * FROM unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[],
    $6::text[], $7::int[], $8::jsonb[])
ON CONFLICT (id) DO UPDATE SET version = excluded.version, kind = excluded.kind, name_zh = excluded.name_zh,
    region_code = excluded.region_code, industry_code = excluded.industry_code,
    employees_total = excluded.employees_total, posts = excluded.posts
WHERE known_organization.version < excluded.version"""
_COLUMNS: Final = ("id", "version", "kind", "name_zh", "region_code", "industry_code", "employees_total", "posts")


class Post(BaseModel):
    """How many work on one post."""

    occupation_code: str
    employees: int


class Entry(BaseModel):
    """Who enters the register."""

    kind: str
    name_zh: str
    uscc: str
    region_code: str
    industry_code: str
    employees_total: int
    posts: list[Post]


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


@app.post("/v1/organizations", status_code=201)
async def register(
    entry: Entry, authorization: Annotated[str, Header()], idempotency_key: Annotated[str, Header()]
) -> dict[str, str]:
    try:
        claims = jwt.decode(authorization.removeprefix("Bearer "), town.keys, algorithms=["ES256"]).claims
    except (JoseError, ValueError):
        raise HTTPException(401) from None
    id, now, body = f"org_{ULID()}", datetime.now(UTC), entry.model_dump_json()
    answer = {"id": id}
    async with town.pool.acquire() as connection, connection.transaction():
        key = (claims["sub"], idempotency_key)
        claim = "INSERT INTO idempotency VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING key"
        if not await connection.fetchval(claim, *key, orjson.dumps(answer), now):
            raise HTTPException(409)
        await connection.execute("INSERT INTO organization VALUES ($1, $2, $3, 1, $4)", id, entry.uscc, body, now)
    headers = [("ce_id", str(uuid.uuid4()).encode()), ("ce_type", b"organization.state")]
    state = orjson.dumps({"id": id, "version": 1, **entry.model_dump()})
    await town.producer.send(os.environ["TOPIC"], state, key=id.encode(), headers=headers)
    return answer


async def consume() -> None:
    """Keep the newest of every organisation, a poll's by one statement, then commit the offsets."""
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
                await _keep(connection, [orjson.loads(record.value) for record in records])
                await consumer.commit()
    finally:
        server.close()
        await connection.close()
        await consumer.stop()


async def _keep(connection: asyncpg.Connection, states: Sequence[dict[str, Any]]) -> None:
    newest = {state["id"]: {**state, "posts": orjson.dumps(state["posts"]).decode()} for state in states}
    await connection.execute(_KEEP, *([state[name] for state in newest.values()] for name in _COLUMNS))


if __name__ == "__main__":
    if sys.argv[1] == "consumer":
        asyncio.run(consume())
    else:
        uvicorn.run(app, port=int(os.environ["PORT"]), log_config=None, access_log=False, server_header=False)
