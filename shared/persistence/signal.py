"""A bell: whoever has work waiting for news of a commit waits for it instead of asking again and again."""

import asyncio
import contextlib


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
