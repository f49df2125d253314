"""Where deliveries come in: every consumer gets what it binds, and what nobody can read is set aside once."""

from collections.abc import Sequence

from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.pipeline import Pipeline
from shared.messaging.run import readable
from shared.observability.metrics import GroupNumbers


class Intake:
    """The pipelines of one service. `strangers` sets aside, once for the service, what no consumer can be named for."""

    def __init__(self, pipelines: Sequence[Pipeline], strangers: Pipeline, numbers: GroupNumbers) -> None:
        self.pipelines = pipelines
        self.strangers = strangers
        self._numbers = numbers
        self._types = {body.wire.type for pipeline in pipelines for body in pipeline.consumer.bodies}

    async def take(self, deliveries: Sequence[Delivery]) -> None:
        """Let every consumer act, each in its own transaction. Returns when all are committed."""
        unbound = [delivery for delivery in deliveries if not self._bound(delivery)]
        unreadable = [delivery for delivery in unbound if not readable(delivery)]
        await self.strangers.process(unreadable)
        for pipeline in self.pipelines:
            await pipeline.process(deliveries)
        self._count(unbound, unreadable)

    def _bound(self, delivery: Delivery) -> bool:
        return delivery.type in self._types or any(pipeline.binds(delivery) for pipeline in self.pipelines)

    def pipeline(self, consumer: str) -> Pipeline | None:
        """The pipeline of a consumer by name."""
        return next((p for p in (*self.pipelines, self.strangers) if p.consumer.name == consumer), None)

    def _count(self, unbound: Sequence[Delivery], unreadable: Sequence[Delivery]) -> None:
        for delivery in unreadable:
            self._numbers.rejected(delivery.topic, "parse")
        for delivery in unbound:
            self.strangers.numbers.ignored(delivery.type)


def strangers_of(service: str) -> Consumer:
    """The consumer in whose name unreadable records are set aside."""
    return Consumer(f"{service}.intake", unreadable=True)
