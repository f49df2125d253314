"""Notify on a database file of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.notify.storage import Table
from shared.persistence.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with notify's tables."""
    made = Database(f"sqlite+aiosqlite:///{tmp_path}/notify.db")
    async with made.writing() as connection:
        await connection.run_sync(Table.metadata.create_all)
    yield made
    await made.close()
