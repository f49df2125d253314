"""Picks faults and pauses from a seed, and writes down what it did, to whom, and how long it took to recover."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg
import httpx

from tests.failures.campaign.faults import Missed
from tests.failures.campaign.installation import Fault, Installation

Probe = Callable[[], Awaitable[bool]]
"""Whether a command passes now."""

_LOOK_SECONDS: Final = 0.25
_MOST_SECONDS: Final = 300.0
_NOT_NOW: Final = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What a fault meets that asks a server which is still away."""
_WITHOUT_WAITING: Final = 0.25
"""How often it strikes again while the last wound is open."""


@dataclass
class Blow:
    """One fault: `at` is seconds since the nemesis began; `recovery` None until everything served again."""

    number: int
    at: float
    kind: str
    kills: bool
    who: str = ""
    missed: bool = False
    recovery: float | None = None

    def __str__(self) -> str:
        recovered = "not recovered" if self.recovery is None else f"recovered after {self.recovery:.1f} s"
        return f"{self.at:8.1f} {self.number:4} {self.kind}: {self.who}; {'missed' if self.missed else recovered}"


class Nemesis:
    """Strikes until told otherwise. The same seed picks the same faults, pauses and dice, in the same order."""

    def __init__(
        self,
        installation: Installation,
        seed: int,
        probe: Probe,
        *,
        pauses: tuple[float, float] = (0.5, 4.0),
        log: Path | None = None,
    ) -> None:
        self.blows: list[Blow] = []
        self._installation = installation
        self._seed = seed
        self._probe = probe
        self._pauses = pauses
        self._log = log
        self._began = time.monotonic()

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
        """Seconds from a blow until every replica was ready and a command passed."""
        return max((blow.recovery for blow in self.blows if blow.recovery is not None), default=0.0)

    async def run(self, over: Callable[[], bool]) -> None:
        """Strike until `over`; then wait for what still recovers. Raises `TimeoutError` if something never does."""
        self._began = time.monotonic()
        picks = Picks(self._seed, len(self._installation.faults))
        recovering: set[asyncio.Task[None]] = set()
        while not over():
            pick = picks.next(self._pauses)
            blow = await self._strike(pick)
            recovery = asyncio.create_task(self._recover(blow))
            recovering.add(recovery)
            if pick.waits:
                await asyncio.gather(*recovering)
                recovering.clear()
            await asyncio.sleep(pick.pause)
        await asyncio.gather(*recovering)

    async def _strike(self, pick: "Pick") -> Blow:
        fault: Fault = self._installation.faults[pick.fault]
        blow = Blow(pick.number, time.monotonic() - self._began, fault.kind, fault.kills)
        try:
            blow.who = await fault.strike(random.Random(f"{self._seed}/{pick.number}"))  # noqa: S311
        except (Missed, *_NOT_NOW) as why:
            blow.who, blow.missed = f"{type(why).__name__}: {why}", True
        self.blows.append(blow)
        return blow

    async def _recover(self, blow: Blow) -> None:
        async with asyncio.timeout(_MOST_SECONDS), httpx.AsyncClient(timeout=3) as client:
            # Nobody tells when it is over; it has to be asked for.
            while not (await self._all_ready(client) and await self._probe()):  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_SECONDS)
        blow.recovery = time.monotonic() - self._began - blow.at
        if self._log is not None:
            await asyncio.to_thread(_append, self._log, f"{blow}\n")

    async def _all_ready(self, client: httpx.AsyncClient) -> bool:
        urls = [url for replicas in self._installation.replicas.values() for url in replicas]
        return all(await asyncio.gather(*(_ready(client, url) for url in urls)))


@dataclass(frozen=True, slots=True)
class Pick:
    """What the dice say: which fault, whether to wait for recovery, and the pause after it."""

    number: int
    fault: int
    waits: bool
    pause: float


class Picks:
    """An endless row of picks, the same for the same seed and as many faults."""

    def __init__(self, seed: int, faults: int) -> None:
        self._dice = random.Random(seed)  # noqa: S311
        self._faults = faults
        self._number = 0

    def next(self, pauses: tuple[float, float]) -> Pick:
        """The next one."""
        self._number += 1
        fault = self._dice.randrange(self._faults)
        return Pick(self._number, fault, self._dice.random() >= _WITHOUT_WAITING, self._dice.uniform(*pauses))


async def _ready(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(f"{url}/readyz")).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _append(log: Path, line: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(line)
