"""Picks faults and pauses from a seed, and writes down what it did, to whom, and how long it took to recover."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg
import httpx
from aiokafka.errors import KafkaError

from tests.failures.campaign.faults import Missed
from tests.failures.campaign.faults.points import AtPoint
from tests.failures.campaign.installation import Fault, Installation
from tests.failures.campaign.replica import answers_ready

Probe = Callable[[], Awaitable[bool]]
"""Whether a command passes now."""

_LOOK_SECONDS: Final = 0.3
_MOST_SECONDS: Final = 300.0
_MOST_WOUNDS: Final = 3
_NOT_NOW: Final = (OSError, EOFError, TimeoutError, KafkaError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What a fault meets that asks a server which is still away."""
_WITHOUT_WAITING: Final = 0.2
"""How often it strikes again before the services serve again."""


@dataclass
class Blow:
    """One fault. `at` is seconds from the nemesis' beginning to the harm, which for one that lies in wait comes late.

    `recovery` is None until everything served again.
    """

    number: int
    at: float
    kind: str
    kills: bool
    who: str = ""
    missed: bool = False
    recovery: float | None = None
    waiting: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        recovered = "not recovered" if self.recovery is None else f"recovered after {self.recovery:.1f} s"
        return f"{self.at:8.1f} {self.number:4} {self.kind}: {self.who}; {'missed, ' if self.missed else ''}{recovered}"


@dataclass(frozen=True, slots=True)
class Pick:
    """What the dice say: which fault, whether to wait until all serve before the next, and the pause after it."""

    number: int
    fault: int
    waits: bool
    pause: float


class Picks:
    """An endless row of picks, the same for the same seed and as many faults."""

    def __init__(self, seed: int, faults: int, pauses: tuple[float, float]) -> None:
        self._dice = random.Random(seed)  # noqa: S311
        self._faults = faults
        self._pauses = pauses
        self._number = 0

    def next(self) -> Pick:
        """The next one."""
        self._number += 1
        fault = self._dice.randrange(self._faults)
        return Pick(self._number, fault, self._dice.random() >= _WITHOUT_WAITING, self._dice.uniform(*self._pauses))


