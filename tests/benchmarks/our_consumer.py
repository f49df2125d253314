"""Our consumer as a service builds it: the subscription, the intake, the pipelines, metrics and traces."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from faststream.kafka import KafkaBroker
from prometheus_client import CollectorRegistry

from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.intake import Intake, strangers_of
from shared.messaging.kafka import Subscription
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.run import Bench
from shared.observability.metrics import Metrics
from shared.observability.tracing import Tracing
from shared.operations.memory import settle
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.benchmarks.sample import SampleWork, Table
from tests.benchmarks.stage import sqlalchemy_url
from tests.benchmarks.tracing import recording_one_in_ten

Consume = Callable[[str, str, str, str, int], Awaitable[float]]
"""Given broker, topic, group, database and how many: reads so many records, answers the seconds from the first on."""


class Counting(Intake):
    """The service's intake, which says when it has taken so many."""

    total: int
    seen = 0
    began = 0.0

    def expect(self, total: int) -> None:
        """`done` is set once so many deliveries are committed."""
        self.total, self.done = total, asyncio.Event()

    async def take(self, deliveries: Sequence[Delivery]) -> None:
        """As ever, and count."""
        self.began = self.began or time.perf_counter()
        await super().take(deliveries)
        self.seen += len(deliveries)
        if self.seen >= self.total:
            self.done.set()


def ours(declare: Callable[[], Consumer]) -> Consume:
    """The code that ships, on one topic, until so many records are committed and acknowledged."""

    async def consume(bootstrap: str, topic: str, group: str, dsn: str, total: int) -> float:
        async with following(declare(), bootstrap, topic, group, dsn, total) as (intake, _):
            await intake.done.wait()
            return time.perf_counter() - intake.began

    return consume


@asynccontextmanager
async def following(
    consumer: Consumer, bootstrap: str, topic: str, group: str, dsn: str, total: int = 0
) -> AsyncIterator[tuple["Counting", Metrics]]:
    """A member of the group that reads the topic, until the block ends."""
    database, tracing, metrics = Database(sqlalchemy_url(dsn)), recording_one_in_ten(), Metrics(CollectorRegistry())
    intake = _intake(database, consumer, tracing, metrics)
    intake.expect(total)
    broker = KafkaBroker(bootstrap, allow_auto_create_topics=False, logger=None)
    subscription = Subscription(broker, [topic], group, intake, metrics.group("talent", group))
    settle()
    reading = asyncio.create_task(subscription.supervise())
    try:
        yield intake, metrics
    finally:
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await subscription.stop()
        tracing.shutdown()
        await database.close()


def _intake(database: Database, consumer: Consumer, tracing: Tracing, metrics: Metrics) -> "Counting":
    def pipeline(of: Consumer) -> Pipeline:
        bench = Bench(of, Works(database, SampleWork), Projector(of, Table.metadata), tracing)
        return Pipeline(bench, metrics.consumer(of.name), lambda: datetime.now(UTC))

    return Counting([pipeline(consumer)], pipeline(strangers_of("talent")), metrics.group("talent", "bench"))
