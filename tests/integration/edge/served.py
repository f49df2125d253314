"""A service behind its edge, on a database of a test, with callers in any role."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from prometheus_client import CollectorRegistry

from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.identity.keys import RememberedKeys
from shared.identity.tokens import TokenVerifier
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations.parts import Parts, build_parts
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.spine import DecisionRow, ReachRow, table_of
from shared.web.service import Service
from tests.fakes import MemoryDocuments, MemoryStore
from tests.integration.edge.door import ISSUER, Clock
from tests.migrated import migrate


@dataclass
class Served:
    """The service and who comes to it."""

    client: httpx.AsyncClient
    database: Database
    issuer: LocalIssuer
    parts: Parts

    def token(self, role: str, organization_id: str | None = None, *persons: str) -> dict[str, str]:
        """The header of a caller in this role."""
        issued = self.issuer.issue(roles=[role], organization_id=organization_id, persons=persons)
        return {"authorization": f"Bearer {issued}"}


@asynccontextmanager
async def served(
    service: Service, url: str, folder: Path, clock: Callable[[], datetime] | None = None
) -> AsyncIterator[Served]:
    """The service on the database with this address, which is migrated; its keys lie in the folder."""
    database, issuer = Database(url), LocalIssuer(ISSUER, KeyFolder(folder / "keys"), environment="test")
    parts = build_parts(
        service,
        database,
        MemoryDocuments(),
        TokenVerifier(RememberedKeys(issuer.keys.fetch), issuer=ISSUER),
        clock=clock or Clock(),
        metrics=Metrics(CollectorRegistry()),
        tracing=build(TracingSettings(service.name)),
    )
    await migrate(database, service)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(parts.app), base_url="http://town.test") as client:
        try:
            yield Served(client, database, issuer, parts)
        finally:
            await database.close()


async def move_in(
    database: Database, service: Service, store: MemoryStore, owned: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Write what a college has kept in memory, who may see it and what was decided; `owned` are more that may see."""
    reached = [row for changes in store.changes for row in changes.reached]
    async with database.writing() as connection:
        for name, rows in store.rows.items():
            await sets.insert(connection, service.metadata.tables[name], list(rows.values()))
        await sets.claim(connection, table_of(ReachRow), [*reached, *owned], "object_id")
        decisions = [row for changes in store.changes for row in changes.decisions]
        await sets.insert(connection, table_of(DecisionRow), decisions)
