"""Where deliveries come in: every consumer gets what it binds, and what nobody can read is set aside once."""

import asyncio
from collections.abc import Iterable, Sequence

from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.pipeline import Pipeline
from shared.messaging.run import readable
from shared.messaging.together import act_together
from shared.observability.metrics import GroupNumbers


class Intake:
    """The pipelines of one service. `strangers` sets aside, once for the service, what no consumer can be named for."""

    def __init__(self, pipelines: Sequence[Pipeline], strangers: Pipeline, numbers: GroupNumbers) -> None:
        self.pipelines = pipelines
        self.strangers = strangers
        self._numbers = numbers
        self._types = {body.wire.type for pipeline in pipelines for body in pipeline.consumer.bodies}
        # What somebody keeps of others' state is often asked for by the reactions to the events that came with it.
        self._keepers = [pipeline for pipeline in pipelines if not pipeline.consumer.reacts]
        self._actors = [pipeline for pipeline in pipelines if pipeline.consumer.reacts]

    async def take(self, deliveries: Sequence[Delivery]) -> None:
        """Let every consumer act; those that only keep state come first.

        On few records they act in one transaction, on many and after trouble each in its own, side by side. Returns
        when all are committed; raises, when all have ended, what the first of them raised.
        """
        unbound = [delivery for delivery in deliveries if not self._bound(delivery)]
        unreadable = [delivery for delivery in unbound if not readable(delivery)]
        await self.strangers.process(unreadable)
        if not await act_together([*self._keepers, *self._actors], deliveries):
            await _side_by_side(self._keepers, deliveries)
            await _side_by_side(self._actors, deliveries)
        self._count(unbound, unreadable)

    def _bound(self, delivery: Delivery) -> bool:
        return delivery.type in self._types or any(pipeline.binds(delivery) for pipeline in self.pipelines)

    def is_shared(self, event_type: str) -> bool:
        """Whether it concerns several consumers: then a batch more costs a good deal more."""
        return sum(pipeline.is_concerned(event_type) for pipeline in self.pipelines) > 1

    def pipeline(self, consumer: str) -> Pipeline | None:
        """The pipeline of a consumer by name."""
        return next((p for p in (*self.pipelines, self.strangers) if p.consumer.name == consumer), None)

    def _count(self, unbound: Sequence[Delivery], unreadable: Sequence[Delivery]) -> None:
        for delivery in unreadable:
            self._numbers.rejected(delivery.topic, "parse")
        for delivery in unbound:
            self.strangers.numbers.ignored(delivery.type)


async def _side_by_side(pipelines: Iterable[Pipeline], deliveries: Sequence[Delivery]) -> None:
    acting = [pipeline.process(deliveries) for pipeline in pipelines]
    for outcome in await asyncio.gather(*acting, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


def strangers_of(service: str) -> Consumer:
    """The consumer in whose name unreadable records are set aside."""
    return Consumer(f"{service}.intake", unreadable=True)
