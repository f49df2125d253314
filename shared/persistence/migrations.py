"""Bringing a service's database to the schema that its code expects, and saying whether it is there."""

from collections.abc import Callable
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.database import Database

_VERSION_TABLE = "schema_version"


async def upgrade(
    database: Database, folder: Traversable, metadata: MetaData, *, stepped: Callable[[], None] | None = None
) -> None:
    """Apply every migration of the folder that is missing, all of them or none; `stepped` hears of each."""
    with as_file(folder) as migrations:
        async with database.writing() as connection:
            if await _is_current(connection, migrations):
                return
            await connection.run_sync(_upgrade, migrations, metadata, stepped)


async def pending(database: Database, folder: Traversable) -> bool:
    """Whether a migration is still to be applied."""
    with as_file(folder) as migrations:
        async with database.reading() as connection:
            return not await _is_current(connection, migrations)


def alembic_config(migrations: Path) -> Config:
    """What Alembic is told of a folder of migrations; its `attributes` still lack `connection` and `metadata`."""
    config = Config()
    config.set_main_option("script_location", str(files("shared.persistence") / "alembic"))
    config.set_main_option("version_locations", str(migrations))
    config.set_main_option("path_separator", "newline")
    return config


async def _is_current(connection: AsyncConnection, migrations: Path) -> bool:
    heads = set(ScriptDirectory.from_config(alembic_config(migrations)).get_heads())
    return heads == set(await connection.run_sync(_applied))


def _applied(connection: Connection) -> tuple[str, ...]:
    context = MigrationContext.configure(connection, opts={"version_table": _VERSION_TABLE})
    return context.get_current_heads()


def _upgrade(connection: Connection, migrations: Path, metadata: MetaData, stepped: Callable[[], None] | None) -> None:
    config = alembic_config(migrations)
    config.attributes.update(connection=connection, metadata=metadata, stepped=stepped)
    command.upgrade(config, "head")
