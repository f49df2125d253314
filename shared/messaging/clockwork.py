"""What falls due by itself: asked twice a minute under the leader's lock, done in pages as ordinary commands."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import Refusal
from shared.kernel.clock import Clock
from shared.kernel.work import Context
from shared.persistence.work import Works

log: Any = structlog.get_logger(__name__)

EVERY: Final = 30.0
_PAGE: Final = 200


class Due(Protocol):
    """A chore: which ids are due, and what is then to be done."""

    @property
    def name(self) -> str:
        """What it is called in logs."""

    @property
    def find(self) -> Callable[[AsyncConnection, datetime, int], Awaitable[list[str]]]:
        """Ids that are due, at most so many."""

    @property
    def act(self) -> Callable[[str, Any], Awaitable[object]]:
        """The command for one of them."""

    @property
    def act_together(self) -> Callable[[Sequence[str], Any], Awaitable[object]] | None:
        """The command for a page of them, if there is one."""


class Clockwork:
    """The chores of one service."""

    def __init__(
        self, service: str, works: Works[Any], chores: Sequence[Due], clock: Clock, *, every: float = EVERY
    ) -> None:
        """`every` is how many seconds lie between two looks."""
        self._service = service
        self._works = works
        self._chores = chores
        self._clock = clock
        self._every = every

    async def run(self) -> None:
        """Do what is due, again and again, until cancelled."""
        while True:
            await self.tick()
            await asyncio.sleep(self._every)

    async def tick(self) -> int:
        """Do everything that is due now; say how much it was. A chore that fails does not stop the others."""
        done = 0
        for chore in self._chores:
            try:
                done += await self._do(chore)
            except Exception:
                # What is due stays due: the next turn finds it again.
                log.exception("a chore failed", chore=chore.name)
        return done

    async def _do(self, chore: Due) -> int:
        done, seen = 0, set[str]()
        while ids := [id for id in await self._find(chore) if id not in seen]:
            done += await self._act_on(chore, ids)
            seen.update(ids)
        return done

    async def _find(self, chore: Due) -> list[str]:
        async with self._works.database.reading() as connection:
            return await chore.find(connection, self._clock(), _PAGE)

    async def _act_on(self, chore: Due, ids: Sequence[str]) -> int:
        if chore.act_together is not None:
            try:
                async with self._works.open(self._context()) as work:
                    await chore.act_together(ids, work)
            except Refusal as refusal:
                # Somebody was faster with one of them.
                log.info("not together", chore=chore.name, code=refusal.code)
            except Exception:
                # One of them may be what does not work: the others shall not wait for it.
                log.exception("a page of a chore failed", chore=chore.name, subjects=len(ids))
            else:
                return len(ids)
        return sum([await self._act(chore, id) for id in ids])

    def _context(self) -> Context:
        return Context(actor=f"system:{self._service}", now=self._clock())

    async def _act(self, chore: Due, id: str) -> int:
        try:
            async with self._works.open(self._context()) as work:
                await chore.act(id, work)
        except Refusal as refusal:
            # Somebody was faster: it is no longer due.
            log.info("no longer due", chore=chore.name, subject=id, code=refusal.code)
            return 0
        return 1
