"""Fixtures of real servers: given by address, else started from wheels, else from containers; never skipped over.

`SUNMAO_TEST_KAFKA` (host:port) and `SUNMAO_TEST_POSTGRES` (a superuser's URL) name servers that run already.
`SUNMAO_TEST_SERVERS=containers` takes public images through a container engine instead of the wheels.
Each process of a parallel run has servers of its own, started when its first test asks for one.
"""

import os
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol, Self, TypeVar

import asyncpg
import pytest
from sqlalchemy.engine import URL, make_url

from deploy.local.errors import ServerUnavailable
from deploy.local.kafka import KafkaServer
from deploy.local.postgres import PostgresServer
from shared.operations.addresses import PORTS
from tests.containers import KafkaContainer, PostgresContainer


class Server(Protocol):
    """What a test may do to a server that is its own; each call blocks, so beside running clients make it in a thread.

    Entering starts the server, leaving takes it away.
    """

    def __enter__(self) -> Self: ...
    def __exit__(self, *_how: object) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def kill(self) -> None: ...


class Broker(Server, Protocol):
    """A Kafka; `bootstrap` stays the same when it is started again."""

    bootstrap: str


class Database(Server, Protocol):
    """A PostgreSQL; its URLs stay the same when it is started again."""

    def dsn(self, database: str = "postgres") -> str: ...


AnyServer = TypeVar("AnyServer", bound=Server)


@pytest.fixture(scope="session")
def kafka_server() -> Iterator[str]:
    """The bootstrap address of a Kafka that all tests of this process share: use topics and groups of your own."""
    if address := os.environ.get("SUNMAO_TEST_KAFKA"):
        yield address
        return
    with _running(_broker, "SUNMAO_TEST_KAFKA") as broker:
        yield broker.bootstrap


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The superuser's `postgresql://` URL of a PostgreSQL that all tests of this process share."""
    if address := os.environ.get("SUNMAO_TEST_POSTGRES"):
        yield address
        return
    with _running(_database, "SUNMAO_TEST_POSTGRES") as database:
        yield database.dsn()


@pytest.fixture(scope="module")
def kafka_of_module() -> Iterator[str]:
    """The bootstrap address of a Kafka of this module alone: nobody else's records are in the platform's topics."""
    with _running(_broker, "SUNMAO_TEST_SERVERS=containers") as broker:
        yield broker.bootstrap


@pytest.fixture
def own_kafka() -> Iterator[Broker]:
    """A Kafka of this test alone, which it may kill and start again."""
    with _running(_broker, "SUNMAO_TEST_SERVERS=containers") as broker:
        yield broker


@pytest.fixture
def own_postgres() -> Iterator[Database]:
    """A PostgreSQL of this test alone, which it may kill and start again."""
    with _running(_database, "SUNMAO_TEST_SERVERS=containers") as database:
        yield database


@pytest.fixture
async def fresh_database(postgres_server: str) -> AsyncIterator[str]:
    """The `postgresql+asyncpg://` URL of an empty database that is dropped after the test."""
    async with _fresh(postgres_server) as url:
        yield url


@pytest.fixture
async def fresh_databases(postgres_server: str) -> AsyncIterator[tuple[str, str]]:
    """Two such databases, for two services."""
    async with _fresh(postgres_server) as one, _fresh(postgres_server) as other:
        yield one, other


@asynccontextmanager
async def _fresh(postgres_server: str) -> AsyncIterator[str]:
    server, name = make_url(postgres_server), f"test_{secrets.token_hex(6)}"
    await _execute(server, f"CREATE DATABASE {name}")
    yield server.set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)
    await _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def databases_for_services(postgres_server: str) -> dict[str, str]:
    """A new database for each service on a server that others use too, as SQLAlchemy addresses."""
    server, names = make_url(postgres_server), {service: f"{service}_{secrets.token_hex(4)}" for service in PORTS}
    for name in names.values():
        await _execute(server, f"CREATE DATABASE {name}")
    made = {service: server.set(drivername="postgresql+asyncpg", database=name) for service, name in names.items()}
    return {service: url.render_as_string(hide_password=False) for service, url in made.items()}


async def _execute(server: URL, statement: str) -> None:
    connection = await asyncpg.connect(server.set(drivername="postgresql").render_as_string(hide_password=False))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def _broker(folder: Path) -> Broker:
    return KafkaContainer() if _from_containers() else KafkaServer(folder)


def _database(folder: Path) -> Database:
    return PostgresContainer() if _from_containers() else PostgresServer(folder, durable=False)


def _from_containers() -> bool:
    return os.environ.get("SUNMAO_TEST_SERVERS") == "containers"


@contextmanager
def _running(make: Callable[[Path], AnyServer], otherwise: str) -> Iterator[AnyServer]:
    with TemporaryDirectory(prefix="sunmao-test-") as folder, ExitStack() as until_done:
        server = make(Path(folder))
        if reason := _reason_not_to_start(until_done, server):
            pytest.fail(f"{reason}\nOr set {otherwise}; tests/servers.py says how.", pytrace=False)
        yield server


def _reason_not_to_start(until_done: ExitStack, server: Server) -> str:
    try:
        until_done.enter_context(server)
    except ServerUnavailable as reason:
        return str(reason)
    return ""
