"""The distributed edition: one service in one process, on PostgreSQL and Kafka, in the role of API, worker, or both."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Final, Literal

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer
from faststream.kafka import KafkaBroker

from shared.messaging import faults
from shared.messaging.kafka import Subscription
from shared.messaging.leader import Leadership
from shared.messaging.obstacles import why
from shared.messaging.producer import relay_producer
from shared.messaging.relay import Relay
from shared.observability.metrics import ProcessNumbers
from shared.operations.access import topics_read
from shared.operations.bootstrap import Bootstrap
from shared.operations.brokers import brokers_of
from shared.operations.document_stores import lies_apart
from shared.operations.document_watching import watch_documents
from shared.operations.folder import Folder
from shared.operations.parts import Parts, tidy
from shared.operations.rereading import TopicRereader
from shared.operations.settings import Settings
from shared.operations.watching import keep_tallies, watch_clock, watch_loop, watch_room
from shared.web.documents.duties import background_of
from shared.web.health import Check

log: Any = structlog.get_logger(__name__)

Role = Literal["all", "api", "worker"]

_TIDY_EVERY: Final = 3600.0
_BACKOFF_MS: Final = 1000
"""A client that asks an absent broker ten times a second fills the log with the answers it does not get."""
_PENDING_EVERY: Final = 5.0
_PENDING: Final = "SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM outbox"
_PARKED: Final = "SELECT count(*) FROM outbox_parked"


class Process:
    """One replica of one service."""

    def __init__(self, parts: Parts, settings: Settings, role: Role) -> None:
        self.parts = parts
        self._settings = settings
        self._role = role
        self._brokers = brokers_of(settings, parts.service.name)
        self._why = partial(why, brokers=self._brokers)
        self._leadership = Leadership(parts.runtime.database, parts.service.name)
        self._subscription = self._subscribe() if role != "api" else None
        rereader = TopicRereader(self._brokers)
        self._bootstrap = Bootstrap(parts, rereader, self._why)
        parts.open_desk(rereader)
        self._watch_health()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep everything of the role going; at the end finish what is at hand, then let go."""
        tasks = [asyncio.create_task(work) for work in self._work()]
        self.parts.health.alive["tasks"] = _none_ended(tasks)
        try:
            yield
        finally:
            await self._stop(tasks)

    def _work(self) -> list[Coroutine[Any, Any, None]]:
        database, numbers = self.parts.runtime.database, self.parts.runtime.metrics.process(self.parts.service.name)
        always = [self._leadership.ring(), watch_loop(numbers), watch_clock(database, numbers), *self._papers(numbers)]
        if self._subscription is None:
            return always
        return [*always, self._leadership.run(self._lead), self._listen(self._subscription)]

    def _papers(self, numbers: ProcessNumbers) -> Iterator[Coroutine[Any, Any, None]]:
        """Every replica takes its own way to the store of documents."""
        if self.parts.service.documented:
            yield watch_documents(self.parts.runtime, self.parts.health)
            if lies_apart(self._settings):
                yield watch_room(Folder(self._settings.home).path, numbers)

    async def _listen(self, subscription: Subscription) -> None:
        """First fill the projections that are new here, then follow the topics."""
        await self._bootstrap.run()
        await subscription.supervise()

    async def _stop(self, tasks: list["asyncio.Task[None]"]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        faults.reach("process.stopping")
        if self._subscription is not None:
            await asyncio.gather(self._subscription.stop(), return_exceptions=True)
        self.parts.runtime.tracing.shutdown()
        await self.parts.runtime.database.close()

    async def _lead(self, connection: asyncpg.Connection, bell: asyncio.Event) -> None:
        """Everything that one replica does for all: relay, clockwork, second chances, the service's own loops."""
        name, metrics = self.parts.service.name, self.parts.runtime.metrics
        numbers = metrics.relay(name)
        numbers.leading(True)
        relay = Relay(connection, self._producer, numbers)
        self.parts.health.alive["relay"] = _beats(relay)
        duties = [
            relay.run(bell),
            self.parts.clockwork.run(),
            self.parts.chances.run(),
            self._count_pending(),
            self._tidy(),
            keep_tallies(self.parts.service, self.parts.runtime),
            *(background(self.parts.runtime) for background in background_of(self.parts.service)),
        ]
        try:
            async with asyncio.TaskGroup() as group:
                for duty in duties:
                    group.create_task(_duty(duty))
        except* (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as errors:
            raise errors.exceptions[0] from None
        finally:
            numbers.leading(False)
            self.parts.health.alive.pop("relay", None)

    async def _count_pending(self) -> None:
        numbers = self.parts.runtime.metrics.relay(self.parts.service.name)
        database = self.parts.runtime.database
        while True:
            async with database.reading() as connection:
                pending, age = tuple((await connection.exec_driver_sql(_PENDING)).one())
                parked = (await connection.exec_driver_sql(_PARKED)).scalar_one()
            numbers.pending(pending, oldest_age_seconds=float(age))
            numbers.parked(parked)
            await asyncio.sleep(_PENDING_EVERY)

    async def _tidy(self) -> None:
        while True:
            await tidy(self.parts)
            await asyncio.sleep(_TIDY_EVERY)

    def _subscribe(self) -> Subscription:
        broker = KafkaBroker(
            list(self._brokers.bootstrap),
            security=self._brokers.for_faststream(),
            client_id=f"sunmao-{self.parts.service.name}",
            allow_auto_create_topics=False,
            # What it would find out about a handler's arguments costs more than to hand the records over.
            apply_types=False,
            retry_backoff_ms=_BACKOFF_MS,
            graceful_timeout=15.0,
            logger=None,
        )
        return Subscription(
            broker,
            sorted(topics_read(self.parts.service)),
            self.parts.service.group,
            self.parts.intake,
            self.parts.runtime.metrics.group(self.parts.service.name, self.parts.service.group),
            why=self._why,
            group_instance_id=self._settings.kafka_instance,
        )

    def _producer(self) -> AIOKafkaProducer:
        return relay_producer(self.parts.service.name, self._brokers)

    def _watch_health(self) -> None:
        health, subscription = self.parts.health, self._subscription
        if subscription is None:
            return
        health.alive["subscription"] = subscription.alive
        health.ready["bootstrap"] = self._bootstrap.ready

        async def kafka() -> str | None:
            if subscription.up:
                return None
            trouble = subscription.trouble or self._bootstrap.trouble or "Kafka was not reached yet"
            return f"{trouble}; commands are kept and sent later"

        (health.ready if self._role == "worker" else health.told)["kafka"] = kafka


async def _duty(duty: Awaitable[None]) -> None:
    await duty


def _none_ended(tasks: list["asyncio.Task[None]"]) -> Check:
    async def check() -> str | None:
        return "a task that should never end has ended" if any(task.done() for task in tasks) else None

    return check


def _beats(relay: Relay) -> Check:
    async def check() -> str | None:
        silent = asyncio.get_running_loop().time() - relay.beat
        return "the relay has not finished a round for a minute" if silent > 60 else None

    return check
