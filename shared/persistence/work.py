"""Opening a unit of work on a database: the one place where a transaction begins for the sake of changing something."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

from shared.kernel.work import Context
from shared.persistence.database import Database
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

    @asynccontextmanager
    async def open(self, context: Context) -> AsyncIterator[W]:
        """One block, one transaction: leaving it well writes and commits, an exception leaves no trace."""
        async with self.database.writing() as connection:
            work = self.kind(SqlStore(connection), context, rules=self.rules)
            yield work
            await work.flush()
