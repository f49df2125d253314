"""The databases as a checker sees them: aggregates by kind, and the spine's tables."""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Table, select

from shared.kernel.aggregate import Aggregate
from shared.persistence.database import Database
from shared.persistence.mapping import Mapping as Kept
from shared.persistence.unit_of_work import Stored
from shared.web.service import Service, installed_services

_PAGE: Final = 5000


class Rows:
    """Straight reading of every service's database."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.services: Mapping[str, Service] = installed_services()
        self.databases = {name: Database(url, pool_size=2) for name, url in urls.items()}

    async def close(self) -> None:
        """Let every connection go."""
        for database in self.databases.values():
            await database.close()

    async def all(self, service: str, table: str, *columns: str) -> list[Mapping[str, Any]]:
        """All rows of a table; only these columns of them, where some are named, for there are many rows."""
        return await self.of(service, self.services[service].metadata.tables[table], *columns)

    async def of(self, service: str, table: Table, *columns: str) -> list[Mapping[str, Any]]:
        """All rows of this table, as they are in the database of a service."""
        wanted = [table.c[name] for name in columns] or [table]
        async with self.databases[service].reading() as connection:
            return list((await connection.execute(select(*wanted))).mappings())

    def kept(self, service: str) -> Iterator[Kept[Aggregate]]:
        """How each kind of aggregate of a service is kept."""
        for attribute in vars(self.services[service].work).values():
            if isinstance(attribute, Stored):
                yield attribute.mapping

    async def things(self, service: str, kept: Kept[Aggregate]) -> AsyncIterator[Aggregate]:
        """All aggregates of one kind, by id, without ever holding all of them."""
        last, table = "", kept.table
        while True:
            statement = select(table).where(table.c.id > last).order_by(table.c.id).limit(_PAGE)
            async with self.databases[service].reading() as connection:
                page = (await connection.execute(statement)).mappings().all()
            for row in page:
                yield kept.thing(row)
            if len(page) < _PAGE:
                return
            last = page[-1]["id"]
