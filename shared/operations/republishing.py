"""`sunmao republish-state`: what a service owns is told once more, after topics were lost or made anew.

Only states are: what has happened cannot be told a second time without happening a second time.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from shared.contracts.event import State
from shared.contracts.registry import REGISTRY
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import system_clock
from shared.kernel.work import Context
from shared.messaging.blame import is_race
from shared.operations.databases import open_database, reached
from shared.operations.folder import Folder
from shared.operations.running import begin
from shared.operations.settings import Settings, SettingsError
from shared.persistence.database import Database
from shared.persistence.migrations import pending
from shared.persistence.work import Works
from shared.web.service import Service, installed_services

PAGE: Final = 200
_RACES: Final = 10


async def republish(name: str, rate: int | None = None) -> Sequence[str]:
    """Do it, also while the service runs, and say how many of each kind it was. May be repeated at any time."""
    settings, service = begin(name, name), installed_services()[name]
    # How the schema was looked up is no news to whoever reads the counts.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    database = _database(name, settings)
    try:
        await reached(name, database)
        if await pending(database, service.folder / "migrations"):
            raise SettingsError(f"run `sunmao migrate {name}` first: the schema is behind the code")
        return await Republishing(service, database, rate).run()
    finally:
        await database.close()


@dataclass(frozen=True, slots=True)
class Republishing:
    """One pass over everything that a service tells the state of."""

    service: Service
    database: Database
    rate: int | None = None

    async def run(self) -> Sequence[str]:
        """All kinds, page by page, each page one transaction; a line for each kind."""
        said = []
        for shape in self._told():
            count = 0
            async for page in self._pages(shape):
                count += await self._tell(shape, page)
                await asyncio.sleep(len(page) / self.rate if self.rate else 0)
            said.append(f"{count} of {shape.kind} will be told again")
        async with self._works.open(self._context) as work:
            work.audit("republished", self.service.name, reason="; ".join(said))
        return said

    def _told(self) -> Sequence[type[Aggregate]]:
        """The kinds whose state is told; that of others is nobody else's business."""
        states = [body.wire for body in REGISTRY if issubclass(body, State)]
        told = {wire.aggregate for wire in states if wire.service == self.service.name}
        return [shape for shape in self.service.work.mappings() if shape.kind in told]

    async def _pages(self, shape: type[Aggregate]) -> AsyncIterator[Sequence[str]]:
        """All ids in their order. What is born meanwhile tells its state by itself."""
        table = self.service.work.mapping_of(shape).table
        page, last = select(table.c.id).order_by(table.c.id).limit(PAGE), ""
        while True:
            async with self.database.reading() as connection:
                ids = (await connection.execute(page.where(table.c.id > last))).scalars().all()
            if not ids:
                return
            last = ids[-1]
            yield ids

    async def _tell(self, shape: type[Aggregate], ids: Sequence[str]) -> int:
        """Tell a page of them; how many are still there. Commands come first: who loses a race begins again."""
        for attempt in range(1, _RACES + 1):
            try:
                async with self._works.open(self._context) as work:
                    found = await work.repository(shape).known(ids)
                    for id in sorted(found):
                        work.tell_unchanged(found[id])
                return len(found)
            except Exception as error:
                if not is_race(error) or attempt == _RACES:
                    raise
                await asyncio.sleep(0.1 * attempt)
        raise AssertionError

    @property
    def _works(self) -> Works[Any]:
        return Works(self.database, self.service.work)

    @property
    def _context(self) -> Context:
        return Context(actor=f"system:{self.service.name}", now=system_clock())


def _database(name: str, settings: Settings) -> Database:
    """PostgreSQL where an address is given, else the file of the embedded edition."""
    if settings.database_url is not None:
        return open_database(name, settings, pool=2)
    home = Folder(settings.home)
    if not (home.path / f"{name}.db").exists():
        raise SettingsError(f"SUNMAO_{name.upper()}_DATABASE_URL is not set, and there is no town in {home.path}")
    return Database(home.database_url(name))
