"""Every test of this folder runs on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.persistence.database import Database
from tests.conformance.sample import create_tables


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/school.db"
    return str(request.getfixturevalue("fresh_database"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with the sample's tables."""
    made = Database(database_url)
    await create_tables(made)
    yield made
    await made.close()
