"""A database under which the process dies, or that has other writers; and consumers that meet every kind of trouble."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.partnership import NeedFulfilled, NeedWithdrawn
from shared.errors import LostRace
from shared.kernel.work import NotYet
from shared.messaging.consumer import Consumer
from shared.messaging.inbox import POSITION
from shared.persistence.database import Database
from tests.conformance.model import Order, Told, World
from tests.conformance.sample import Heard, NeighbourWork

Mishap = Literal["none", "before commit", "after commit", "race", "away"]


class Crashed(BaseException):
    """The process is gone: nobody below handles this."""


class FragileDatabase(Database):
    """Meets one mishap in its next writing transaction."""

    mishap: Mishap = "none"

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        if self._meets("away"):
            raise ConnectionRefusedError
        async with super().writing() as connection:
            yield connection
            if self._meets("before commit"):
                raise Crashed
            if self._meets("race"):
                raise LostRace
        if self._meets("after commit"):
            raise Crashed

    def _meets(self, mishap: Mishap) -> bool:
        met = self.mishap == mishap
        if met:
            self.mishap = "none"
        return met


def listener(order: Order, world: World) -> Consumer:
    """A consumer that writes down the numbers that it hears, if it can."""
    consumer = Consumer(f"talent.{order}")

    @consumer.reaction(NeedFulfilled, order=order)
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        await _write_down(order, event.need_id, event.headcount_filled, work)

    @consumer.reaction(NeedWithdrawn, order=order)
    async def struggle(event: NeedWithdrawn, work: NeighbourWork) -> None:
        kind, number = event.reason.split()
        told: Any = Told(event.need_id, int(number), kind)  # type: ignore[arg-type]
        await _write_down(order, told.key, told.number, work)
        fate = world.fate(told)
        if fate == "waiting":
            raise NotYet
        if fate == "open":
            raise ValueError("this cannot be digested")
        if fate == "refused":
            work.keep_row(POSITION, {"consumer": f"{order} {told}", "source": "x", "position": 2**70})

    return consumer


async def _write_down(order: Order, need: str, number: int, work: NeighbourWork) -> None:
    known = await work.heard.find(f"{order} {need}")
    if known is None:
        work.heard.add(Heard(id=f"{order} {need}", story=need, counts=(number,)))
    else:
        work.heard.save(replace(known, counts=(*known.counts, number)))
