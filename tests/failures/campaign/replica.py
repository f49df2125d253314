"""One process of the system under test, and the wires between it and its servers."""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from deploy.local.process import ServerProcess
from tests.failures.campaign.proxy import Proxy

SUNMAO: Final = (sys.executable, "-c", "from shared.operations.cli import main; main()")
_STOP_SECONDS: Final = 30
_LOOK_SECONDS: Final = 0.1
_KEEP_SECONDS: Final = 0.5
_JOB_SECONDS: Final = 180


@dataclass(eq=False)
class Replica:
    """A process that is started again as often as a campaign likes.

    `expected` says whether it ought to run by itself: not while a fault has it in hand.
    """

    name: str
    service: str
    url: str
    folder: Path
    command: Sequence[str]
    words: Mapping[str, str]
    database: Proxy | None = None
    brokers: Sequence[Proxy] = ()
    expected: bool = False
    _process: ServerProcess = field(init=False)

    def __post_init__(self) -> None:
        self._process = ServerProcess(self.name, self.folder / f"{self.name}.log")

    @property
    def running(self) -> bool:
        """Whether its process lives."""
        return self._process.running

    @property
    def wires(self) -> list[Proxy]:
        """All that it hangs on."""
        return [*([self.database] if self.database else []), *self.brokers]

    @property
    def clock(self) -> Path:
        """The file that says by how many seconds its clock is wrong."""
        return self.folder / f"{self.name}.clock"

    def start(self, faults: str = "") -> None:
        """Start it and do not wait; `faults` are the points at which it is to die."""
        self.expected = not faults
        words = {**self.words, "SUNMAO_FAULTS": faults, "SUNMAO_CLOCK_FILE": str(self.clock)}
        self._process.start(self.command, self.folder, words)

    async def kill(self) -> None:
        """SIGKILL."""
        self.expected = False
        await asyncio.to_thread(self._process.kill)

    async def stop(self) -> None:
        """In good order."""
        self.expected = False
        await asyncio.to_thread(self._process.stop, _STOP_SECONDS)

    def ask_to_stop(self) -> None:
        """SIGTERM, and no waiting."""
        self.expected = False
        self._process.ask_to_stop()

    def freeze(self) -> None:
        """SIGSTOP."""
        self.expected = False
        self._process.freeze()

    def thaw(self) -> None:
        """SIGCONT."""
        self._process.thaw()
        self.expected = True

    async def dies(self, within: float) -> bool:
        """Whether it ends by itself in that time."""
        for _ in range(int(within / _LOOK_SECONDS)):
            if not self.running:
                return True
            await asyncio.sleep(_LOOK_SECONDS)
        return False

    async def ready(self) -> bool:
        """Whether it says that it is ready."""
        async with httpx.AsyncClient(timeout=3) as client:
            return await answers_ready(client, self.url)


async def answers_ready(client: httpx.AsyncClient, url: str) -> bool:
    """Whether what is served there says that it is ready."""
    return await obstacle(client, url) is None


async def obstacle(client: httpx.AsyncClient, url: str) -> str | None:
    """What keeps it from being ready, in its own words where it has any."""
    try:
        answer = await client.get(f"{url}/readyz")
    except httpx.HTTPError as error:
        return type(error).__name__
    return None if answer.status_code == httpx.codes.OK else answer.text


async def keep(members: Sequence[Replica], ended: Counter[str]) -> None:
    """Start again what ended without having been told to, as any cluster does; `ended` counts them."""
    while True:
        for member in members:
            if member.expected and not member.running:
                ended[member.name] += 1
                member.start()
        await asyncio.sleep(_KEEP_SECONDS)


async def run_job(folder: Path, words: Sequence[str], environ: Mapping[str, str]) -> tuple[int, str]:
    """One job of the command line: its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        *SUNMAO,
        *words,
        cwd=folder,
        env={**os.environ, **environ},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), _JOB_SECONDS)
    assert process.returncode is not None
    return process.returncode, said.decode(errors="replace")


async def until_ready(replicas: Sequence[Replica], within: float) -> None:
    """Wait for all of them. Raises `TimeoutError` with the names of those that were not, and what they say."""
    waiting = {replica.name: replica for replica in replicas}
    said: dict[str, str] = {}
    until = time.monotonic() + within
    async with httpx.AsyncClient(timeout=3) as client:
        while waiting and time.monotonic() < until:
            answers = await asyncio.gather(*(obstacle(client, replica.url) for replica in waiting.values()))
            said = {name: answer for name, answer in zip(waiting, answers, strict=True) if answer is not None}
            waiting = {name: waiting[name] for name in said}
            await asyncio.sleep(_LOOK_SECONDS * 3 if waiting else 0)
    if waiting:
        raise TimeoutError(f"not ready within {within:g} seconds: {said}")
