"""Many people at once, each telling one kind of story after another until the desk is closed."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from tests.failures.campaign.desk import Closed, Desk
from tests.failures.campaign.journal import NotGrantedError
from tests.failures.campaign.workload.classes import fill_class
from tests.failures.campaign.workload.needs import look_for_partners
from tests.failures.campaign.workload.practices import practise
from tests.failures.campaign.workload.world import World, join, settle

Story = Callable[[Desk, World], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Size:
    """How many people tell each kind of story at a time, and how large one story is."""

    enterprises: int = 4
    lines: int = 10
    programmes: int = 10
    offices: int = 2
    students: int = 300
    asking: int = 40
    learners: int = 2
    teachers: int = 4
    pause: float = 0.2


class Crowd:
    """Everybody."""

    def __init__(self, desk: Desk, size: Size, resting: Callable[[], bool] = lambda: False) -> None:
        """Nobody begins another story while they are `resting`."""
        self._desk = desk
        self._size = size
        self._resting = resting
        self.told = 0

    async def settle(self) -> World:
        """Register everybody on whom the stories build."""
        return await settle(self._desk, self._size.programmes)

    async def run(self, world: World) -> None:
        """Tell stories; returns when the desk is closed and everybody has finished what was under way."""
        async with asyncio.TaskGroup() as tasks:
            for story in self._stories():
                tasks.create_task(self._tell(story, world))

    def _stories(self) -> list[Story]:
        size = self._size
        return [
            *[partial(look_for_partners, lines=size.lines)] * size.enterprises,
            *[partial(fill_class, students=size.students, asking=size.asking, learners=size.learners)] * size.offices,
            partial(practise, teachers=size.teachers),
            join,
        ]

    async def _tell(self, story: Story, world: World) -> None:
        while self._desk.open:
            if not self._resting():
                await self._tell_one(story, world)
            await asyncio.sleep(self._size.pause)

    async def _tell_one(self, story: Story, world: World) -> None:
        try:
            await story(self._desk, world)
            self.told += 1
        except* Closed:
            # The desk is closed, so the next turn ends the loop.
            pass
        except* NotGrantedError as refused:
            self._desk.journal.troubles.update(f"story ended at {error}" for error in refused.exceptions)
