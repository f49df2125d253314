"""What every release left in its databases is brought to today's schema, and today's code understands it."""

import gzip
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from shared.persistence.database import Database
from shared.persistence.migrations import pending, upgrade
from shared.persistence.sql_store import SqlStore
from shared.web.service import Service, installed_services

RELEASES = Path(__file__).parents[1] / "releases"
DUMPS = sorted(RELEASES.glob("*/*/*.sql.gz"))


def named(dump: Path) -> str:
    return "-".join(dump.relative_to(RELEASES).parts).removesuffix(".sql.gz")


@pytest.mark.parametrize("dump", [dump for dump in DUMPS if dump.parent.name == "sqlite"], ids=named)
async def test_a_released_sqlite_database_is_understood(dump: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "released.db") as database:
        database.executescript(_text(dump))

    assert await _understood(f"sqlite+aiosqlite:///{tmp_path}/released.db", _service(dump)) > 0


@pytest.mark.parametrize("dump", [dump for dump in DUMPS if dump.parent.name == "postgresql"], ids=named)
async def test_a_released_postgresql_database_is_understood(dump: Path, fresh_database: str) -> None:
    connection = await asyncpg.connect(fresh_database.replace("+asyncpg", ""))
    await connection.execute("".join(_plain(_text(dump))))
    await connection.close()

    assert await _understood(fresh_database, _service(dump)) > 0


async def test_headcounts_that_a_release_did_not_keep_are_read_again(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "released.db") as database:
        database.executescript(_text(RELEASES / "0.1.0" / "sqlite" / "training.sql.gz"))

    await _understood(f"sqlite+aiosqlite:///{tmp_path}/released.db", installed_services()["training"])

    with sqlite3.connect(tmp_path / "released.db") as database:
        known = database.execute("SELECT DISTINCT version, employees_total FROM known_organization").fetchall()
        filled = database.execute("SELECT consumer FROM bootstrap WHERE consumer = 'training.directory'").fetchall()
    assert (known, filled) == ([(0, None)], [])


async def test_when_building_began_is_looked_up_in_what_was_decided_then(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "released.db") as database:
        database.executescript(_text(RELEASES / "0.1.0" / "sqlite" / "training.sql.gz"))
        first = database.execute("SELECT id FROM training_base WHERE status = 'open' ORDER BY id").fetchone()
        database.execute("UPDATE training_base SET status = 'planned' WHERE id = ?", first)

    await _understood(f"sqlite+aiosqlite:///{tmp_path}/released.db", installed_services()["training"])

    with sqlite3.connect(tmp_path / "released.db") as database:
        began = database.execute("SELECT DISTINCT status, building_on FROM training_base ORDER BY status").fetchall()
    assert began == [("open", "2026-11-25"), ("planned", None)]


def test_there_is_a_dump_of_each_service_on_each_database() -> None:
    services = set(installed_services())

    for folder in RELEASES.glob("*/*"):
        assert {dump.name.removesuffix(".sql.gz") for dump in folder.iterdir()} >= services
    assert DUMPS


async def _understood(url: str, service: Service) -> int:
    """Bring the database up and read every aggregate in it; how many there were."""
    database = Database(url)
    try:
        await upgrade(database, service.folder / "migrations", service.metadata)
        assert not await pending(database, service.folder / "migrations")
        async with database.reading() as connection:
            store = SqlStore(connection)
            kinds = [await store.where(mapping, {}, lock=False) for mapping in service.work._mappings.values()]
    finally:
        await database.close()
    return sum(len(things) for things in kinds)


def _service(dump: Path) -> Service:
    return installed_services()[dump.name.removesuffix(".sql.gz")]


def _text(dump: Path) -> str:
    return gzip.decompress(dump.read_bytes()).decode()


def _plain(script: str) -> Iterator[str]:
    """The statements of pg_dump's script without what only psql understands: rows come by COPY, so INSERT was asked."""
    for line in script.splitlines(keepends=True):
        if not line.startswith("\\"):
            yield line
