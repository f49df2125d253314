"""Talent behind its edge on SQLite, with callers in any role."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.talent.main import SERVICE
from shared.contracts.ids import new_id
from tests.integration.edge.served import Served, served

UNIVERSITY = new_id("organization")


@dataclass
class Academy(Served):
    """The talent service of a university."""

    def token(self, role: str, organization_id: str | None = UNIVERSITY, *persons: str) -> dict[str, str]:
        """The header of a caller in this role, of the university where no other is named."""
        return super().token(role, organization_id, *persons)

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
    async with served(SERVICE, f"sqlite+aiosqlite:///{folder}/talent.db", folder) as edge:
        yield Academy(**vars(edge))
