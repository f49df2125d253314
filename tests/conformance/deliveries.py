"""Makes deliveries as a broker would hand them over, and pipelines to run them through."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from prometheus_client import CollectorRegistry
from sqlalchemy import select

from shared.contracts.envelope import Envelope
from shared.contracts.event import Message
from shared.contracts.ids import new_event_id
from shared.contracts.partnership import NeedFulfilled, NeedState, NeedWithdrawn
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import DEAD_LETTER
from shared.messaging.intake import Intake, strangers_of
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.run import Bench
from shared.observability.metrics import Metrics
from shared.observability.tracing import Tracing, TracingSettings, build
from shared.persistence.database import Database
from shared.persistence.record import record_of, split_headers
from shared.persistence.work import Works
from tests.conformance.sample import ORGANIZATION, NeighbourWork, Table

AGREEMENT = "agr_01K5A7Z3N4Q6R8S9T0V1W2X3Y4"


def now() -> datetime:
    return datetime.now(UTC)


def delivery(body: Message, sequence: int, *, offset: int = 0, event_id: str | None = None) -> Delivery:
    """The delivery of a body whose subject has this version."""
    envelope = Envelope(
        id=event_id or new_event_id(),
        source="/sunmao/partnership",
        type=body.wire.type,
        subject=body.subject,
        time=now(),
        sequence=sequence,
        correlationid=body.subject,
    )
    record = record_of(body, envelope)
    return Delivery(record.topic, 0, offset, record.key, tuple(split_headers(record.headers)), record.payload)


def filled(need_id: str, count: int) -> Delivery:
    """That a need has so many."""
    fact = NeedFulfilled(
        need_id=need_id, organization_id=ORGANIZATION, line_no=1, agreement_id=AGREEMENT, headcount_filled=count
    )
    return delivery(fact, count, offset=count)


def poison(need_id: str, sequence: int = 1) -> Delivery:
    """An event that the neighbour's reaction cannot take."""
    return delivery(NeedWithdrawn(need_id=need_id, organization_id=ORGANIZATION, reason="poison"), sequence)


def state_of(need: str, version: int, status: str) -> Delivery:
    """What a need is now."""
    today = now().date()
    line = {"line_no": 1, "kind": "rnd", "headcount": 1, "status": "open", "headcount_filled": 0}
    state = NeedState.model_validate(
        {
            "need_id": need, "organization_id": ORGANIZATION, "lines": [line], "starts_on": today, "ends_on": today,
            "region_code": "500101", "visibility": "alliance", "expires_at": now(),
            "status": status, "version": version,
        }
    )  # fmt: skip
    return delivery(state, version)


def pipeline_of(consumer: Consumer, database: Database, clock: Any = now) -> Pipeline:
    """A consumer's pipeline over this database."""
    bench = Bench(consumer, Works(database, NeighbourWork), Projector(consumer, Table.metadata), tracing())
    return Pipeline(bench, metrics().consumer(consumer.name), clock)


def intake_of(consumer: Consumer, database: Database, clock: Any = now) -> Intake:
    """The whole intake of a service with this one consumer."""
    strangers = pipeline_of(strangers_of("talent"), database, clock)
    return Intake([pipeline_of(consumer, database, clock)], strangers, metrics().group("talent", "sunmao.talent"))


def tracing() -> Tracing:
    return build(TracingSettings("talent"))


def metrics() -> Metrics:
    return Metrics(CollectorRegistry())


async def dead_letters(database: Database) -> Sequence[Any]:
    """Everything set aside, oldest first."""
    async with database.reading() as connection:
        return (await connection.execute(select(DEAD_LETTER).order_by(DEAD_LETTER.c.id))).mappings().all()


async def heard(database: Database) -> dict[str, tuple[int, ...]]:
    """What the neighbour heard, by need."""
    async with database.reading() as connection:
        rows = await connection.execute(select(Table.metadata.tables["heard"]))
        return {row.id: tuple(row.counts) for row in rows}
