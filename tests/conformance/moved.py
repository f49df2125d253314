"""A college that was made in memory, moved into a database."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.kernel.work import Context
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import MemoryStore
from tests.unit.training.college import RULEBOOK, College

Handler = Callable[[Any, Any], Awaitable[Any]]


async def move_in(database: Database, store: MemoryStore) -> None:
    """Write everything that a store keeps into the database."""
    async with database.writing() as connection:
        for name, rows in store.rows.items():
            await sets.insert(connection, SERVICE.metadata.tables[name], list(rows.values()))


class MovedCollege:
    """A database, and the college that moves into it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.college = College()
        self.works: Works[TrainingWork] = Works(database, TrainingWork, RULEBOOK)

    async def move_in(self) -> None:
        """Write everything that the college keeps into the database."""
        await move_in(self.database, self.college.store)

    async def do(self, handler: Handler, command: object) -> Any:
        async with self.works.open(Context(actor="test:per_1", now=self.college.now)) as work:
            return await handler(command, work)

    async def ask(self, query: Callable[..., Awaitable[Any]], *arguments: object) -> Any:
        async with self.database.reading() as connection:
            return await query(connection, *arguments)

    async def outcomes(self, handler: Handler, *commands: object) -> Counter[str]:
        """What came of commands that were given all at once, by name."""
        results = await asyncio.gather(*(self.do(handler, each) for each in commands), return_exceptions=True)
        return Counter(type(result).__name__ for result in results)
