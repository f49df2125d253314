"""`Idempotency-Key`: a repeated request gets the first one's answer, stored in the transaction of its effect."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping, bindparam, delete, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from shared.persistence import postgres_sets, sets
from shared.persistence.sets import Row
from shared.persistence.spine import IdempotencyRow, table_of
from shared.web.refusals import AlreadyDone, Answered, KeyReused, KeyTooLong, StillRunning

TABLE: Final = table_of(IdempotencyRow)
LONGEST_KEY: Final = 200
_LOCK_NOT_AVAILABLE: Final = "55P03"
_ITS: Final = [TABLE.c[name] == bindparam(f"its_{name}") for name in ("actor", "method", "path", "key")]
_STORED: Final = select(TABLE).where(*_ITS)
# How long a repeat waits is set before the row meets the index, on the same way to the database.
_CLAIM: Final = """
INSERT INTO idempotency (actor, method, path, key, body_hash, status, headers, created_at)
SELECT $1, $2, $3, $4, $5, 0, CAST('{}' AS jsonb), CAST($6 AS timestamptz)
FROM (SELECT set_config('lock_timeout', '5s', true) AS at_most) AS patience WHERE patience.at_most IS NOT NULL
ON CONFLICT DO NOTHING RETURNING key
"""


@dataclass(frozen=True, slots=True)
class Repeatable:
    """One request that may be sent again: who, what, under which key."""

    actor: str
    method: str
    path: str
    key: str
    body_hash: str

    async def begin(self, connection: AsyncConnection, now: datetime) -> None:
        """Take the key for this transaction. Raises `Answered` with the first answer if there is one.

        A repeat that arrives while the first is still running waits for it on the unique index, at most 5 s.
        """
        if not await self._claim(connection, now):
            raise Answered(self._answer_of(await self._stored(connection)))

    async def look(self, connection: AsyncConnection) -> None:
        """Raise `Answered` with the first answer, if there is one by now."""
        row = (await connection.execute(_STORED, self._its)).mappings().first()
        if row is not None and row["status"]:
            raise Answered(self._answer_of(row))

    def answered(self, status: int, answer: bytes | None, headers: Mapping[str, str]) -> Row:
        """The row that began with the transaction, filled with the answer; None where it holds a secret."""
        return {**self._named, "status": status, "answer": answer, "headers": dict(headers)}

    @property
    def _named(self) -> dict[str, str]:
        return {"actor": self.actor, "method": self.method, "path": self.path, "key": self.key}

    @property
    def _its(self) -> dict[str, str]:
        return {f"its_{name}": value for name, value in self._named.items()}

    async def _claim(self, connection: AsyncConnection, now: datetime) -> bool:
        if connection.dialect.name == "sqlite":
            row = {**self._named, "body_hash": self.body_hash, "status": 0, "headers": {}, "created_at": now}
            return bool(await sets.claim(connection, TABLE, [row], "key"))
        told = (*self._named.values(), self.body_hash, now)
        try:
            return bool(await postgres_sets.fetch(connection, _CLAIM, told))
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
                raise StillRunning from error
            raise

    async def _stored(self, connection: AsyncConnection) -> RowMapping:
        row = (await connection.execute(_STORED, self._its)).mappings().first()
        if row is None:
            raise StillRunning
        return row

    def _answer_of(self, row: RowMapping) -> Response:
        if row["body_hash"] != self.body_hash:
            raise KeyReused
        if row["answer"] is None:
            raise AlreadyDone
        headers = {**(row["headers"] or {}), "Idempotent-Replayed": "true"}
        return Response(row["answer"], row["status"], headers, "application/json")


async def repeatable(request: Request, actor: str) -> Repeatable | None:
    """What the request's `Idempotency-Key` makes of it; None without one. Raises `KeyTooLong`."""
    key = request.headers.get("idempotency-key")
    if not key or request.method != "POST":
        return None
    if len(key) > LONGEST_KEY:
        raise KeyTooLong(limit=LONGEST_KEY)
    # What is said in the query is as much a part of the request as its body is.
    said = hashlib.sha256(await request.body())
    said.update(b"\0" + request.scope["query_string"])
    # A path may hold a one-time token, so it is not kept as it is.
    path = hashlib.sha256(request.scope["path"].encode()).hexdigest()
    return Repeatable(actor, request.method, path, key, said.hexdigest())


async def purge(connection: AsyncConnection, before: datetime) -> None:
    """Forget keys older than a day."""
    await connection.execute(delete(TABLE).where(TABLE.c.created_at < before))
