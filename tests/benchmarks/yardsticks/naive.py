"""What a tutorial shows: a FastStream handler, and for each message one SQLModel session, inbox, outbox and commit."""

import asyncio
import time
import uuid
from datetime import UTC, datetime

import orjson
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from shared.persistence.spine import InboxRow, OutboxRow, table_of
from tests.benchmarks.events import SampleTaken
from tests.benchmarks.sample import GROUP, SupplyRow
from tests.benchmarks.stage import sqlalchemy_url
from tests.benchmarks.yardsticks.hand_written import headers_of, told


async def consume(bootstrap: str, topic: str, group: str, dsn: str, total: int) -> float:
    """Handle so many messages. Answers the seconds from the first on."""
    engine = create_async_engine(sqlalchemy_url(dsn))
    broker = KafkaBroker(bootstrap, allow_auto_create_topics=False, logger=None)
    seen, began, done = 0, 0.0, asyncio.Event()

    @broker.subscriber(
        topic, group_id=group, auto_offset_reset="earliest", ack_policy=AckPolicy.NACK_ON_ERROR, no_reply=True
    )
    async def take(event: SampleTaken, message: KafkaMessage) -> None:
        nonlocal seen, began
        began = began or time.perf_counter()
        async with AsyncSession(engine) as session, session.begin():
            await _handle(session, event, message.headers["ce_id"])
        seen += 1
        if seen == total:
            done.set()

    await broker.start()
    try:
        await done.wait()
        return time.perf_counter() - began
    finally:
        await broker.stop()
        await engine.dispose()


async def _handle(session: AsyncSession, event: SampleTaken, event_id: str) -> None:
    row = {"consumer": GROUP, "event_id": event_id, "claimed_at": datetime.now(UTC)}
    claimed = await session.exec(insert(table_of(InboxRow)).values(row).on_conflict_do_nothing())
    if not claimed.rowcount:
        return
    supply = await session.get_one(SupplyRow, event.need_id, with_for_update=True)
    supply.places_taken += event.places
    supply.applications += 1
    supply.newest = event.version
    supply.version += 1
    body = event.model_dump(mode="json")
    for topic, kind, payload in told(body, supply.places_taken, supply.applications, supply.version):
        id = str(uuid.uuid4())
        session.add(
            OutboxRow(
                event_id=id,
                topic=topic,
                key=supply.id,
                type=kind,
                payload=orjson.dumps(payload),
                headers=headers_of(id, kind, supply.id, supply.version),
                created_at=datetime.now(UTC),
            )
        )
