"""Filling projections that were never filled, while a server is away."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.partnership import NeedState
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.operations import bootstrap
from shared.operations.bootstrap import Bootstrap
from shared.persistence.database import Database
from tests.conformance.deliveries import metrics, pipeline_of
from tests.conformance.sample import create_tables


class Restarting(Database):
    """A database that does not take connections yet the first times it is asked."""

    refusals = 2

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        if self.refusals:
            self.refusals -= 1
            raise OperationalError("", {}, Exception("the database system is starting up"))
        async with super().reading() as connection:
            yield connection


class Nothing:
    """State topics without a record."""

    async def read(self, _topics: frozenset[str], _since: datetime | None) -> AsyncIterator[Sequence[Delivery]]:
        for page in ():
            yield page


async def test_a_database_that_starts_up_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "_PAUSE", 0.01)
    database = Restarting(f"sqlite+aiosqlite:///{tmp_path}/talent.db")
    await create_tables(database)
    consumer = Consumer("talent.needs")
    consumer.projection(NeedState, table="known_need")(lambda _state: {})
    pipeline = pipeline_of(consumer, database)
    parts: Any = SimpleNamespace(
        intake=SimpleNamespace(pipelines=[pipeline]),
        runtime=SimpleNamespace(database=database, metrics=metrics()),
        service=SimpleNamespace(name="talent"),
    )
    filling = Bootstrap(parts, Nothing())
    assert await filling.ready() is not None

    await filling.run()

    assert await filling.ready() is None
    await database.close()
