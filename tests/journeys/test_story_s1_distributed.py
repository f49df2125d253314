"""Story S1 on Kafka and PostgreSQL, one process per service, and what a restart of the broker does to it: nothing."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from deploy.local.distributed import ISSUER, Services, databases_of
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from shared.operations.addresses import PORTS
from shared.operations.measuring import measure
from shared.operations.stories.evidence import gather
from shared.operations.visitor import Visitor
from tests.journeys.telling import faults, told
from tests.servers import Broker, Database


@pytest.fixture
async def services(tmp_path: Path, own_kafka: Broker, own_postgres: Database) -> AsyncIterator[Services]:
    """Every service and the issuer as processes."""
    names = (*PORTS, ISSUER)
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    databases = await _databases(own_postgres)
    processes = Services(tmp_path, bootstrap=own_kafka.bootstrap, databases=databases, ports=ports)
    await asyncio.to_thread(processes.start)
    yield processes
    await asyncio.to_thread(processes.stop)


async def test_a_restart_of_the_broker_after_the_story_tells_nobody_anything_twice(
    services: Services, own_kafka: Broker, tmp_path: Path
) -> None:
    async with Visitor(services.addresses) as visitor:
        story, before = await told(visitor, tmp_path / "run.json")

        await asyncio.to_thread(own_kafka.stop)
        await asyncio.to_thread(own_kafka.start)
        # A need and its matches go through every service: whatever the broker delivers again has come by then.
        await measure(story, 1)
        after = await gather(story)

    assert faults(story, before) == []
    assert faults(story, after) == []
    assert (after.told, after.inboxes, len(after.events)) == (before.told, before.inboxes, len(before.events))


async def _databases(server: Database) -> dict[str, str]:
    if isinstance(server, PostgresServer):
        return await asyncio.to_thread(databases_of, server)
    made = {name: f"{name}_{secrets.token_hex(4)}" for name in PORTS}
    connection = await asyncpg.connect(server.dsn())
    try:
        for name in made.values():
            await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return {service: _url(server.dsn(name)) for service, name in made.items()}


def _url(dsn: str) -> str:
    return make_url(dsn).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
