"""The databases of all services as they are within one moment, for as long as their dumps take."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from shared.kernel.clock import system_clock
from shared.messaging.leader import connect
from shared.operations.backup.refusal import BackupRefusedError
from shared.persistence.database import Database


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a dump is told to see, and the time before it was taken: the one that a later restore asks for."""

    id: str
    moment: datetime


@asynccontextmanager
async def within_one_moment(databases: Mapping[str, Database]) -> AsyncIterator[Mapping[str, Snapshot]]:
    """Snapshots of all of them, opened side by side, which hold until the block ends."""
    async with AsyncExitStack() as stack:
        connections = {name: await stack.enter_async_context(open_(name, one)) for name, one in databases.items()}
        taken = await asyncio.gather(*(_take(connection) for connection in connections.values()))
        yield dict(zip(connections, taken, strict=True))


@asynccontextmanager
async def open_(name: str, database: Database) -> AsyncIterator[asyncpg.Connection]:
    """A connection to a service's database. Raises `BackupRefusedError`."""
    try:
        connection = await connect(database)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise BackupRefusedError(f"the database of {name} cannot be reached: {error}") from None
    try:
        yield connection
    finally:
        connection.terminate()


async def release_of(name: str, database: Database) -> int:
    """The server's major version."""
    async with open_(name, database) as connection:
        return int(await connection.fetchval("SHOW server_version_num")) // 10_000


async def _take(connection: asyncpg.Connection) -> Snapshot:
    moment = system_clock()
    await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    return Snapshot(await connection.fetchval("SELECT pg_export_snapshot()"), moment)
