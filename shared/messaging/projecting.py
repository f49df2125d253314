"""Keeping tables that follow other services' state: the newest version of a key wins, an erased one does not return."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import MetaData, Table, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.messaging.consumer import Consumer, Projection
from shared.messaging.delivery import Delivery
from shared.persistence import sets
from shared.persistence.sets import Row
from shared.persistence.spine import ErasedRow, table_of

ERASED = table_of(ErasedRow)


class Standing(NamedTuple):
    """What a state record says of one row: its columns, or None where the row must not be.

    A tuple, because every record needs one and a frozen dataclass takes several times as long to make.
    """

    table: str
    id: str
    version: int
    columns: Mapping[str, object] | None


def standing_of(projection: Projection, delivery: Delivery) -> Standing:
    """Understand a state record. Raises `ValueError` for one that cannot be."""
    envelope = delivery.envelope
    if delivery.payload is None:
        return Standing(projection.table, envelope.subject, envelope.sequence, None)
    state = delivery.read(projection.body)
    return Standing(projection.table, state.subject, state.version, projection.row(state))


class Projector:
    """Writes the rows of one consumer's projections."""

    def __init__(self, consumer: Consumer, metadata: MetaData) -> None:
        self._tables = {p.table: metadata.tables[p.table] for p in consumer.projections.values()}

    async def apply(self, connection: AsyncConnection, standings: Iterable[Standing], *, last: bool = False) -> None:
        """Bring the tables to the newest versions among these and what they hold; older ones change nothing.

        What is the `last` of its transaction may be committed at once.
        """
        tables = _newest(standings)
        for name, newest in tables.items():
            await self._apply(connection, self._tables[name], newest, last=last and len(tables) == 1)

    async def clear(self, connection: AsyncConnection) -> None:
        """Empty the tables, before they are rebuilt from the state topics."""
        for table in self._tables.values():
            await connection.execute(delete(table))
        await connection.execute(delete(ERASED).where(ERASED.c.table_name.in_(list(self._tables))))

    async def _apply(
        self, connection: AsyncConnection, table: Table, newest: dict[str, Standing], *, last: bool
    ) -> None:
        rows = [{"id": s.id, "version": s.version, **s.columns} for s in newest.values() if s.columns is not None]
        gone = [s for s in newest.values() if s.columns is None]
        await sets.upsert(connection, table, rows, newer="version", erased=ERASED, last=last and not gone)
        if gone:
            await _erase(connection, table, gone)


def _newest(standings: Iterable[Standing]) -> dict[str, dict[str, Standing]]:
    tables: dict[str, dict[str, Standing]] = {}
    for standing in standings:
        rows = tables.setdefault(standing.table, {})
        if standing.id not in rows or rows[standing.id].version <= standing.version:
            rows[standing.id] = standing
    return tables


async def _erase(connection: AsyncConnection, table: Table, gone: list[Standing]) -> None:
    for standing in gone:
        row = (table.c.id == standing.id) & (table.c.version <= standing.version)
        await connection.execute(delete(table).where(row))
    rows: list[Row] = [{"table_name": table.name, "id": s.id, "version": s.version} for s in gone]
    await sets.upsert(connection, ERASED, rows, newer="version")
