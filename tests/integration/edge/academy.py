"""Talent behind its edge on SQLite, with callers in any role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from prometheus_client import CollectorRegistry

from services.talent.main import SERVICE
from shared.contracts.ids import new_id
from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.identity.keys import RememberedKeys
from shared.identity.tokens import TokenVerifier
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations.parts import build_parts
from shared.persistence.database import Database
from tests.fakes import MemoryDocuments
from tests.integration.edge.door import ISSUER, Clock
from tests.migrated import migrate

UNIVERSITY = new_id("organization")


@dataclass
class Academy:
    """The talent service of a university."""

    client: httpx.AsyncClient
    issuer: LocalIssuer

    def token(self, role: str, organization_id: str | None = UNIVERSITY) -> dict[str, str]:
        """The header of a caller in this role."""
        return {"authorization": f"Bearer {self.issuer.issue(roles=[role], organization_id=organization_id)}"}

    async def programme(self) -> str:
        """A programme that the academic office has entered."""
        body = {
            "code": "460301",
            "name": "机电",
            "level": "college",
            "region_code": "500101",
            "total_half_credits": 280,
        }
        office = self.token("university_academic_office")
        answer = await self.client.post("/v1/programmes", json=body, headers=office)
        return str(answer.raise_for_status().json()["programme_id"])


@asynccontextmanager
async def academy_on(folder: Path) -> AsyncIterator[Academy]:
    """The service on files of a test."""
    database = Database(f"sqlite+aiosqlite:///{folder}/talent.db")
    issuer = LocalIssuer(ISSUER, KeyFolder(folder / "keys"), environment="test")
    parts = build_parts(
        SERVICE,
        database,
        MemoryDocuments(),
        TokenVerifier(RememberedKeys(issuer.keys.fetch), issuer=ISSUER),
        clock=Clock(),
        metrics=Metrics(CollectorRegistry()),
        tracing=build(TracingSettings("talent")),
    )
    await migrate(database, SERVICE)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(parts.app), base_url="http://talent.test")
    yield Academy(client, issuer)
    await client.aclose()
    await database.close()
