"""A town is backed up in the middle of its story, goes on, is destroyed and put back: the story ends as it must."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from shared.operations.addresses import Addresses
from shared.operations.backup.embedded import back_up, put_back
from shared.operations.folder import Folder
from shared.operations.running import build_town
from shared.operations.server import serve
from shared.operations.settings import Settings
from shared.operations.stories.s1 import tell
from shared.operations.stories.teller import Nobody
from shared.operations.visitor import Visitor
from tests.integration.operations.town import until
from tests.journeys.telling import embedded, faults, told

HALF_WAY, FURTHER = 6, 9


class Following(Nobody):
    """An audience that can be asked how far the story has come."""

    def __init__(self) -> None:
        self.reached = 0

    def step(self, number: int, title: str) -> None:
        self.reached = number

    async def has_reached(self, number: int) -> bool:
        return self.reached >= number


async def test_the_story_of_a_town_that_was_put_back_is_told_to_its_end(tmp_path: Path, port: int) -> None:
    home, backup = Folder(tmp_path / "home"), tmp_path / "backup"
    async with serving(home, port) as addresses, Visitor(addresses) as visitor:
        audience = Following()
        telling = asyncio.create_task(tell(visitor, home.run_of("s1"), audience))
        await until(lambda: audience.has_reached(HALF_WAY), 120)
        await asyncio.to_thread(back_up, home, backup)
        await until(lambda: audience.has_reached(FURTHER), 120)
        telling.cancel()
        with suppress(asyncio.CancelledError):
            await telling
    shutil.rmtree(home.path)

    put_back(backup, home, replace=False)
    async with serving(home, port) as addresses, Visitor(addresses) as visitor:
        story, evidence = await told(visitor, home.run_of("s1"))

    # Whether matches come quickly is not seen by a run that was interrupted.
    assert [finding for finding in faults(story, evidence) if finding.holds is False] == []


@asynccontextmanager
async def serving(home: Folder, port: int) -> AsyncIterator[Addresses]:
    """Every service, from this folder, until the block ends."""
    town = build_town(Settings(home=home.path, port=port, environment="test"))
    ready, over = asyncio.Event(), asyncio.Event()
    with town.folder.owned():
        running = asyncio.create_task(
            serve(town.app, "127.0.0.1", port, town.running(), ready=ready.set, over=over, stopping=town.say_stopping)
        )
        await ready.wait()
        try:
            yield embedded(port)
        finally:
            over.set()
            await running
