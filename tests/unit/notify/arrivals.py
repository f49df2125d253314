"""Events that arrive at notify, on a real database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from services.notify import handlers
from services.notify.domain.directory import Known
from services.notify.storage import FEED, NotifyWork, number
from services.notify.subscribers import keep
from shared.contracts.envelope import Envelope
from shared.contracts.event import Event
from shared.contracts.ids import new_event_id
from shared.kernel.work import Context
from shared.messaging.delivery import RawEvent
from shared.persistence import sets
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.fakes import NOON

TOPIC = "sunmao.partnership.events.v1"


def raw(
    subject: str = "need_1",
    sequence: int = 1,
    *,
    type: str = "sunmao.partnership.need.posted.v1",
    payload: bytes | None = b'{"a":1}',
    more: tuple[tuple[str, bytes], ...] = (),
    **attributes: Any,
) -> RawEvent:
    """An event as the pipeline hands it to the feed."""
    told = {"id": new_event_id(), "source": "/sunmao/partnership", "time": NOON, "correlationid": subject, **attributes}
    envelope = Envelope(type=type, subject=subject, sequence=sequence, **told)
    return RawEvent(envelope, (*envelope.headers(), *more), payload, TOPIC)


@asynccontextmanager
async def working(database: Database, now: datetime = NOON) -> AsyncIterator[NotifyWork]:
    """One transaction of notify."""
    async with Works(database, NotifyWork).open(Context(actor="system:notify", now=now)) as work:
        yield work


async def arrive(database: Database, *events: RawEvent, seconds: int = 0) -> None:
    """The events arrive together, so many seconds after noon."""
    async with working(database, NOON + timedelta(seconds=seconds)) as work:
        for event in events:
            await keep(event, work)


async def give_places(database: Database) -> int:
    """One turn of the numberer."""
    async with database.writing() as connection:
        return len(await number(connection))


async def places(database: Database) -> dict[int | None, str]:
    """Which subject and version stands where in the feed."""
    statement = select(FEED.c.position, FEED.c.subject, FEED.c.sequence).order_by(FEED.c.position)
    async with database.reading() as connection:
        return {place: f"{subject} v{sequence}" for place, subject, sequence in await connection.execute(statement)}


async def tell_on(database: Database, *events: Event, seconds: int = 0) -> None:
    """Let notify hear of events so many seconds after noon, and give what it tells a place."""
    for event in events:
        now = NOON + timedelta(seconds=seconds)
        context = Context(actor="system:notify", now=now, causation_id=new_event_id(), correlation_id="need_1")
        async with Works(database, NotifyWork).open(context) as work:
            await handlers.tell_parties(event, work)
    await give_places(database)


async def know_on(database: Database, *known: Known) -> None:
    """Let the directory know of these, as the projections do."""
    async with database.writing() as connection:
        rows = [NotifyWork.directory.mapping.row(each) for each in known]
        await sets.insert(connection, NotifyWork.directory.mapping.table, rows)
