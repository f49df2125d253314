"""Databases as the migrations of a service leave them: on a file they are made once in a process, and copied then."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.service import Service


async def migrate(database: Database, service: Service) -> None:
    """Bring an empty database, to which nothing is connected, to the schema of a service.

    PostgreSQL copies a database no faster than the migrations fill one.
    """
    if not database.is_sqlite:
        await upgrade(database, service.folder / "migrations", service.metadata)
        return
    _copy(await _original(service), Path(str(database.url.database)))


def _copy(original: Path, new: Path) -> None:
    with new.open("xb") as copy:
        copy.write(original.read_bytes())


async def _original(service: Service) -> Path:
    file = Path(_folder().name) / f"{service.name}.db"
    if not file.exists():
        database = Database(f"sqlite+aiosqlite:///{file}")
        await upgrade(database, service.folder / "migrations", service.metadata)
        await database.close()
    return file


@cache
def _folder() -> "TemporaryDirectory[str]":
    """It goes with the process."""
    return TemporaryDirectory(prefix="sunmao-migrated-")
