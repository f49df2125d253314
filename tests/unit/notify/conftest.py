"""Notify on a database file of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from prometheus_client import CollectorRegistry

from services.notify.main import SERVICE
from services.notify.storage import NotifyWork, Table
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.persistence.database import Database
from shared.persistence.work import Works
from shared.web.app import build_app
from shared.web.health import Health
from shared.web.runtime import Runtime
from tests.fakes import NOON, MemoryDocuments
from tests.unit.notify.arrivals import know_on
from tests.unit.notify.door import KNOWN, Names


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database with notify's tables."""
    made = Database(f"sqlite+aiosqlite:///{tmp_path}/notify.db")
    async with made.writing() as connection:
        await connection.run_sync(Table.metadata.create_all)
    yield made
    await made.close()


@pytest.fixture
async def notify(database: Database) -> AsyncIterator[httpx.AsyncClient]:
    """Notify's HTTP over a database that knows the university, the enterprise and two teachers."""
    await know_on(database, *KNOWN)
    works = Works(database, NotifyWork)
    tracing = build(TracingSettings("notify"))
    runtime = Runtime("notify", database, works, MemoryDocuments(), lambda: NOON, Metrics(CollectorRegistry()), tracing)
    transport = httpx.ASGITransport(build_app(SERVICE, runtime, Names(), health=Health()))
    async with httpx.AsyncClient(transport=transport, base_url="http://notify") as client:
        yield client
