"""A town that a test may hurt, on a broker that all of them share or on one of its own."""

import secrets
from collections.abc import AsyncIterator

import pytest

from shared.persistence.database import Database
from tests.failures.town import Town
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


async def _town(urls: tuple[str, str], bootstrap: str, group: str) -> AsyncIterator[Town]:
    made = Town(Database(urls[0]), Database(urls[1]), bootstrap, group)
    await made.build()
    yield made
    made.stop()
    await made.school.close()
    await made.neighbour.close()
