"""One process of a very small town: the relay of the school, or the neighbour that listens. Made to be killed."""

import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import Any

from faststream.kafka import KafkaBroker
from prometheus_client import CollectorRegistry

from shared.messaging import faults
from shared.messaging.consumer import Consumer
from shared.messaging.intake import Intake, strangers_of
from shared.messaging.kafka import Subscription
from shared.messaging.leader import Leadership
from shared.messaging.pipeline import Pipeline
from shared.messaging.producer import EpochProducer
from shared.messaging.projecting import Projector
from shared.messaging.relay import Relay
from shared.messaging.run import Bench
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.conformance.sample import NeighbourWork, Table, neighbour

TOPICS = ("sunmao.partnership.events.v1", "sunmao.partnership.state.v1")


def relay_on(bootstrap: str, group: str) -> Any:
    """What a leader does here."""
    numbers = Metrics(CollectorRegistry()).relay("partnership")

    def producer() -> EpochProducer:
        return EpochProducer(
            f"{group}.relay",
            bootstrap_servers=bootstrap,
            max_batch_size=512 * 1024,
            retry_backoff_ms=20,
        )

    async def lead(connection: Any, bell: asyncio.Event) -> None:
        await Relay(connection, producer, numbers).run(bell)

    return lead


def subscription_on(database: Database, bootstrap: str, group: str, *topics: str) -> Subscription:
    """The neighbour's subscription."""
    metrics, tracing = Metrics(CollectorRegistry()), build(TracingSettings("talent"))

    def pipeline(consumer: Consumer) -> Pipeline:
        bench = Bench(consumer, Works(database, NeighbourWork), Projector(consumer, Table.metadata), tracing)
        return Pipeline(bench, metrics.consumer(consumer.name), lambda: datetime.now(UTC))

    numbers = metrics.group("talent", group)
    intake = Intake([pipeline(neighbour())], pipeline(strangers_of("talent")), numbers)
    broker = KafkaBroker(bootstrap, allow_auto_create_topics=False, retry_backoff_ms=300, logger=None)
    return Subscription(broker, topics or TOPICS, group, intake, numbers, group_instance_id=f"{group}-1")


async def run(part: str, database_url: str, bootstrap: str, group: str) -> None:
    """Be that part until killed."""
    database = Database(database_url, pool_size=3)
    if part == "relay":
        await Leadership(database, "partnership").run(relay_on(bootstrap, group))
    else:
        await subscription_on(database, bootstrap, group).supervise()


if __name__ == "__main__":
    faults.arm(os.environ, production=False)
    asyncio.run(run(*sys.argv[1:5]))
