"""The embedded town in this process, on a folder and a port of its own."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deploy.local.ports import free_ports
from shared.operations.addresses import Addresses
from shared.operations.running import build_town
from shared.operations.server import serve
from shared.operations.settings import Settings
from tests.journeys.telling import DUE_SECONDS, embedded


@pytest.fixture
def port() -> int:
    """A port on which nothing listens."""
    (free,) = free_ports(1)
    return free


@pytest.fixture
async def town(tmp_path: Path, port: int) -> AsyncIterator[Addresses]:
    """Every service, serving until the test is over."""
    town = build_town(Settings(home=tmp_path, port=port, environment="test", due_seconds=DUE_SECONDS))
    ready, over = asyncio.Event(), asyncio.Event()
    with town.folder.owned():
        serving = asyncio.create_task(
            serve(town.app, "127.0.0.1", port, town.running(), ready=ready.set, over=over, stopping=town.say_stopping)
        )
        await ready.wait()
        yield embedded(port)
        over.set()
        await serving
