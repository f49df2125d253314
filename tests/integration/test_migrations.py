"""A service's migrations make exactly what its code expects, on both databases, forth and back and forth again."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Index,
    Inspector,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    inspect,
    text,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from shared.persistence.database import Database
from shared.persistence.migrations import alembic_config, pending, upgrade
from shared.persistence.spine import LOGS, Spine
from shared.web.service import Service, installed_services

SERVICES = installed_services()
VERSIONS = "schema_version"
ONLY_IN_LOGS = "outbox_topic_key"
"""Alembic asks no index for which databases it is; `catalogue` sees where this one really is."""

Catalogue = dict[str, Mapping[str, Any]]


@pytest.fixture(params=list(SERVICES))
def service(request: pytest.FixtureRequest) -> Service:
    return SERVICES[request.param]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_urls(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """The addresses of two empty databases of one kind."""
    if request.param == "sqlite":
        one, other = (f"sqlite+aiosqlite:///{tmp_path}/{name}.db" for name in ("one", "other"))
    else:
        one, other = request.getfixturevalue("fresh_databases")
    return one, other


@pytest.fixture
async def databases(database_urls: tuple[str, str]) -> AsyncIterator[tuple[Database, Database]]:
    """Two empty databases: one to migrate, one to hold it against."""
    one, other = (Database(url) for url in database_urls)
    yield one, other
    await one.close()
    await other.close()


async def migrate(database: Database, service: Service) -> None:
    await upgrade(database, service.folder / "migrations", service.metadata)


async def take_back(database: Database, service: Service) -> None:
    """Undo every migration."""
    config = alembic_config(Path(str(service.folder / "migrations")))

    def downgrade(connection: Connection) -> None:
        config.attributes.update(connection=connection, metadata=service.metadata)
        command.downgrade(config, "base")

    async with database.writing() as connection:
        await connection.run_sync(downgrade)


async def create(database: Database, metadata: MetaData) -> None:
    async with database.writing() as connection:
        await connection.run_sync(metadata.create_all)


async def catalogue(database: Database) -> Catalogue:
    """All that a database says of its tables, without the one in which Alembic keeps its place."""

    def look(connection: Connection) -> Catalogue:
        inspector = inspect(connection)
        names = [name for name in inspector.get_table_names() if name not in {VERSIONS, "sqlite_sequence"}]
        counting = _counting(connection)
        return {name: {**_table(inspector, name), "counts up": name in counting} for name in names}

    async with database.reading() as connection:
        return await connection.run_sync(look)


def _table(inspector: Inspector, name: str) -> Mapping[str, Any]:
    return {
        "columns": {
            column["name"]: (str(column["type"]), column["nullable"], column["default"])
            for column in inspector.get_columns(name)
        },
        "key": inspector.get_pk_constraint(name)["constrained_columns"],
        "unique": sorted((unique["name"], unique["column_names"]) for unique in inspector.get_unique_constraints(name)),
        "checks": sorted((check["name"], check["sqltext"]) for check in inspector.get_check_constraints(name)),
        "foreign": sorted(str(foreign) for foreign in inspector.get_foreign_keys(name)),
        "indexes": sorted(
            (index["name"], index["column_names"], bool(index["unique"])) for index in inspector.get_indexes(name)
        ),
    }


def _counting(connection: Connection) -> set[str]:
    """The tables whose numbers SQLite never gives out twice."""
    if connection.dialect.name != "sqlite":
        return set()
    statement = text("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'")
    return set(connection.execute(statement).scalars())


async def test_whoever_looks_on_hears_of_a_step_and_can_still_undo_it(
    service: Service, databases: tuple[Database, Database]
) -> None:
    database, _ = databases

    def fail() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        await upgrade(database, service.folder / "migrations", service.metadata, stepped=fail)

    assert await pending(database, service.folder / "migrations")
    await upgrade(database, service.folder / "migrations", service.metadata)
    assert not await pending(database, service.folder / "migrations")


async def test_the_migrations_make_what_the_code_expects(
    databases: tuple[Database, Database], service: Service
) -> None:
    migrated, expected = databases
    await create(expected, service.metadata)

    await migrate(migrated, service)

    assert await catalogue(migrated) == await catalogue(expected)


async def test_alembic_finds_nothing_left_to_do(databases: tuple[Database, Database], service: Service) -> None:
    def compare(connection: Connection) -> list[Any]:
        options = {"version_table": VERSIONS, "compare_type": True, "compare_server_default": True}
        if connection.dialect.name != LOGS:
            options["include_object"] = lambda _thing, name, *_: name != ONLY_IN_LOGS
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), service.metadata))

    await migrate(databases[0], service)

    async with databases[0].reading() as connection:
        assert await connection.run_sync(compare) == []


async def test_migrating_twice_changes_nothing(databases: tuple[Database, Database], service: Service) -> None:
    database, _ = databases
    before = await pending(database, service.folder / "migrations")
    await migrate(database, service)
    once = await catalogue(database)

    await migrate(database, service)

    assert (before, await pending(database, service.folder / "migrations")) == (True, False)
    assert await catalogue(database) == once


async def test_the_way_back_leaves_nothing_and_the_way_forth_is_open_again(
    databases: tuple[Database, Database], service: Service
) -> None:
    database, _ = databases
    await migrate(database, service)
    made = await catalogue(database)

    await take_back(database, service)

    assert await catalogue(database) == {}
    await migrate(database, service)
    assert await catalogue(database) == made


async def test_the_first_step_of_the_spine_is_the_spine(databases: tuple[Database, Database], service: Service) -> None:
    migrated, expected = databases
    await create(expected, Spine.metadata)

    await migrate(migrated, service)

    made = await catalogue(migrated)
    assert {name: made.get(name) for name in Spine.metadata.tables} == await catalogue(expected)


def seats(*more: SchemaItem, capacity: TypeEngine[Any] | None = None, nullable: bool = False) -> MetaData:
    """A table of a test, with something more or something else."""
    metadata = MetaData()
    columns = Column("id", String, primary_key=True), Column("capacity", capacity or Integer(), nullable=nullable)
    Table("seats", metadata, *columns, *more)
    return metadata


@pytest.mark.parametrize(
    "different",
    [
        seats(CheckConstraint("capacity >= 0", name="never_below")),
        seats(UniqueConstraint("capacity", name="once")),
        seats(Index("by_capacity", "capacity")),
        seats(capacity=BigInteger()),
        seats(nullable=True),
    ],
    ids=["a check", "a unique constraint", "an index", "a type", "a NULL"],
)
async def test_a_difference_is_seen(databases: tuple[Database, Database], different: MetaData) -> None:
    await create(databases[0], seats())
    await create(databases[1], different)

    assert await catalogue(databases[0]) != await catalogue(databases[1])


async def test_a_migration_that_fails_takes_those_before_it_along(
    databases: tuple[Database, Database], tmp_path: Path
) -> None:
    head = "from alembic import op\nimport sqlalchemy as sa\n"
    made = 'def upgrade():\n    op.create_table("one", sa.Column("id", sa.Integer, primary_key=True))\n'
    (tmp_path / "0001_pre_one.py").write_text(f'{head}revision, down_revision = "0001", None\n{made}')
    broken = 'def upgrade():\n    op.create_index("no_such", "two", ["id"])\n'
    (tmp_path / "0002_pre_two.py").write_text(f'{head}revision, down_revision = "0002", "0001"\n{broken}')

    with pytest.raises(Exception, match="two"):
        await upgrade(databases[0], tmp_path, MetaData())

    assert await catalogue(databases[0]) == {}
    assert await pending(databases[0], tmp_path)


def test_services_in_one_process_share_no_table() -> None:
    tables = [table for service in SERVICES.values() for table in service.metadata.tables.values()]

    assert len({id(table) for table in tables}) == len(tables)
    assert len({id(service.metadata) for service in SERVICES.values()}) == len(SERVICES)
    assert {id(table) for table in Spine.metadata.tables.values()}.isdisjoint(map(id, tables))


async def test_tables_of_one_name_stay_each_service_s_own(databases: tuple[Database, Database]) -> None:
    one, other = SERVICES["partnership"], SERVICES["training"]
    await migrate(databases[0], one)
    await migrate(databases[1], other)

    made = [list((await catalogue(database))["agreement"]["columns"]) for database in databases]

    assert made == [service.metadata.tables["agreement"].columns.keys() for service in (one, other)]
    assert made[0] != made[1]
