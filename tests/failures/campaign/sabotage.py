"""Breaks one guarantee on purpose, inside a process that is about to serve, so that the checker can be seen to notice.

The product has no switch for any of this: functions are replaced before its command line runs.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from enum import StrEnum
from itertools import count
from typing import Any, Final

import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging import passing, relay
from shared.messaging.inbox import Inbox, claim
from shared.messaging.kafka import Subscription, _ends
from shared.messaging.pipeline import Pipeline, Place
from shared.messaging.producer import relay_producer
from shared.messaging.relay import Relay
from shared.messaging.security import Brokers
from shared.operations import distributed
from shared.persistence.database import TOLD, Database
from tests.failures.campaign.replica import SUNMAO

_ONE_IN: Final = 10
_SLOW_SECONDS: Final = 0.4
"""How many transactions that tell something, and pages of a relay, are slow; how slow each is, and a deletion."""


class Sabotage(StrEnum):
    """What can be broken."""

    EARLY_ACK = "early-ack"
    NO_CLAIM = "no-claim"
    RANGE_DELETE = "range-delete"
    NO_LOCK = "no-lock"


def command_of(sabotage: str) -> Sequence[str]:
    """How a process is started in which this is broken; nothing is, where it says nothing."""
    if not sabotage:
        return SUNMAO
    return (sys.executable, "-c", f"from tests.failures.campaign.sabotage import main; main({sabotage!r})")


def main(sabotage: str) -> None:
    """Break it, then run the command line."""
    BREAKS[Sabotage(sabotage)]()
    from shared.operations.cli import main as run  # noqa: PLC0415

    run()


def _acknowledge_early() -> None:
    """Acknowledge what was delivered before it is committed, on both transports."""
    take, process = Subscription._take, Pipeline.process

    async def take_early(self: Subscription, records: Any) -> None:
        self._acknowledging.note(_ends(records))
        await self._acknowledging.settle()
        await take(self, records)

    async def process_early(self: Pipeline, deliveries: Sequence[Any], places: Sequence[Place] = ()) -> None:
        if places:
            async with self.bench.works.database.writing() as connection:
                await Inbox(connection, self.consumer.name).move_to({place.source: place.position for place in places})
        await process(self, deliveries, places)

    _replace(Subscription, "_take", take_early)
    _replace(Pipeline, "process", process_early)


def _skip_the_claim() -> None:
    """Write the claim down and act whatever it says."""

    async def claim_all(connection: Any, wanted: Mapping[str, Iterable[Any]], now: Any) -> dict[str, set[str]]:
        asked = {consumer: list(deliveries) for consumer, deliveries in wanted.items()}
        await claim(connection, asked, now)
        return {consumer: {delivery.event_id for delivery in deliveries} for consumer, deliveries in asked.items()}

    _replace(passing, "claim", claim_all)


def _delete_by_range() -> None:
    """Delete everything up to the last row that was sent, as if ids became visible in their order.

    Some transactions are slow to commit, so that others with higher ids are sent before them, and the relay takes its
    time before it deletes, so that they are in the range by then. A relay that deletes what it sent minds neither.
    """
    by_range = "DELETE FROM outbox WHERE id <= (SELECT max(sent) FROM unnest($1::bigint[]) AS sent)"
    read_on = relay._READ_ON.replace(relay._DELETE, by_range)
    writing, follow, turns = Database.writing, Relay._following, count()

    @asynccontextmanager
    async def slowly(self: Database) -> AsyncIterator[AsyncConnection]:
        async with writing(self) as connection:
            yield connection
            if TOLD in connection.info and next(turns) % _ONE_IN == 0:
                await asyncio.sleep(_SLOW_SECONDS)

    async def follow_late(self: Relay, gone: float) -> Any:
        await asyncio.sleep(_SLOW_SECONDS)
        return await follow(self, gone)

    _replace(relay, "_DELETE", by_range)
    _replace(relay, "_READ_ON", read_on)
    _replace(Relay, "_following", follow_late)
    _replace(Database, "writing", slowly)


def _lead_without_the_lock() -> None:
    """Let every replica lead, each under a transactional id of its own that fences nobody.

    Now and then one stands still between reading a page and sending it, as a process does that its machine has
    forgotten for a while. One that leads alone keeps its order for all that.
    """
    connect, producer = asyncpg.connect, relay_producer

    class Everybody(asyncpg.Connection):
        """A connection to which the lock is always given."""

        async def fetchval(self, query: str, *arguments: Any, **more: Any) -> Any:
            if "pg_try_advisory_lock" in query:
                return True
            return await super().fetchval(query, *arguments, **more)

    async def connected(**more: Any) -> asyncpg.Connection:
        return await connect(**more, connection_class=Everybody)

    def unfenced(service: str, brokers: Brokers) -> Any:
        return producer(f"{service}.{os.getpid()}", brokers)

    _send_late()
    _replace(asyncpg, "connect", connected)
    _replace(distributed, "relay_producer", unfenced)


def _send_late() -> None:
    send, turns = Relay._send, count()

    async def late(self: Relay, *page: Any) -> None:
        if next(turns) % _ONE_IN == 0:
            await asyncio.sleep(_SLOW_SECONDS)
        await send(self, *page)

    _replace(Relay, "_send", late)


def _replace(owner: object, name: str, other: object) -> None:
    """Put something else in its place; raises `AttributeError` where the product has it no more."""
    getattr(owner, name)
    setattr(owner, name, other)


BREAKS: Final[Mapping[Sabotage, Callable[[], None]]] = {
    Sabotage.EARLY_ACK: _acknowledge_early,
    Sabotage.NO_CLAIM: _skip_the_claim,
    Sabotage.RANGE_DELETE: _delete_by_range,
    Sabotage.NO_LOCK: _lead_without_the_lock,
}
