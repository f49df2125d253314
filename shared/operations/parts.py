"""Builds the parts of a running service, the same in both editions; only the database and the transport differ."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from shared.documents.store import DocumentStore
from shared.identity.refusals import Reason
from shared.identity.tokens import Verifier
from shared.kernel.clock import Clock
from shared.messaging.blame import RACES
from shared.messaging.clockwork import EVERY, Clockwork
from shared.messaging.inbox import purge_inbox
from shared.messaging.intake import Intake, strangers_of
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.retrying import SecondChances
from shared.messaging.run import Bench
from shared.observability.metrics import Metrics, ProcessNumbers
from shared.observability.tracing import Tracing
from shared.operations.access import topics_read
from shared.operations.document_watching import CountedStore
from shared.operations.rereading import Rereader, backfill_reactions, rebuild_projections
from shared.persistence.database import Database
from shared.persistence.migrations import pending
from shared.persistence.rule_packs import changed_packs, remember_packs
from shared.persistence.work import Works
from shared.rules.engine import Rulebook
from shared.rules.seals import read_seals
from shared.web import idempotency
from shared.web.app import build_app
from shared.web.attempts import DEFAULT_TRIES, REASON, TriesAllowed
from shared.web.health import Check, Health
from shared.web.operations import Desk
from shared.web.retention import retention_chores
from shared.web.runtime import Runtime
from shared.web.service import Service

INBOX_KEPT: Final = timedelta(days=37)
"""Longer than events are kept anywhere, by a week."""
KEYS_KEPT: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Parts:
    """One service, put together and not yet started."""

    service: Service
    runtime: Runtime
    intake: Intake
    clockwork: Clockwork
    chances: SecondChances
    health: Health
    app: Any

    def open_desk(self, rereader: Rereader) -> None:
        """Let operators in: with this transport's way of reading again."""
        pipelines = {pipeline.consumer.name: pipeline for pipeline in self.intake.pipelines}

        async def rebuild(consumer: str) -> int:
            return await rebuild_projections(pipelines[consumer], rereader)

        async def backfill(consumer: str, since: datetime) -> int:
            return await backfill_reactions(pipelines[consumer], rereader, since)

        self.app.state.desk = Desk(
            chances=self.chances,
            rebuildable=frozenset(name for name, p in pipelines.items() if p.consumer.projections),
            reacting=frozenset(
                name for name, p in pipelines.items() if p.consumer.reactions or p.consumer.raw_reaction
            ),
            rebuild=rebuild,
            backfill=backfill,
        )


def build_parts(
    service: Service,
    database: Database,
    documents: DocumentStore,
    verifier: Verifier,
    *,
    clock: Clock,
    metrics: Metrics,
    tracing: Tracing,
    tries: TriesAllowed = DEFAULT_TRIES,
    address: str = "",
    rosters: Path | None = None,
    due_every: float = EVERY,
) -> Parts:
    """Put a service together on this database and this store of documents. Nothing runs yet."""
    works: Works[Any] = Works(database, service.work, service.rulebook())
    edge, process = metrics.edge(service.name), metrics.process(service.name)
    edge.expect([*Reason, REASON], sorted(RACES))
    database.observe, database.waited = edge.transaction, edge.waited
    process.pool(database.pool_size, database.in_use, database.idle)
    if service.documented:
        documents = CountedStore(documents, metrics.store(service.name))
    runtime = Runtime(
        service.name, database, works, documents, clock, metrics, tracing, tries, address, rosters=rosters
    )
    intake = _intake(service, runtime)
    health = _health(service, database, process)
    if works.rules is not None:
        health.ready["rules"] = _packs_unchanged(database, works.rules)
    return Parts(
        service=service,
        runtime=runtime,
        intake=intake,
        clockwork=Clockwork(service.name, works, [*service.chores, *retention_chores(service)], clock, every=due_every),
        chances=SecondChances(intake, clock()),
        health=health,
        app=build_app(service, runtime, verifier, health=health),
    )


async def tidy(parts: Parts) -> None:
    """Forget what nobody can ask for any more: old claims, old keys."""
    now = parts.runtime.clock()
    async with parts.runtime.database.writing() as connection:
        await idempotency.purge(connection, now - KEYS_KEPT)
        await purge_inbox(connection, now - INBOX_KEPT, 10_000)


async def note_packs(service: Service, database: Database, *, at: datetime) -> None:
    """Remember the rule packs with which the service starts. Raises `PackChanged` where one says something else now."""
    if (rulebook := service.rulebook()) is not None:
        async with database.writing() as connection:
            await remember_packs(connection, rulebook, read_seals(service.folder / "rules"), at=at)


def _packs_unchanged(database: Database, rulebook: Rulebook) -> Check:
    seen = False

    async def unchanged() -> str | None:
        nonlocal seen
        if seen:
            return None
        try:
            async with database.reading() as connection:
                sentence = await changed_packs(connection, rulebook)
        except Exception as error:  # noqa: BLE001
            return f"the rule packs of earlier starts cannot be read ({type(error).__name__})"
        seen = sentence is None
        return sentence

    return unchanged


def _intake(service: Service, runtime: Runtime) -> Intake:
    def pipeline(consumer: Any) -> Pipeline:
        projector = Projector(consumer, service.metadata)
        bench = Bench(consumer, runtime.works, projector, runtime.tracing)
        numbers = runtime.metrics.consumer(consumer.name)
        numbers.expect(body.wire.type for body in consumer.bodies)
        return Pipeline(bench, numbers, runtime.clock)

    pipelines = [pipeline(consumer) for consumer in service.consumers]
    numbers = runtime.metrics.group(service.name, service.group)
    numbers.expect(topics_read(service))
    return Intake(pipelines, pipeline(strangers_of(service.name)), numbers)


def _health(service: Service, database: Database, numbers: ProcessNumbers) -> Health:
    async def reachable() -> str | None:
        try:
            await database.ping()
        except Exception as error:  # noqa: BLE001
            return f"the database cannot be reached ({type(error).__name__})"
        return None

    schema_seen = False

    async def migrated() -> str | None:
        nonlocal schema_seen
        # Asked every few seconds: a schema that was there once is not looked for again in the folder of migrations.
        if schema_seen:
            return None
        try:
            behind = await pending(database, service.folder / "migrations")
        except Exception as error:  # noqa: BLE001
            return f"the schema cannot be read ({type(error).__name__})"
        schema_seen = not behind
        numbers.schema_behind(behind)
        return "run `sunmao migrate`: the schema is behind the code" if behind else None

    return Health(ready={"database": reachable, "schema": migrated})
