"""`Idempotency-Key`: a repeated request gets the first one's answer, stored in the transaction of its effect."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping, delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from shared.persistence import sets
from shared.persistence.spine import IdempotencyRow, table_of
from shared.web.refusals import AlreadyDone, Answered, KeyReused, KeyTooLong, StillRunning

TABLE: Final = table_of(IdempotencyRow)
LONGEST_KEY: Final = 200
_LOCK_NOT_AVAILABLE: Final = "55P03"


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
        row = {**self._names, "body_hash": self.body_hash, "status": 0, "headers": {}, "created_at": now}
        if not await _claimed(connection, row):
            raise Answered(self._answer_of(await self._stored(connection)))

    async def end(
        self, connection: AsyncConnection, status: int, answer: bytes | None, headers: Mapping[str, str]
    ) -> None:
        """Store the answer; None where it holds a secret."""
        statement = update(TABLE).where(*(TABLE.c[name] == value for name, value in self._names.items()))
        await connection.execute(statement.values(status=status, answer=answer, headers=dict(headers)))

    @property
    def _names(self) -> dict[str, str]:
        return {"actor": self.actor, "method": self.method, "path": self.path, "key": self.key}

    async def _stored(self, connection: AsyncConnection) -> RowMapping:
        statement = select(TABLE).where(*(TABLE.c[name] == value for name, value in self._names.items()))
        row = (await connection.execute(statement)).mappings().first()
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
    body_hash = hashlib.sha256(await request.body()).hexdigest()
    # A path may hold a one-time token, so it is not kept as it is.
    path = hashlib.sha256(request.url.path.encode()).hexdigest()
    return Repeatable(actor, request.method, path, key, body_hash)


async def purge(connection: AsyncConnection, before: datetime) -> None:
    """Forget keys older than a day."""
    await connection.execute(delete(TABLE).where(TABLE.c.created_at < before))


async def _claimed(connection: AsyncConnection, row: sets.Row) -> bool:
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    try:
        return bool(await sets.claim(connection, TABLE, [row], "key"))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            raise StillRunning from error
        raise
