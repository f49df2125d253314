"""What was erased goes from a SQLite file's log once nobody reads an older state, and nobody waits for that."""

import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence import database as module
from shared.persistence import sqlite_driver
from shared.persistence.database import FORGOT, Database

CANARY = "Zhang Canary"
PATIENCE = 5
"""Seconds that are waited for a lock."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "training.db"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    """A database with somebody in it."""
    made = Database(f"sqlite+aiosqlite:///{file}")
    async with made.writing() as connection:
        await connection.execute(text("CREATE TABLE student (id TEXT PRIMARY KEY, name TEXT)"))
        await connection.execute(text("INSERT INTO student VALUES ('1', :name)"), {"name": CANARY})
    yield made
    await made.close()


@pytest.fixture
def reader(file: Path, database: Database) -> Iterator[sqlite3.Connection]:
    """Somebody who reads the state of before, a backup for instance."""
    assert not database.in_use()
    with closing(sqlite3.connect(file, isolation_level=None)) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT name FROM student").fetchall()
        yield reading


async def erase(database: Database) -> None:
    """Erase the student."""
    async with database.writing() as connection:
        await connection.execute(text("UPDATE student SET name = ''"))
        connection.info[FORGOT] = True


async def note(database: Database, number: int) -> None:
    """Anything else."""
    async with database.writing() as connection:
        await connection.execute(text("INSERT INTO student VALUES (:id, 'n')"), {"id": f"other {number}"})


def left_in(file: Path) -> bool:
    """Whether it stands in the file or in its log."""
    files = (file, file.with_name(f"{file.name}-wal"))
    return any(CANARY.encode() in each.read_bytes() for each in files)


async def test_with_the_erasure_it_is_gone(database: Database, file: Path) -> None:
    assert left_in(file)

    await erase(database)

    assert not left_in(file)


async def test_who_reads_keeps_writers_waiting_once_and_not_for_long(
    database: Database, reader: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[float] = []
    empty = sqlite_driver.empty_log

    async def counted(connection: AsyncConnection) -> bool:
        began = time.monotonic()
        emptied = await empty(connection)
        tries.append(time.monotonic() - began)
        return emptied

    monkeypatch.setattr(sqlite_driver, "empty_log", counted)
    monkeypatch.setattr(module, "_EMPTIED_AGAIN", 3600)
    await erase(database)
    for number in range(20):
        await note(database, number)

    assert reader.in_transaction
    [waited] = tries
    assert waited < PATIENCE
    async with database.writing() as connection:
        assert (await connection.exec_driver_sql("PRAGMA busy_timeout")).scalar() == PATIENCE * 1000


@pytest.mark.parametrize("writes", [True, False])
async def test_it_is_gone_soon_after_the_reader_also_if_nobody_writes(
    database: Database, reader: sqlite3.Connection, file: Path, monkeypatch: pytest.MonkeyPatch, *, writes: bool
) -> None:
    monkeypatch.setattr(module, "_EMPTIED_AGAIN", 0)
    await erase(database)
    assert left_in(file)

    reader.execute("ROLLBACK")
    await (note(database, 1) if writes else database.finish_forgetting())

    assert not left_in(file)
