"""What a restored database lacks, or has too much, against what its topics have told."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.operations.restoring.kinds import Kind, told_of_unknown, waits
from shared.operations.restoring.told import EVENTS, STATES
from shared.persistence.database import Database

PAGE: Final = 1000


@dataclass(frozen=True, slots=True)
class Findings:
    """Questions to one service's database, once its topics were read."""

    database: Database
    kinds: Sequence[Kind]
    dumped_at: datetime

    @property
    def told_kinds(self) -> Sequence[Kind]:
        """Those whose state is told."""
        return [kind for kind in self.kinds if kind.wire]

    async def behind(self, kind: Kind) -> AsyncIterator[dict[str, int]]:
        """Pages of ids that must be raised, each with the highest version told of it."""
        last = ""
        while page := await self._page(_behind(kind).where(kind.table.c.id > last).order_by(kind.table.c.id)):
            last = page[-1].id
            yield {row.id: row.told for row in page}

    async def born(self, kind: Kind, *, buried: bool = True) -> AsyncIterator[Sequence[Row[Any]]]:
        """Pages of ids that were told and are not here; with `buried=False` those without a tombstone on its way."""
        asked = select(STATES, told_of_unknown().label("told")).where(
            STATES.c.kind == kind.name, ~STATES.c.erased, kind.unknown
        )
        if not buried and kind.wire:
            asked = asked.where(~waits(kind.wire, STATES.c.key))
        last = ""
        while page := await self._page(asked.where(STATES.c.id > last).order_by(STATES.c.id)):
            last = page[-1].id
            yield page

    async def back(self, kind: Kind) -> AsyncIterator[Sequence[Row[Any]]]:
        """Pages of ids whose last word is a tombstone and that the dump has brought back."""
        asked, last = select(STATES).where(STATES.c.kind == kind.name, STATES.c.erased, ~kind.unknown), ""
        while page := await self._page(asked.where(STATES.c.id > last).order_by(STATES.c.id)):
            last = page[-1].id
            yield page

    async def unsaid(self) -> Sequence[Row[Any]]:
        """How many events of each type were told since the dump."""
        asked = select(EVENTS.c.type, func.count().label("count")).where(EVENTS.c.at >= self.dumped_at)
        async with self.database.reading() as connection:
            return list(await connection.execute(asked.group_by(EVENTS.c.type).order_by(EVENTS.c.type)))

    async def count_behind(self, kind: Kind) -> int:
        """How many must be raised."""
        async with self.database.reading() as connection:
            return await _count(connection, _behind(kind))

    async def lacks_since(self) -> datetime | None:
        """The earliest moment at which something was told that is not here."""
        moments = []
        async with self.database.reading() as connection:
            for kind in self.told_kinds:
                moments += [(await connection.execute(asked)).scalar() for asked in _lacking(kind)]
        return min((moment for moment in moments if moment is not None), default=None)

    async def _page(self, asked: Select[Any]) -> Sequence[Row[Any]]:
        async with self.database.reading() as connection:
            return list(await connection.execute(asked.limit(PAGE)))


def never_said(kind: Kind | None, dumped_at: datetime) -> ColumnElement[bool]:
    """Whether an event of this kind is none that the restored database has ever told."""
    since = EVENTS.c.at >= dumped_at
    if kind is None:
        return since
    table = kind.table
    row = select(table.c.version).where(table.c.id == EVENTS.c.subject).scalar_subquery()
    return or_(row < EVENTS.c.version, row.is_(None) & since)


def _behind(kind: Kind) -> Select[Any]:
    joined = kind.table.outerjoin(STATES, STATES.c.key == kind.key)
    return select(kind.table.c.id, kind.told.label("told")).select_from(joined).where(kind.behind)


def _lacking(kind: Kind) -> Sequence[Select[Any]]:
    of_kind = (STATES.c.kind == kind.name) & ~STATES.c.erased
    born = select(func.min(STATES.c.first_at)).where(of_kind, kind.unknown)
    here = (kind.table.c.id == STATES.c.id) & (kind.table.c.version < STATES.c.version)
    changed = select(func.min(STATES.c.last_at)).select_from(STATES.join(kind.table, here)).where(of_kind)
    return born, changed


async def _count(connection: AsyncConnection, asked: Select[Any]) -> int:
    return int((await connection.execute(select(func.count()).select_from(asked.subquery()))).scalar_one())
