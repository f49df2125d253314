"""Being alone with a stopped service: nothing of it may run, nor begin to, while its past is put right."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from shared.messaging.leader import connect, lock_of
from shared.operations.restoring.group import Group
from shared.operations.restoring.refusal import RestoreRefusedError
from shared.persistence.database import Database

_OTHERS: Final = """
SELECT DISTINCT coalesce(nullif(application_name, ''), 'unnamed') || ' from ' || coalesce(host(client_addr), 'here')
FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'
"""
_LOOKS: Final = 10
_PAUSE: Final = 0.2


@asynccontextmanager
async def alone_with(database: Database, service: str, group: Group) -> AsyncIterator[None]:
    """Hold the lead of the service, so that none of its processes takes it. Raises `RestoreRefusedError`."""
    _refuse(service, "members in its consumer group", await group.members())
    try:
        connection = await connect(database)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise RestoreRefusedError(f"the database of {service} cannot be reached: {error}") from None
    try:
        _refuse(service, "sessions in its database", await _others(connection))
        if not await connection.fetchval("SELECT pg_try_advisory_lock($1)", lock_of(service)):
            _refuse(service, "a leader", ["another process"])
        yield
    finally:
        connection.terminate()


async def _others(connection: asyncpg.Connection) -> list[str]:
    """Who else is in the database. A session that was just ended is still to be seen for a moment."""
    for _ in range(_LOOKS):
        if not (found := [row[0] for row in await connection.fetch(_OTHERS)]):
            break
        await asyncio.sleep(_PAUSE)
    return found


def _refuse(service: str, what: str, who: list[str]) -> None:
    if who:
        raise RestoreRefusedError(
            f"{service} still has {what} ({', '.join(sorted(who))}): stop every process of it and try again; "
            "a killed one is gone from its group after ten seconds"
        )
