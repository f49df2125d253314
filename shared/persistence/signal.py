"""A bell: whoever has work waiting for news of a commit waits for it instead of asking again and again."""

import asyncio
import contextlib
from collections.abc import Sequence


class Signal:
    """Given often, heard by all who wait. Several givings before anybody looks are one."""

    def __init__(self) -> None:
        self._count = 0
        self._listeners: set[asyncio.Event] = set()

    @property
    def count(self) -> int:
        """How often it was given; pass it to `after` to miss none."""
        return self._count

    def give(self) -> None:
        """Wake everybody who waits."""
        self._count += 1
        for heard in self._listeners:
            heard.set()

    async def after(self, count: int, *, at_most: float) -> None:
        """Wait until it was given more than `count` times, or `at_most` seconds."""
        await self.after_any([(self, count)], at_most=at_most)

    @staticmethod
    async def after_any(known: "Sequence[tuple[Signal, int]]", *, at_most: float) -> None:
        """Wait until one of these signals was given more often than so many times, or `at_most` seconds."""
        if any(signal._count > count for signal, count in known):
            return
        heard = asyncio.Event()
        for signal, _ in known:
            signal._listeners.add(heard)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(at_most):
                    await heard.wait()
        finally:
            for signal, _ in known:
                signal._listeners.discard(heard)
