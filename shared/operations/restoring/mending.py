"""What brings the restored database and its topics together again, each step whole or not at all and safe to repeat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, exists, func, literal, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.envelope import Envelope
from shared.contracts.ids import new_event_id
from shared.contracts.topics import topic_of
from shared.kernel.work import Context
from shared.messaging import faults
from shared.messaging.inbox import INBOX
from shared.operations.restoring.findings import Findings, never_said
from shared.operations.restoring.kinds import Kind
from shared.operations.restoring.told import EVENTS, kind_of
from shared.persistence.floors import ERASED, lay_floors
from shared.persistence.record import Record, tombstone_of
from shared.persistence.work import Works
from shared.web.service import Service


@dataclass(frozen=True, slots=True)
class Mending:
    """The writing half of a restore."""

    service: Service
    findings: Findings
    now: datetime

    async def counters(self) -> Sequence[str]:
        """Let no number be given out again that a restored row has: what is told from now on stands behind those rows.

        A dump of everything brings its counters along, one of single tables need not. Returns the tables that were
        mended.
        """
        async with self.findings.database.writing() as connection:
            tables = [table for table in self.service.metadata.sorted_tables if "id" in table.c]
            return [table.name for table in tables if await _count_on(connection, table)]

    async def silence(self) -> None:
        """Claim the events that this database has never told, so that its own consumers do not act on them."""
        kinds = {kind.name: kind for kind in self.findings.kinds}
        async with self.findings.database.writing() as connection:
            for consumer in self.service.consumers:
                for name in {kind_of(event_type) for event_type in consumer.reactions}:
                    types = [found for found in consumer.reactions if kind_of(found) == name]
                    claims = select(literal(consumer.name), EVENTS.c.id, literal(self.now)).where(
                        EVENTS.c.type.in_(types), never_said(kinds.get(name), self.findings.dumped_at)
                    )
                    claim = insert(INBOX).from_select(["consumer", "event_id", "claimed_at"], claims)
                    await connection.execute(claim.on_conflict_do_nothing())

    async def lay_floors(self) -> None:
        """Let ids that only events know begin above what those have told, if they come back."""
        async with self.findings.database.writing() as connection:
            for kind in self.findings.kinds:
                table = kind.table
                unknown = EVENTS.c.kind == kind.name, ~exists().where(table.c.id == EVENTS.c.subject)
                highest = select(literal(table.name), EVENTS.c.subject, func.max(EVENTS.c.version)).where(*unknown)
                rows = insert(ERASED).from_select(["table_name", "id", "version"], highest.group_by(EVENTS.c.subject))
                newer = func.greatest(ERASED.c.version, rows.excluded.version)
                await connection.execute(
                    rows.on_conflict_do_update(index_elements=["table_name", "id"], set_={"version": newer})
                )

    async def raise_all(self, kind: Kind) -> int:
        """Lift every row above what was told of it and tell its state again; say how many."""
        count = 0
        async for page in self.findings.behind(kind):
            async with self._works.open(self._context) as work:
                await work.prefetch(kind.shape, page)
                for id, told in page.items():
                    work.tell_again(await work.repository(kind.shape).get(id), above=told)
            faults.reach("restore.raised")
            count += len(page)
        return count

    async def bury(self, kind: Kind) -> int:
        """Put a tombstone on every id that was told and is not here, above which it begins if it comes back."""
        count = 0
        if kind.wire is None:
            return 0
        async for page in self.findings.born(kind, buried=False):
            async with self.findings.database.writing() as connection:
                work = await self._works.on(connection, self._context)
                for row in page:
                    work.forward(self._tombstone(topic_of(kind.wire), row))
                await work.flush()
                await lay_floors(connection, kind.table.name, {row.id: row.told + 1 for row in page})
            faults.reach("restore.buried")
            count += len(page)
        return count

    async def write_down(self, what: str) -> None:
        """Into the audit trail."""
        async with self._works.open(self._context) as work:
            work.audit("restored", self.service.name, reason=what)

    def _tombstone(self, topic: str, row: Row[Any]) -> Record:
        envelope = Envelope(
            id=new_event_id(),
            source=f"/sunmao/{self.service.name}",
            type=row.type,
            subject=row.id,
            time=self.now,
            sequence=row.told + 1,
            correlationid=row.story,
            actor=self._context.actor,
            test=row.test,
        )
        return tombstone_of(topic, row.key, envelope)

    @property
    def _works(self) -> Works[Any]:
        return Works(self.findings.database, self.service.work)

    @property
    def _context(self) -> Context:
        return Context(actor=f"system:{self.service.name}", now=self.now)


async def _count_on(connection: AsyncConnection, table: Table) -> bool:
    counter = (await connection.execute(select(func.pg_get_serial_sequence(table.name, "id")))).scalar()
    if counter is None:
        return False
    last = (await connection.execute(text(f"SELECT last_value FROM {counter}"))).scalar_one()  # noqa: S608
    highest = (await connection.execute(select(func.max(table.c.id)))).scalar() or 0
    if highest <= last:
        return False
    await connection.execute(select(func.setval(counter, highest)))
    return True
