"""Training behind its edge on SQLite, with a college's records in it, and callers in any role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.training.main import SERVICE
from shared.web.runtime import Runtime
from tests.integration.edge.served import Served, move_in, served
from tests.unit.training.college import College


@dataclass
class School(Served):
    """A college's training service."""

    college: College

    @property
    def runtime(self) -> Runtime:
        return self.parts.runtime


@asynccontextmanager
async def school_on(folder: Path, college: College | None = None, *, url: str | None = None) -> AsyncIterator[School]:
    """The service with what the college has kept so far, on SQLite or on the database with this address."""
    college = college or College()
    async with served(SERVICE, url or f"sqlite+aiosqlite:///{folder}/training.db", folder) as edge:
        await move_in(edge.database, SERVICE, college.store)
        yield School(**vars(edge), college=college)
