"""Who waits for a connection gets one in the order in which they came."""

import asyncio
from contextlib import AbstractAsyncContextManager

from sqlalchemy.exc import TimeoutError as NoConnectionFree


class Turns(AbstractAsyncContextManager[None]):
    """Lets in as many at once as there are connections; raises `NoConnectionFree` for who waits longer than `at_most`.

    SQLAlchemy's pool gives a connection that comes back to whoever asks next, and that is mostly a newcomer: of those
    who wait, some wait many times over, and the slowest answers come four times later than they have to.
    """

    def __init__(self, at_once: int, *, at_most: float) -> None:
        self._free = asyncio.Semaphore(at_once)
        self._at_most = at_most

    async def __aenter__(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        try:
            async with asyncio.timeout(self._at_most):
                await self._free.acquire()
        except TimeoutError as error:
            raise NoConnectionFree(f"no connection was free for {self._at_most} s") from error

    async def __aexit__(self, *_how: object) -> None:
        self._free.release()
