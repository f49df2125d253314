"""From a batch of deliveries to one committed transaction, whatever is in the batch and whatever happens meanwhile.

A reaction runs as a step of one unit of work: kept when it returns, dropped when it raises, and then its event is set
aside in the same transaction. When the database itself refuses the batch, the batch is halved, in order, down to the
event that it refuses. Errors that would hit any event (the database is away) are retried here and then go up: nothing
else could succeed either, and nothing is acknowledged.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import structlog

from shared.kernel.clock import Clock
from shared.messaging import faults
from shared.messaging.blame import is_away
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import Inbox
from shared.messaging.passing import pass_through
from shared.messaging.racing import racing
from shared.messaging.run import NOTHING_REFUSED, Bench, Refused, Run, readable
from shared.observability.metrics import ConsumerNumbers

log: Any = structlog.get_logger(__name__)

_PAUSES: Final = (0.1, 0.3, 1.0, 3.0, 5.0, 10.0, 15.0, 20.0)
"""Seconds between tries while the database is away; together less than the poll interval that a broker allows."""


@dataclass(frozen=True, slots=True)
class Place:
    """How far a source's log was read by the deliveries of a batch: its end is committed with the last of them."""

    source: str
    position: int


class Pipeline:
    """Runs the deliveries of one consumer."""

    def __init__(self, bench: Bench, numbers: ConsumerNumbers, clock: Clock) -> None:
        self.bench = bench
        self.numbers = numbers
        self.clock = clock

    @property
    def consumer(self) -> Consumer:
        """Whose deliveries these are."""
        return self.bench.consumer

    def binds(self, delivery: Delivery) -> bool:
        """Whether this consumer listens to such an event."""
        if self.consumer.unreadable:
            return not readable(delivery)
        return self.binds_type(delivery.topic, delivery.type)

    def binds_type(self, topic: str, event_type: str) -> bool:
        """Whether this consumer listens to what is of such a type on a topic, if it can be read at all."""
        return self._names(event_type) or (".events." in topic and self._takes_any_like(event_type))

    def is_concerned(self, event_type: str) -> bool:
        """Whether it listens to such an event, or to whatever event comes with a state of such a type."""
        return self._names(event_type) or self._takes_any_like(event_type)

    def _names(self, event_type: str) -> bool:
        return event_type in self.consumer.reactions or event_type in self.consumer.projections

    def _takes_any_like(self, event_type: str) -> bool:
        raw = self.consumer.raw_reaction
        return raw is not None and event_type.startswith(raw.prefix)

    def share_of(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Those that this consumer listens to, as it tells them apart."""
        batch = [delivery for delivery in deliveries if self.binds(delivery)]
        if self.consumer.raw_reaction is not None:
            # Two majors of one fact share an id; whoever takes events of any type takes both.
            return [delivery.told_apart_by_type() for delivery in batch]
        return batch

    async def process(self, deliveries: Sequence[Delivery], places: Sequence[Place] = ()) -> None:
        """Act on everything that concerns this consumer, once. Returns when it is committed.

        Raises only what no event is to blame for, after bounded retries.
        """
        batch = self.share_of(deliveries)
        if batch or places:
            await self.take(batch, places)

    async def take(self, batch: Sequence[Delivery], places: Sequence[Place] = ()) -> None:
        """The same for what is this consumer's share already."""
        for pause in (*_PAUSES, None):
            try:
                return await self._apply(batch, places)
            except Exception as error:
                self.numbers.retried(type(error).__name__)
                if pause is None or not is_away(error):
                    raise
                log.warning("the database is away", consumer=self.consumer.name, pause=pause)
                await asyncio.sleep(pause)
        return None

    def run_of(self, batch: Sequence[Delivery], refused: Refused = NOTHING_REFUSED) -> Run:
        """One pass over these, which is still to be made."""
        return Run(self.bench, batch, refused, self.clock())

    def tell(self, run: Run, seconds: float) -> None:
        """Count and log what was done, once it is committed; it took so long."""
        faults.reach(f"{self.consumer.name}.committed")
        self._count(run, seconds)

    async def _apply(self, batch: Sequence[Delivery], places: Sequence[Place]) -> None:
        try:
            await racing(lambda: self._once(batch, places), partial(self.numbers.retried, "race"))
        except Exception as error:
            if is_away(error) or not batch:
                raise
            if len(batch) == 1:
                await self._once(batch, places, {batch[0].event_id: error})
                return
            middle = len(batch) // 2
            await self._apply(batch[:middle], ())
            await self._apply(batch[middle:], places)

    async def _once(
        self, batch: Sequence[Delivery], places: Sequence[Place], refused: Refused = NOTHING_REFUSED
    ) -> None:
        began, run = time.perf_counter(), self.run_of(batch, refused)
        async with self.bench.works.database.writing() as connection:
            await pass_through(connection, [run], last=not places)
            await Inbox(connection, self.consumer.name).move_to({each.source: each.position for each in places})
        self.tell(run, time.perf_counter() - began)

    def _count(self, run: Run, seconds: float) -> None:
        for (event_type, outcome), number in run.outcomes.items():
            getattr(self.numbers, outcome)(event_type, number)
        for event_type, ages in run.ages.items():
            self.numbers.arrived(event_type, ages)
            self.numbers.took(event_type, [seconds / len(run.batch)] * len(ages))
        for item in run.aside:
            log.warning(
                "event set aside",
                consumer=self.consumer.name,
                event_id=item.delivery.event_id,
                correlation_id=item.delivery.texts.get("ce_correlationid"),
                status=item.status,
                error_type=item.error_type,
                error=item.error[:200],
            )
