"""The embedded edition dies at named points and at random while needs are posted; each has its matches once."""

import asyncio
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deploy.local.ports import free_ports
from shared.contracts.registry import SERVICES
from shared.operations.addresses import Addresses
from shared.operations.visitor import AnswerError, Visitor
from tests.integration.operations.town import People, until

SUNMAO = Path(sys.executable).with_name("sunmao")
POINTS = (
    "talent.match.acted:3",
    "talent.match.committed:3",
    "partnership.match.acted:2",
    "partnership.match.committed:2",
    "notify.inbox.acted:2",
    "notify.inbox.committed:2",
)
READY_SECONDS = 60


@dataclass
class ServedTown:
    """A town in a process of its own, and somebody who goes on posting needs whatever becomes of it."""

    home: Path
    port: int
    people: People
    process: "subprocess.Popen[bytes] | None" = None
    keys: list[str] = field(default_factory=list)

    async def start(self, fault: str = "") -> None:
        """Serve, and be ready; `fault` is the point at which it is to die."""
        self._spawn(fault)
        await until(self._is_ready_or_dead, READY_SECONDS)

    def _spawn(self, fault: str) -> None:
        words = {"SUNMAO_HOME": str(self.home), "SUNMAO_PORT": str(self.port), "SUNMAO_FAULTS": fault}
        self.process = subprocess.Popen([SUNMAO, "serve"], env={**os.environ, **words}, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    @property
    def is_dead(self) -> bool:
        return self.process is None or self.process.poll() is not None

    async def post_until_dead(self) -> None:
        """Post needs until the process has come to its fault point."""
        for _ in range(200):
            if self.is_dead:
                return
            await self.post_one()
        raise AssertionError("the town never came to its fault point")

    async def post_one(self) -> None:
        """Post a need; whether it was is found out later, under the same key."""
        self.keys.append(f"need/{len(self.keys)}")
        with suppress(AnswerError):
            await self.people.post_need(self.keys[-1])

    async def needs(self) -> dict[str, list[str]]:
        """Every need that was posted, with the candidates of its matches once they are all there."""
        found = {}
        for key in self.keys:
            need = await self.people.post_need(key)
            await self.people.matched(need)
            found[need] = await self.people.candidates_of(need)
        return found

    async def told(self, needs: int) -> "Counter[str]":
        """How often the enterprise was told of each need, once it was of all."""
        told: Counter[str] = Counter()

        async def of_all() -> bool:
            told.clear()
            told.update(await self._notifications())
            return len(told) >= needs

        await until(of_all)
        return told

    async def _notifications(self) -> list[str]:
        wanted: dict[str, Any] = {"template": "need_posted", "limit": 200}
        page = await self.people.get("notify", "/v1/inbox", **wanted, **self.people.administrator)
        return [item["correlation_id"] for item in page["items"]]

    async def dead_letters(self) -> list[Any]:
        """What any service has set aside."""
        found = [await self.people.get(service, "/v1/operations/dead-letters") for service in SERVICES]
        return [letter for letters in found for letter in letters]

    async def _is_ready_or_dead(self) -> bool:
        if self.is_dead:
            return True
        try:
            await self.people.visitor.call("GET", "notify", "/readyz")
        except AnswerError:
            return False
        return True


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[ServedTown]:
    """A town with an enterprise and two programmes, not running."""
    [port] = free_ports(1)
    async with Visitor(Addresses.embedded(f"http://127.0.0.1:{port}")) as visitor:
        made = ServedTown(tmp_path, port, People(visitor))
        await made.start()
        await made.people.settle()
        made.kill()
        yield made
        made.kill()


async def nothing_is_lost_or_doubled(town: ServedTown) -> None:
    """Start once more and compare what there is with what was asked for."""
    await town.start()
    needs = await town.needs()

    assert len(needs) == len(town.keys)
    assert needs == dict.fromkeys(needs, sorted(town.people.programmes))
    assert await town.told(len(needs)) == Counter(dict.fromkeys(needs, 1))
    assert await town.dead_letters() == []


async def test_a_town_that_dies_at_any_point_goes_on_where_it_stood(town: ServedTown) -> None:
    for point in POINTS:
        await town.start(fault=point)
        await town.post_until_dead()

    await nothing_is_lost_or_doubled(town)


async def test_a_town_that_is_killed_at_random_goes_on_where_it_stood(town: ServedTown) -> None:
    dice = random.Random(7)  # noqa: S311
    for _ in range(4):
        await town.start()
        posting = asyncio.create_task(town.post_until_dead())
        await asyncio.sleep(dice.uniform(0.05, 0.6))
        town.kill()
        await posting

    await nothing_is_lost_or_doubled(town)
