"""Aggregates in a relational database: loads lock, writes are one statement per table, and a lost race is noticed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Columns
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Table, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence import sets
from shared.persistence.changes import Changes, Written
from shared.persistence.database import TOLD
from shared.persistence.mapping import Mapping
from shared.persistence.sets import Part, Row
from shared.persistence.spine import AuditRow, DecisionRow, OutboxRow, ReachRow, table_of
from shared.persistence.sqlite_sets import Wanted
from shared.persistence.statements import How


class SqlStore:
    """The `Store` behind a unit of work, on the connection of one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def load(self, mapping: Mapping[Any], ids: Iterable[str], *, lock: bool = True) -> list[Any]:
        """Those with these ids, locked in the order of their ids."""
        return await self.where(mapping, {"id": list(ids)}, lock=lock)

    async def where(self, mapping: Mapping[Any], equals: Columns[str, object], *, lock: bool = True) -> list[Any]:
        """Those whose columns equal the values, by id."""
        rows = await sets.rows_where(self._connection, mapping.table, mapping.columns, equals, lock=lock)
        return [mapping.selected(row) for row in rows]

    async def count(
        self, mapping: Mapping[Any], by: Sequence[str], equals: Columns[str, object]
    ) -> list[tuple[Row, int]]:
        """How many of those whose columns equal the values there are, for each value of the columns `by`."""
        asked = tuple((name, sets.kind_of(wanted)) for name, wanted in equals.items())
        rows = await self._connection.execute(_counting(mapping.table, tuple(by), asked), _bound(equals))
        return [(dict(zip(by, row, strict=False)), row[-1]) for row in rows]

    async def write(self, tables: Sequence[Written], changes: Changes, *, last: bool = False) -> None:
        """Write everything; raise `LostRace` where a replaced version is no longer there."""
        nothing_follows = last and not changes.afterwards
        await sets.write(self._connection, [*_aggregates(tables), *_spine(changes)], last=nothing_follows)
        for step in changes.afterwards:
            await step(self._connection)
        if changes.records:
            self._connection.info[TOLD] = True


def _aggregates(tables: Sequence[Written]) -> Iterator[Part]:
    for table in tables:
        yield Part(table.mapping.table, table.new)
        yield Part(table.mapping.table, table.replaced, "replace")


def _spine(changes: Changes) -> Iterator[Part]:
    yield Part(table_of(ReachRow), changes.reached, "claim")
    yield Part(table_of(DecisionRow), changes.decisions)
    yield Part(table_of(AuditRow), changes.audits)
    for (table, how), rows in _by_table(changes.extras).items():
        yield Part(table, rows, how)
    yield Part(table_of(OutboxRow), [record.row() for record in changes.records])
    yield Part(table_of(ReachRow), changes.released, "remove")


@lru_cache(maxsize=64)
def _counting(table: Table, by: tuple[str, ...], asked: tuple[tuple[str, Wanted], ...]) -> Select[Any]:
    """Kept, for making it anew costs more than what the database does with it."""
    columns = [table.c[name] for name in by]
    conditions = (_condition(table.c[name], wanted) for name, wanted in asked)
    return select(*columns, func.count()).where(*conditions).group_by(*columns)


def _condition(column: Column[Any], wanted: Wanted) -> ColumnElement[bool]:
    if wanted == "nothing":
        return column.is_(None)
    value = bindparam(f"its_{column.name}", type_=column.type, expanding=wanted == "several")
    return column.in_(value) if wanted == "several" else column == value


def _bound(equals: Columns[str, object]) -> dict[str, object]:
    """What the conditions are told; `IS NULL` is told nothing."""
    return {
        f"its_{name}": list(wanted) if isinstance(wanted, sets.SEVERAL) else wanted
        for name, wanted in equals.items()
        if wanted is not None
    }


def _by_table(extras: Iterable[tuple[Table, How, Row]]) -> dict[tuple[Table, How], list[Row]]:
    tables: dict[tuple[Table, How], list[Row]] = defaultdict(list)
    for table, how, row in extras:
        tables[table, how].append(row)
    return tables
