"""A process that is held back until its schema is there learns of it, or of the reason why not."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.operations.migrated import wait
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.service import installed_services

TALENT = installed_services()["talent"]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database."""
    opened = Database(f"sqlite+aiosqlite:///{tmp_path}/talent.db")
    yield opened
    await opened.close()


async def test_whoever_is_behind_for_too_long_is_told_what_to_run(database: Database) -> None:
    wrong = await wait(database, TALENT, limit=0.02, pause=0.01)

    assert wrong is not None
    assert "sunmao migrate talent" in wrong


async def test_waiting_ends_with_the_migration(database: Database) -> None:
    waiting = asyncio.create_task(wait(database, TALENT, limit=30, pause=0.01))
    await asyncio.sleep(0)
    await upgrade(database, TALENT.folder / "migrations", TALENT.metadata)

    assert await waiting is None


async def test_a_database_that_cannot_be_read_is_named(tmp_path: Path, database: Database) -> None:
    (tmp_path / "talent.db").write_text("no database " * 100)

    wrong = await wait(database, TALENT, limit=0, pause=0.01)

    assert wrong is not None
    assert "the database of talent cannot be read" in wrong
