"""Chromium as people have it on their phones, and services behind an address that it can open."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright
from starlette.applications import Starlette
from starlette.routing import Mount

from deploy.local.ports import free_ports
from services.partnership.main import SERVICE
from shared.persistence.database import Database
from tests.integration.edge.door import PREFIX, Door
from tests.integration.edge.signing import LINKS, Table, table
from tests.migrated import migrate


@dataclass
class Phone:
    """A phone that runs no script, and everything that its browser asked for or complained of.

    `address` is where links begin.
    """

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def open(self, token: str) -> int:
        """Open a link. Returns the status of the answer."""
        answer = await self.page.goto(f"{self.address}/{token}")
        assert answer is not None
        return answer.status


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    """Partnership on a file."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/partnership.db")
    await migrate(database, SERVICE)
    made = Door(database, tmp_path / "keys")
    yield made
    await made.client.aclose()
    await database.close()


@pytest.fixture
async def paper(door: Door) -> Table:
    """The paper of an agreement, ready to be signed."""
    return await table(door)


@asynccontextmanager
async def served(app: Any, prefix: str) -> AsyncIterator[str]:
    """The address of a service, mounted as the embedded edition mounts it."""
    (port,) = free_ports(1)
    mounted = Starlette(routes=[Mount(prefix, app)])
    server = uvicorn.Server(uvicorn.Config(mounted, port=port, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (it tells nobody when it is)
        await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{port}{prefix}"
    server.should_exit = True
    with contextlib.suppress(asyncio.CancelledError):
        await serving


@pytest.fixture
async def address(door: Door) -> AsyncIterator[str]:
    """Where links begin that are opened here: those by which somebody signs, unless a module says otherwise."""
    async with served(door.parts.app, PREFIX) as root:
        yield f"{root}{LINKS}"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real browser; without one these tests fail, for nothing else notices what they would."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("There is no chromium here: apt-get install --no-install-recommends chromium", pytrace=False)
    async with async_playwright() as playwright:
        # Who is root has no sandbox, and it opens nothing but the pages of this test.
        launched = await playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield launched
        await launched.close()


@pytest.fixture(params=["zh-CN"])
async def phone(request: pytest.FixtureRequest, browser: Browser, address: str) -> AsyncIterator[Phone]:
    """A phone in the language of the test."""
    context = await browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale=request.param,
        java_script_enabled=False,
    )
    made = Phone(await context.new_page(), address)
    made.page.on("request", lambda asked: made.asked.append(asked.url))
    made.page.on("console", lambda said: made.complaints.append(said.text))
    yield made
    await context.close()
