"""A town that a test may hurt, on a broker that all of them share or on one of its own."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.distributed import ISSUER, Services, databases_of
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from shared.operations.addresses import PORTS
from shared.operations.visitor import Visitor
from shared.persistence.database import Database
from tests import servers
from tests.failures.drill import Drill, running
from tests.failures.town import Town
from tests.integration.operations.town import People
from tests.servers import Broker


@pytest.fixture
def group() -> str:
    """A consumer group that nobody else uses."""
    return f"test.{secrets.token_hex(6)}"


@pytest.fixture
async def town(fresh_databases: tuple[str, str], kafka_server: str, group: str) -> AsyncIterator[Town]:
    """A town on the shared broker."""
    async for made in _town(fresh_databases, kafka_server, group):
        yield made


@pytest.fixture
async def own_town(fresh_databases: tuple[str, str], own_kafka: Broker, group: str) -> AsyncIterator[Town]:
    """A town whose broker may be hurt as well."""
    async for made in _town(fresh_databases, own_kafka.bootstrap, group):
        yield made


@pytest.fixture
async def drill(tmp_path: Path, own_kafka: Broker, own_postgres: servers.Database) -> AsyncIterator[Drill]:
    """The whole town, with people in it."""
    names = (*PORTS, ISSUER)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    databases = await _databases(own_postgres)
    services = Services(tmp_path, bootstrap=own_kafka.bootstrap, databases=databases, ports=ports)
    async with running(services), Visitor(services.addresses) as visitor:
        people = People(visitor)
        await people.settle()
        yield Drill(services, databases, own_postgres.dsn(), tmp_path, people, own_kafka)


async def _town(urls: tuple[str, str], bootstrap: str, group: str) -> AsyncIterator[Town]:
    made = Town(Database(urls[0]), Database(urls[1]), bootstrap, group)
    await made.build()
    yield made
    made.stop()
    await made.school.close()
    await made.neighbour.close()


async def _databases(server: servers.Database) -> dict[str, str]:
    if isinstance(server, PostgresServer):
        return await asyncio.to_thread(databases_of, server)
    return await servers.databases_for_services(server.dsn())
