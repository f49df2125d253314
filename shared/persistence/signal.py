"""A bell: whoever has work waiting for news of a commit waits for it instead of asking again and again."""

import asyncio
import contextlib
from collections.abc import Sequence


class Signal:
    """Given often, heard by all who wait. Several givings before anybody looks are one."""

    def __init__(self) -> None:
        self._count = 0
        self._heard = asyncio.Event()

    @property
    def count(self) -> int:
        """How often it was given; pass it to `after` to miss none."""
        return self._count

    def give(self) -> None:
        """Wake everybody who waits."""
        self._count += 1
        self._heard.set()
        self._heard = asyncio.Event()

    async def after(self, count: int, *, at_most: float) -> None:
        """Wait until it was given more than `count` times, or `at_most` seconds."""
        if self._count > count:
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._heard.wait()


async def after_any(heard: Sequence[tuple[Signal, int]], *, at_most: float) -> None:
    """Wait until one of the signals was given more often than was heard of it, or `at_most` seconds."""
    waiting = [asyncio.ensure_future(signal.after(count, at_most=at_most)) for signal, count in heard]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