class Nemesis:
    """Strikes until told otherwise. The same seed picks the same faults, pauses and dice, in the same order.

    One that lies in wait at a point of the program is left to wait while others fall, on whom it has not in hand.
    """

    def __init__(
        self,
        installation: Installation,
        seed: int,
        probe: Probe,
        *,
        pauses: tuple[float, float] = (0.2, 2.5),
        log: Path | None = None,
    ) -> None:
        self.blows: list[Blow] = []
        self._lurking: asyncio.Task[None] | None = None
        self._installation = installation
        self._seed = seed
        self._probe = probe
        self._pauses = pauses
        self._log = log
        self._began = time.monotonic()

    @property
    def lurks(self) -> bool:
        """Whether one lies in wait now: somebody's doing has to lead there."""
        return self._lurking is not None and not self._lurking.done()

    @property
    def kills(self) -> Counter[str]:
        """How often each kind of fault killed a process."""
        return Counter(blow.kind for blow in self.blows if blow.kills and not blow.missed)

    @property
    def struck(self) -> Counter[str]:
        """How often each kind of fault came about, killing or not."""
        return Counter(blow.kind for blow in self.blows if not blow.missed)

    @property
    def missed(self) -> Counter[str]:
        """How often each kind of fault did not come about."""
        return Counter(blow.kind for blow in self.blows if blow.missed)

    @property
    def longest_recovery(self) -> float:
        """Seconds from a blow until every replica had been ready again and a command had passed."""
        return max((blow.recovery for blow in self.blows if blow.recovery is not None), default=0.0)

    async def run(self, over: Callable[[], bool]) -> None:
        """Strike until `over`, then wait for what still recovers. Raises `TimeoutError` if something never does."""
        self._began = time.monotonic()
        watching = asyncio.create_task(self._watch())
        attacking = asyncio.create_task(self._attack(over))
        try:
            await asyncio.wait({watching, attacking}, return_when=asyncio.FIRST_COMPLETED)
            if watching.done():
                watching.result()
            await attacking
        finally:
            tasks = [task for task in (attacking, watching, self._lurking) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _attack(self, over: Callable[[], bool]) -> None:
        picks = Picks(self._seed, len(self._installation.faults), self._pauses)
        async with httpx.AsyncClient(timeout=3) as client:
            while not over():
                await self._follow(picks.next(), client)
        await self._trap_is_sprung()
        # The watcher marks them, or gives up.
        while any(blow.recovery is None for blow in self.blows):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)

    async def _follow(self, pick: Pick, client: httpx.AsyncClient) -> None:
        fault = self._installation.faults[pick.fault]
        if isinstance(fault, AtPoint):
            await self._trap_is_sprung()
            self._lurking = asyncio.create_task(self._strike(pick, fault))
            if not fault.alone:
                return
            await self._trap_is_sprung()
        else:
            await self._strike(pick, fault)
        while self._is_busy or (pick.waits and not await self._served(client)):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
        await asyncio.sleep(pick.pause)

    async def _trap_is_sprung(self) -> None:
        """Whatever lies in wait has struck, or has given up."""
        if self._lurking is not None:
            await self._lurking

    async def _strike(self, pick: Pick, fault: Fault) -> None:
        blow = Blow(pick.number, time.monotonic() - self._began, fault.kind, fault.kills)
        try:
            blow.who = await fault.strike(random.Random(f"{self._seed}/{pick.number}"))  # noqa: S311
        except (Missed, *_NOT_NOW) as why:
            blow.who, blow.missed = f"{type(why).__name__} {why}", True
        if isinstance(fault, AtPoint):
            blow.at = self._seconds
        blow.waiting = {url for replicas in self._installation.replicas.values() for url in replicas}
        self.blows.append(blow)

    @property
    def _is_busy(self) -> bool:
        """Whether so much is recovering that one blow more would only make everything slower."""
        return sum(blow.recovery is None for blow in self.blows) >= _MOST_WOUNDS

    async def _served(self, client: httpx.AsyncClient) -> bool:
        """Whether every service has a replica that is ready."""
        for urls in self._installation.replicas.values():
            if not any(await asyncio.gather(*(answers_ready(client, url) for url in urls))):
                return False
        return True

    async def _watch(self) -> None:
        """Ask until every replica has been ready since each blow, and a command has passed."""
        async with httpx.AsyncClient(timeout=3) as client:
            while True:
                await asyncio.sleep(_LOOK_SECONDS)
                wounds = [blow for blow in self.blows if blow.recovery is None]
                if wounds:
                    await self._look_at(wounds, client)

    async def _look_at(self, wounds: list[Blow], client: httpx.AsyncClient) -> None:
        asked = sorted(set[str]().union(*(blow.waiting for blow in wounds)))
        answers = await asyncio.gather(*(answers_ready(client, url) for url in asked))
        ready = {url for url, answer in zip(asked, answers, strict=True) if answer}
        for blow in wounds:
            blow.waiting -= ready
        healed = [blow for blow in wounds if not blow.waiting]
        if healed and await self._probe():
            await self._mark(healed)
        oldest = min(blow.at for blow in wounds)
        if self._seconds - oldest > _MOST_SECONDS:
            raise TimeoutError("; ".join(f"{blow}, waiting for {sorted(blow.waiting)}" for blow in wounds))

    async def _mark(self, healed: list[Blow]) -> None:
        for blow in healed:
            blow.recovery = self._seconds - blow.at
        if self._log is not None:
            await asyncio.to_thread(_append, self._log, "".join(f"{blow}\n" for blow in healed))

    @property
    def _seconds(self) -> float:
        return time.monotonic() - self._began


def _append(log: Path, lines: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(lines)
