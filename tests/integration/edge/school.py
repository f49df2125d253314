"""Training behind its edge on SQLite, with a college's records in it, and callers in any role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from prometheus_client import CollectorRegistry

from services.training.main import SERVICE
from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.identity.keys import RememberedKeys
from shared.identity.tokens import TokenVerifier
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations.parts import build_parts
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.spine import ReachRow, table_of
from shared.web.runtime import Runtime
from tests.fakes import MemoryDocuments
from tests.integration.edge.door import ISSUER, Clock
from tests.migrated import migrate
from tests.unit.training.college import College


@dataclass
class School:
    """A college's training service."""

    client: httpx.AsyncClient
    database: Database
    issuer: LocalIssuer
    college: College
    runtime: Runtime

    def token(self, role: str, organization_id: str | None = None) -> dict[str, str]:
        """The header of a caller in this role."""
        return {"authorization": f"Bearer {self.issuer.issue(roles=[role], organization_id=organization_id)}"}


@asynccontextmanager
async def school_on(folder: Path, college: College | None = None, *, url: str | None = None) -> AsyncIterator[School]:
    """The service with what the college has kept so far, on SQLite or on the database with this address."""
    college, database = college or College(), Database(url or f"sqlite+aiosqlite:///{folder}/training.db")
    issuer = LocalIssuer(ISSUER, KeyFolder(folder / "keys"), environment="test")
    parts = build_parts(
        SERVICE,
        database,
        MemoryDocuments(),
        TokenVerifier(RememberedKeys(issuer.keys.fetch), issuer=ISSUER),
        clock=Clock(),
        metrics=Metrics(CollectorRegistry()),
        tracing=build(TracingSettings("training")),
    )
    await migrate(database, SERVICE)
    async with database.writing() as connection:
        for name, rows in college.store.rows.items():
            await sets.insert(connection, SERVICE.metadata.tables[name], list(rows.values()))
        reached = [row for changes in college.store.changes for row in changes.reached]
        await sets.claim(connection, table_of(ReachRow), reached, "object_id")
    client = httpx.AsyncClient(transport=httpx.ASGITransport(parts.app), base_url="http://training.test")
    yield School(client, database, issuer, college, parts.runtime)
    await client.aclose()
    await database.close()
