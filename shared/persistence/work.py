"""Opening a unit of work on a database: the one place where a transaction begins for the sake of changing something."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.floors import Floors, read_floors
from shared.persistence.institution_packs import count_packs, entered_packs, joined
from shared.persistence.sql_store import SqlStore
from shared.persistence.unit_of_work import UnitOfWork
from shared.rules.engine import Rulebook

W = TypeVar("W", bound=UnitOfWork)

_RULES_LAST: Final = 60.0
"""Seconds after which it is asked whether an institution has entered rules; they begin on a later day anyway."""


class Works(Generic[W]):
    """Opens the units of work of one service."""

    def __init__(self, database: Database, kind: type[W], rules: Rulebook | None = None) -> None:
        self.database = database
        self.kind = kind
        self._installed = rules
        self._rules = rules
        self._entered = 0
        self._asked: float | None = None
        self._floors: Floors | None = None

    @property
    def installed(self) -> Rulebook | None:
        """The rules of the packs that are installed, without those of institutions."""
        return self._installed

    @property
    def rules(self) -> Rulebook | None:
        """The rules as they were last asked for, for what is only looked at."""
        return self._rules

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
        work = self.kind(SqlStore(connection), context, rules=await self.rulebook(connection))
        work.begin_above(self._floors)
        return work

    async def rulebook(self, connection: AsyncConnection) -> Rulebook | None:
        """The rules that are installed, with those that institutions have entered; None where there are no rules."""
        if self._installed is None or (self._asked is not None and time.monotonic() - self._asked < _RULES_LAST):
            return self._rules
        entered = await count_packs(connection)
        if entered != self._entered:
            self._rules = joined(self._installed, await entered_packs(connection))
        self._entered, self._asked = entered, time.monotonic()
        return self._rules
