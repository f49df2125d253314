"""The databases as a checker sees them: aggregates by kind, and the spine's tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table, select

from shared.kernel.aggregate import Aggregate
from shared.persistence.database import Database
from shared.persistence.mapping import Mapping as Kept
from shared.persistence.sql_store import SqlStore
from shared.persistence.unit_of_work import Stored
from shared.web.service import Service, installed_services


class Rows:
    """Straight reading of every service's database."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        self.services: dict[str, Service] = installed_services()
        self.databases = {name: Database(url, pool_size=2) for name, url in urls.items()}

    async def close(self) -> None:
        """Let every connection go."""
        for database in self.databases.values():
            await database.close()

    async def all(self, service: str, table: str) -> list[Mapping[str, Any]]:
        """All rows of a table."""
        return await self.of(service, self.services[service].metadata.tables[table])

    async def of(self, service: str, table: Table) -> list[Mapping[str, Any]]:
        """All rows of this table, as they are in the database of a service."""
        async with self.databases[service].reading() as connection:
            return list((await connection.execute(select(table))).mappings())

    def kept(self, service: str) -> Iterator[Kept[Aggregate]]:
        """How each kind of aggregate of a service is kept."""
        for attribute in vars(self.services[service].work).values():
            if isinstance(attribute, Stored):
                yield attribute.mapping

    async def things(self, service: str, kept: Kept[Aggregate]) -> list[Aggregate]:
        """All aggregates of one kind."""
        async with self.databases[service].reading() as connection:
            return list(await SqlStore(connection).where(kept, {}, lock=False))
