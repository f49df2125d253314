"""Training behind its edge, with one student whose internship is planned and whose university has published a text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from services.training.domain.internship.placement_papers import NO_PAPERS, Papers
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from tests.integration.edge.door import Clock
from tests.integration.edge.served import Served, move_in, served
from tests.unit.training.college import College
from tests.unit.training.internship.intern import Intern, intern


@dataclass
class School(Served):
    """Training behind its edge, with one student whose placement is planned."""

    clock: Clock
    someone: Intern

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
    college, clock = College(), Clock()
    someone = await intern(college, status=PlacementStatus.PLANNED)
    await someone.publish()
    placement = await someone.placement
    owned = [{"owner": owner, "kind": "placement", "object_id": placement.id} for owner in placement.owners]
    async with served(SERVICE, database_url, folder, clock) as edge:
        await move_in(edge.database, SERVICE, college.store, owned)
        yield School(**vars(edge), clock=clock, someone=someone)
