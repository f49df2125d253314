"""How many events there are so far, as seen from outside while everything is being hurt."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.exc import DBAPIError

from services.notify.storage import FEED, NUMBERING
from shared.contracts.topics import TOPICS
from shared.messaging.log import OUTBOX
from shared.persistence.database import Database
from tests.failures.campaign.installation import Installation

_TOPICS: Final = [topic.name for topic in TOPICS if ".events." in topic.name]
_RELAYED: Final = select(NUMBERING.c.position).where(NUMBERING.c.line == FEED.name)
_IN_OUTBOX: Final = select(func.count()).select_from(OUTBOX).where(OUTBOX.c.topic.in_(_TOPICS))


class Counting:
    """Looks into the databases of an installation; where one does not answer, what was seen last holds."""

    def __init__(self, installation: Installation) -> None:
        self._databases = {name: Database(url, pool_size=1) for name, url in installation.databases.items()}
        self._keeps_all = installation.bootstrap is None
        self._seen = 0, 0

    async def count(self, patience: float) -> tuple[int, int]:
        """How many events were relayed, and how many told: also those that nobody has heard of yet."""
        with suppress(DBAPIError, OSError, TimeoutError):
            async with asyncio.timeout(patience):
                relayed = await self._sum(_RELAYED, ["notify"])
                there = await self._sum(_IN_OUTBOX, self._databases)
                # An outbox of the embedded edition is the log itself; elsewhere what is relayed leaves it.
                self._seen = relayed, there if self._keeps_all else relayed + there
        return self._seen

    async def aclose(self) -> None:
        """Let every connection go."""
        for database in self._databases.values():
            await database.close()

    async def _sum(self, statement: Select[Any], services: Iterable[str]) -> int:
        found = 0
        for service in services:
            async with self._databases[service].reading() as connection:
                found += (await connection.execute(statement)).scalar() or 0
        return found
