"""Aggregates in a relational database: loads lock, writes are one statement per table, and a lost race is noticed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Columns
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import LostRace
from shared.persistence import sets
from shared.persistence.changes import Changes, Written
from shared.persistence.database import TOLD
from shared.persistence.mapping import Mapping
from shared.persistence.sets import Row
from shared.persistence.spine import AuditRow, DecisionRow, OutboxRow, ReachRow, Spine, table_of


class SqlStore:
    """The `Store` behind a unit of work, on the connection of one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def load(self, mapping: Mapping[Any], ids: Iterable[str]) -> list[Any]:
        """Those with these ids, locked in the order of their ids."""
        return await self.where(mapping, {"id": list(ids)})

    async def where(self, mapping: Mapping[Any], equals: Columns[str, object], *, lock: bool = True) -> list[Any]:
        """Those whose columns equal the values, by id."""
        statement = _matching(mapping, equals)
        if lock:
            # SQLite has no such clause and needs none: its writer is alone.
            statement = statement.with_for_update()
        result = await self._connection.execute(statement)
        return [mapping.thing(row) for row in result.mappings()]

    async def write(self, tables: Sequence[Written], changes: Changes) -> None:
        """Write everything; compare the number of rows replaced with the number meant."""
        for table in tables:
            await sets.insert(self._connection, table.mapping.table, table.new)
            replaced = await sets.replace_versions(self._connection, table.mapping.table, table.replaced)
            if replaced != len(table.replaced):
                raise LostRace
        await self._reach(changes)
        await sets.insert(self._connection, table_of(DecisionRow), changes.decisions)
        await sets.insert(self._connection, table_of(AuditRow), changes.audits)
        for name, rows in _by_table(changes.extras).items():
            await sets.insert(self._connection, Spine.metadata.tables[name], rows)
        if changes.records:
            await sets.insert(self._connection, table_of(OutboxRow), [record.row() for record in changes.records])
            self._connection.info[TOLD] = True

    async def _reach(self, changes: Changes) -> None:
        table = table_of(ReachRow)
        await sets.claim(self._connection, table, changes.reached, "object_id")
        for row in changes.released:
            await self._connection.execute(delete(table).filter_by(**row))


def _matching(mapping: Mapping[Any], equals: Columns[str, object]) -> Select[Any]:
    statement = select(mapping.table).order_by(mapping.table.c.id)
    for name, wanted in equals.items():
        column = mapping.table.c[name]
        several = isinstance(wanted, list | set | tuple | frozenset)
        statement = statement.where(column.in_(wanted) if several else column == wanted)  # type: ignore[arg-type]
    return statement


def _by_table(extras: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = defaultdict(list)
    for name, row in extras:
        tables[name].append(row)
    return tables
