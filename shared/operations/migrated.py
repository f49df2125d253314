"""Waits until a service's database has the schema of this release, and changes nothing.

Run as `python -m shared.operations.migrated SERVICE` before a process of the service, where nothing else keeps the
order: a worker ahead of its migration would blame events for columns that are not there yet, and set them aside.
"""

import asyncio
import os
import sys
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from shared.operations.databases import open_database
from shared.operations.settings import SettingsError, read_settings
from shared.persistence.database import Database
from shared.persistence.migrations import pending
from shared.web.service import Service, installed_services

_PAUSE: Final = 2.0
_LIMIT: Final = 600.0


async def wait(database: Database, service: Service, *, limit: float = _LIMIT, pause: float = _PAUSE) -> str | None:
    """None as soon as the schema is there; after `limit` seconds one sentence that says what is still wrong."""
    wrong = await _wrong(database, service)
    for _ in range(int(limit / pause)):
        if wrong is None:
            break
        await asyncio.sleep(pause)
        wrong = await _wrong(database, service)
    return wrong


async def _wrong(database: Database, service: Service) -> str | None:
    try:
        behind = await pending(database, service.folder / "migrations")
    except (SQLAlchemyError, OSError) as error:
        return f"the database of {service.name} cannot be read: {type(error).__name__}"
    return f"the schema of {service.name} is behind the code: run `sunmao migrate {service.name}`" if behind else None


async def _run(name: str) -> str | None:
    database = open_database(name, read_settings(os.environ, name), pool=2)
    try:
        return await wait(database, installed_services()[name])
    finally:
        await database.close()


def main() -> None:
    """End with 0 once the schema is there, else say why not."""
    try:
        wrong = asyncio.run(_run(sys.argv[1]))
    except SettingsError as error:
        wrong = str(error)
    if wrong:
        sys.exit(wrong)


if __name__ == "__main__":
    main()
