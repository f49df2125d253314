"""Every test of this folder that asks for the door runs on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.partnership.main import SERVICE
from shared.persistence.database import Database
from tests.integration.edge.door import Door
from tests.migrated import migrate


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/partnership.db"
    return str(request.getfixturevalue("fresh_database"))


@pytest.fixture
async def door(database_url: str, tmp_path: Path) -> AsyncIterator[Door]:
    """Partnership behind its edge."""
    database = Database(database_url)
    await migrate(database, SERVICE)
    made = Door(database, tmp_path / "keys")
    yield made
    await made.client.aclose()
    await database.close()
