"""Training behind its edge, with one student whose internship is planned and whose university has published a text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from sqlalchemy import select, update

from services.training.domain.internship.placement_papers import NO_PAPERS, Papers
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from shared.identity.issuer import KeyFolder, LocalIssuer
from shared.identity.keys import RememberedKeys
from shared.identity.tokens import TokenVerifier
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations.parts import build_parts
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.spine import ReachRow, table_of
from tests.fakes import MemoryDocuments
from tests.integration.edge.door import ISSUER, Clock
from tests.migrated import migrate
from tests.unit.training.college import College
from tests.unit.training.internship.intern import Intern, intern


@dataclass
class School:
    """Training behind its edge, with one student whose placement is planned."""

    database: Database
    client: httpx.AsyncClient
    clock: Clock
    issuer: LocalIssuer
    someone: Intern
    app: FastAPI

    def token(self, role: str, organization_id: str | None = None, *persons: str) -> dict[str, str]:
        """The header of a caller in this role."""
        issued = self.issuer.issue(roles=[role], organization_id=organization_id, persons=persons)
        return {"authorization": f"Bearer {issued}"}

    @property
    def office(self) -> dict[str, str]:
        return self.token("university_coop_office", self.someone.college.university)

    async def link(self) -> dict[str, Any]:
        """A new link as the office is told of it."""
        path = f"/v1/placements/{self.someone.placement_id}/consent-links"
        body = {"guardian_name": "王芳", "guardian_phone": "13812345678"}
        answer = await self.client.post(path, json=body, headers=self.office)
        made: dict[str, Any] = answer.raise_for_status().json()
        return made

    async def become(self, status: PlacementStatus, papers: Papers = NO_PAPERS) -> None:
        """Let the internship be in a status, with these papers, whatever it takes."""
        placement = replace(await self.someone.placement, status=status, papers=papers)
        row = TrainingWork.placements.mapping.row(placement)
        table = SERVICE.metadata.tables["placement"]
        async with self.database.writing() as connection:
            await connection.execute(update(table).where(table.c.id == placement.id).values(row))

    async def everything(self) -> str:
        """All rows of all tables as text."""
        async with self.database.reading() as connection:
            tables = SERVICE.metadata.sorted_tables
            return str([(await connection.execute(select(table))).all() for table in tables])


@asynccontextmanager
async def planned(database_url: str, folder: Path) -> AsyncIterator[School]:
    """Training on this database, with the placement that is planned."""
    college, database, clock = College(), Database(database_url), Clock()
    someone = await intern(college, status=PlacementStatus.PLANNED)
    await someone.publish()
    issuer = LocalIssuer(ISSUER, KeyFolder(folder / "keys"), environment="test")
    parts = build_parts(
        SERVICE,
        database,
        MemoryDocuments(),
        TokenVerifier(RememberedKeys(issuer.keys.fetch), issuer=ISSUER),
        clock=clock,
        metrics=Metrics(CollectorRegistry()),
        tracing=build(TracingSettings("training")),
    )
    await migrate(database, SERVICE)
    await _move_in(college, someone, database)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(parts.app), base_url="http://town.test")
    yield School(database, client, clock, issuer, someone, parts.app)
    await client.aclose()
    await database.close()


async def _move_in(college: College, someone: Intern, database: Database) -> None:
    """Write what the college keeps, and whose the placement is, into the database."""
    placement = await someone.placement
    owned = [{"owner": owner, "kind": "placement", "object_id": placement.id} for owner in placement.owners]
    reached = [row for changes in college.store.changes for row in changes.reached]
    async with database.writing() as connection:
        for name, rows in college.store.rows.items():
            await sets.insert(connection, SERVICE.metadata.tables[name], list(rows.values()))
        await sets.claim(connection, table_of(ReachRow), [*reached, *owned], "object_id")
