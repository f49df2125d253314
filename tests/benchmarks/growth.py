"""How much memory this process comes to need while something is done, and how long that takes."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

import psutil

_LOOK_AGAIN: Final = 0.2
_MEBIBYTE: Final = 2**20


class Growth:
    """Beyond what it had once the work has run for a while; `growth` are bytes."""

    def __init__(self, *, settled_after: float = 1.0) -> None:
        self.growth = 0
        self._settled_after = settled_after

    async def __aenter__(self) -> None:
        self._watch = asyncio.create_task(self._look())
        await asyncio.sleep(0)

    async def __aexit__(self, *_: object) -> None:
        self._watch.cancel()

    async def _look(self) -> None:
        process = psutil.Process()
        await asyncio.sleep(self._settled_after)
        least = process.memory_info().rss
        while True:
            self.growth = max(self.growth, process.memory_info().rss - least)
            await asyncio.sleep(_LOOK_AGAIN)


async def measured(act: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """How many seconds something takes, and how many MiB more it needs than there were when it began."""
    growth, began = Growth(settled_after=0), time.perf_counter()
    async with growth:
        await act()
    return time.perf_counter() - began, growth.growth / _MEBIBYTE
