"""How much memory this process comes to need while something is done."""

import asyncio
from typing import Final

import psutil

_LOOK_AGAIN: Final = 0.2


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
