"""A service of one command, written by hand on FastAPI and asyncpg: verify an organisation, tell of it, once per key.

`python -m tests.benchmarks.yardsticks.bare_service`; BARE_PORT, BARE_DSN and BARE_ISSUER say the rest.
"""

import hashlib
import json
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, Final

import asyncpg
import httpx
import uvicorn
from fastapi import FastAPI, Header, HTTPException, Path, Request, Response
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel

_ID: Final = Path(pattern=r"^org_[0-9A-HJKMNP-TV-Z]{26}$")
_CLAIM: Final = """INSERT INTO idempotency (actor, method, path, key, body_hash, status, headers, created_at)
VALUES ($1, 'POST', $2, $3, $4, 0, '{}', $5) ON CONFLICT DO NOTHING RETURNING key"""
_KNOWN: Final = "SELECT body_hash, status, answer, headers FROM idempotency WHERE actor = $1 AND path = $2 AND key = $3"
_ANSWERED: Final = """UPDATE idempotency SET status = $4, answer = $5, headers = $6
WHERE actor = $1 AND method = 'POST' AND path = $2 AND key = $3"""
_LOAD: Final = "SELECT * FROM organization WHERE id = $1 FOR UPDATE"
_SAVE: Final = "UPDATE organization SET status = 'verified', version = $2 WHERE id = $1"
_AUDIT: Final = "INSERT INTO audit (at, actor, act, subject) VALUES ($1, $2, 'organization.verified', $3)"
_TELL: Final = """INSERT INTO outbox (event_id, topic, key, type, payload, headers, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $13), ($7, $8, $9, $10, $11, $12, $13)"""


class OrganizationView(BaseModel):
    """What the caller is shown."""

    id: str
    kind: str
    name_zh: str
    name_en: str | None
    uscc: str
    region_code: str
    industry_code: str | None
    employees_total: int | None
    posts: list[dict[str, Any]]
    latitude: float | None
    longitude: float | None
    leading: bool
    status: str
    warnings: list[dict[str, Any]]
    version: int


class Town:
    """What the process holds."""

    pool: asyncpg.Pool
    keys: KeySet
    claims: jwt.JWTClaimsRegistry


town = Town()


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    issuer = os.environ["BARE_ISSUER"]
    async with httpx.AsyncClient() as client:
        town.keys = KeySet.import_key_set((await client.get(f"{issuer}/jwks")).json())
    town.claims = jwt.JWTClaimsRegistry(
        leeway=60,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": "sunmao"},
        exp={"essential": True},
        sub={"essential": True},
    )
    async with asyncpg.create_pool(os.environ["BARE_DSN"], min_size=10, max_size=10) as town.pool:
        yield


app = FastAPI(lifespan=lifespan)


@app.get("/readyz")
async def ready() -> str:
    return "ready"


@app.post("/v1/organizations/{organization_id}/verification")
async def verify(
    organization_id: Annotated[str, _ID],
    request: Request,
    response: Response,
    authorization: Annotated[str, Header()],
    idempotency_key: Annotated[str, Header(max_length=200)],
) -> OrganizationView:
    actor, now = office(authorization), datetime.now(UTC)
    path = hashlib.sha256(request.url.path.encode()).hexdigest()
    body_hash = hashlib.sha256(await request.body()).hexdigest()
    async with town.pool.acquire() as connection, connection.transaction():
        if not await connection.fetchval(_CLAIM, actor, path, idempotency_key, body_hash, now):
            raise HTTPException(409, "this was done already")
        row = await connection.fetchrow(_LOAD, organization_id)
        if row is None:
            raise HTTPException(404)
        if row["status"] == "verified":
            raise HTTPException(409, "it is verified already")
        view, version = shown(row), row["version"] + 1
        await connection.execute(_SAVE, organization_id, version)
        await connection.execute(_AUDIT, now, actor, organization_id)
        await connection.execute(_TELL, *record(view, "updated", now, actor), *record(view, "state", now, actor), now)
        headers = {"ETag": f'"{version}"'}
        answer = view.model_dump_json().encode()
        await connection.execute(_ANSWERED, actor, path, idempotency_key, 200, answer, json.dumps(headers))
    response.headers.update(headers)
    return view


def office(authorization: str) -> str:
    """The alliance's office as an actor, if this is its token."""
    try:
        claims = jwt.decode(authorization.removeprefix("Bearer "), town.keys, algorithms=["ES256"]).claims
        town.claims.validate(claims)
    except (JoseError, ValueError):
        raise HTTPException(401) from None
    if "alliance_office" not in claims["roles"]:
        raise HTTPException(403)
    return f"alliance_office:{claims['sub']}"


def shown(row: asyncpg.Record) -> OrganizationView:
    """The row as it will be."""
    told = {**row, "kind": row["organization_kind"], "status": "verified", "version": row["version"] + 1}
    return OrganizationView(**{**told, "posts": json.loads(row["posts"]), "warnings": json.loads(row["warnings"])})


def record(view: OrganizationView, fact: str, now: datetime, actor: str) -> tuple[str, str, str, str, bytes, bytes]:
    """One row of the outbox, without its time."""
    body = view.model_dump(exclude={"id", "warnings", *(() if fact == "state" else ("version",))}, exclude_none=True)
    is_state = fact == "state"
    type_, event_id = f"sunmao.partnership.organization.{fact}.v1", str(uuid.uuid4())
    key = f"organization/{view.id}" if is_state else view.id
    headers = {
        "content-type": "application/json",
        "ce_specversion": "1.0",
        "ce_id": event_id,
        "ce_source": "/sunmao/partnership",
        "ce_type": type_,
        "ce_subject": view.id,
        "ce_partitionkey": key,
        "ce_time": now.isoformat(),
        "ce_sequence": f"{view.version:010d}",
        "ce_correlationid": view.id,
        "ce_dataschema": f"urn:sunmao:schema:{type_}:1",
        "ce_actor": actor,
    }
    joined = "\x1f".join(headers) + "\x1e" + "\x1f".join(headers.values())
    payload = json.dumps({"organization_id": view.id, **body}).encode()
    topic = f"sunmao.partnership.{'state' if is_state else 'events'}"
    return event_id, topic, key, type_, payload, joined.encode()


if __name__ == "__main__":
    uvicorn.run(app, port=int(os.environ["BARE_PORT"]), log_config=None, access_log=False, server_header=False)
