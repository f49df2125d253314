"""Our relay as a leading worker builds it, draining a backlog or following what arrives."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import asyncpg
from prometheus_client import CollectorRegistry

from shared.contracts.registry import REGISTRY
from shared.messaging.leader import Leadership, connect
from shared.messaging.producer import relay_producer
from shared.messaging.relay import Relay
from shared.messaging.security import Brokers
from shared.observability.metrics import Metrics
from shared.operations.memory import settle
from shared.persistence.database import Database
from tests.benchmarks.apart import Asked

SERVICE = "partnership"


@asynccontextmanager
async def backlog(asked: Asked) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Warm with what lies in the outbox now; measured is the drain of what lies there later."""
    database = Database(asked["url"])
    connection = await connect(database, for_the_outbox=True)
    relay = _relay(connection, asked, _metrics())
    try:
        await relay.drain()
        settle()
        yield relay.drain
    finally:
        await relay.stop()
        await connection.close()
        await database.close()


@asynccontextmanager
async def following(asked: Asked) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Leads from now on, warm with what lies in the outbox; measured is the time until so many more went through."""
    database, metrics = Database(asked["url"]), _metrics()

    async def lead(connection: asyncpg.Connection, bell: asyncio.Event) -> None:
        await _relay(connection, asked, metrics).run(bell)

    async def until_gone(count: int) -> None:
        # The relay tells nobody that it is done but its metrics, and those count what was sent.
        while _published(metrics) < count or await _left(database):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    term = asyncio.create_task(Leadership(database, SERVICE).run(lead))
    try:
        await until_gone(asked["warm"])
        settle()
        yield lambda: until_gone(asked["warm"] + asked["count"])
    finally:
        term.cancel()
        await asyncio.gather(term, return_exceptions=True)
        await database.close()


def _metrics() -> Metrics:
    return Metrics(CollectorRegistry(), event_types=[body.wire.type for body in REGISTRY])


def _relay(connection: asyncpg.Connection, asked: Asked, metrics: Metrics) -> Relay:
    bootstrap = [str(asked["bootstrap"])]
    return Relay(connection, lambda: relay_producer(SERVICE, Brokers.open_to_all(bootstrap)), metrics.relay(SERVICE))


async def _left(database: Database) -> int:
    """How many rows are still to be deleted."""
    async with database.reading() as connection:
        return int((await connection.exec_driver_sql("SELECT count(*) FROM outbox")).scalar_one())


def _published(metrics: Metrics) -> float:
    """How many rows were confirmed."""
    families = metrics.registry.restricted_registry(["sunmao_outbox_published_total"]).collect()
    return sum(sample.value for family in families for sample in family.samples if sample.name.endswith("_total"))
