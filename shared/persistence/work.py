"""Opening a unit of work on a database: the one place where a transaction begins for the sake of changing something."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.floors import Floors, read_floors
from shared.persistence.sql_store import SqlStore
from shared.persistence.unit_of_work import UnitOfWork
from shared.rules.engine import Rulebook

W = TypeVar("W", bound=UnitOfWork)


class Works(Generic[W]):
    """Opens the units of work of one service."""

    def __init__(self, database: Database, kind: type[W], rules: Rulebook | None = None) -> None:
        self.database = database
        self.kind = kind
        self.rules = rules
        self._floors: Floors | None = None

    @asynccontextmanager
    async def open(self, context: Context) -> AsyncIterator[W]:
        """One block, one transaction: leaving it well writes and commits, an exception leaves no trace."""
        async with self.database.writing() as connection:
            work = await self.on(connection, context)
            yield work
            await work.flush(last=True)

    async def on(self, connection: AsyncConnection, context: Context) -> W:
        """A unit of work in a transaction that somebody else began, and who will also flush it."""
        if self._floors is None:
            # They come by a restore only, while nothing of the service runs.
            self._floors = await read_floors(connection, [m.table.name for m in self.kind.mappings().values()])
        work = self.kind(SqlStore(connection), context, rules=self.rules)
        work.begin_above(self._floors)
        return work
