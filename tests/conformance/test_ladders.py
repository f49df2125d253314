"""Each step of a ladder is raised once, however many replicas look at the clock, and not after its end."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from services.notify import handlers
from services.notify.main import SERVICE
from services.notify.storage import ESCALATION, NotifyWork
from shared.contracts.event import Event
from shared.contracts.ids import new_id
from shared.contracts.notify import EscalationRaised
from shared.contracts.training import ObligationFulfilled, ObligationOverdue
from shared.kernel.calendar import midnight
from shared.kernel.work import Context
from shared.messaging.clockwork import Clockwork
from shared.persistence.database import Database
from shared.persistence.spine import OutboxRow, table_of
from shared.persistence.work import Works
from tests.migrated import migrate
from tests.unit.notify.world import golden

CHORES = tuple(chore for chore in SERVICE.chores if chore.name == "climb-ladders")
OUTBOX = table_of(OutboxRow)
DUE = date(2026, 8, 31)
OVERDUE = midnight(DUE + timedelta(days=1))
WEEK_LATER = midnight(DUE + timedelta(days=7))


class Reminding:
    """Notify with two replicas on one database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.works = Works(database, NotifyWork)
        self.now = OVERDUE
        self.replicas = [Clockwork("notify", self.works, CHORES, lambda: self.now) for _ in range(2)]

    async def hear(self, event: Event) -> None:
        async with self.works.open(Context(actor="system:notify", now=self.now)) as work:
            await handlers.keep_ladders(event, work)

    async def at(self, now: datetime) -> None:
        """Both replicas look at once."""
        self.now = now
        await asyncio.gather(*(replica.tick() for replica in self.replicas))

    async def raised(self) -> list[str]:
        """The ladders of which a step was raised, one for each time."""
        told = select(OUTBOX.c.key).where(OUTBOX.c.type == EscalationRaised.wire.type).order_by(OUTBOX.c.key)
        async with self.database.reading() as connection:
            return list((await connection.execute(told)).scalars())

    async def begun(self) -> list[str]:
        async with self.database.reading() as connection:
            return list((await connection.execute(select(ESCALATION.c.id).order_by(ESCALATION.c.id))).scalars())


@pytest.fixture
async def reminding(database_url: str) -> AsyncIterator[Reminding]:
    database = Database(database_url)
    await migrate(database, SERVICE)
    yield Reminding(database)
    await database.close()


async def test_replicas_that_look_together_raise_each_step_once(reminding: Reminding) -> None:
    for _ in range(20):
        await reminding.hear(golden(ObligationOverdue, obligation_id=new_id("obligation"), due_on=DUE.isoformat()))
    await reminding.at(WEEK_LATER - timedelta(seconds=1))
    before = await reminding.raised()

    for days in range(3):
        await reminding.at(WEEK_LATER + timedelta(days=days))

    assert before == []
    assert await reminding.raised() == await reminding.begun()


async def test_what_is_fulfilled_at_the_last_moment_is_not_escalated(reminding: Reminding) -> None:
    obligation_id = new_id("obligation")
    await reminding.hear(golden(ObligationOverdue, obligation_id=obligation_id, due_on=DUE.isoformat()))
    await reminding.hear(golden(ObligationFulfilled, obligation_id=obligation_id))

    await reminding.at(WEEK_LATER)

    assert (len(await reminding.begun()), await reminding.raised()) == (1, [])
