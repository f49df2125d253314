"""Statements that move many rows at once: on PostgreSQL one `unnest` per table, on SQLite the driver's own batches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import orjson
from sqlalchemy import BigInteger, Column, ColumnElement, String, Table, any_, delete, func, literal, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import LostRace
from shared.persistence import postgres_sets, sqlite_sets, statements
from shared.persistence.sqlite_sets import Wanted
from shared.persistence.statements import OVER, How, columns_of, conflict

Row = sqlite_sets.Row

SEVERAL: Final = (list, set, tuple, frozenset)
_FEW: Final = 2
"""The event and the state of one change."""
_NOT_ERASED: Final = """WHERE NOT EXISTS
(SELECT 1 FROM {erased} AS e WHERE e.table_name = '{table}' AND e.id = r."id" AND e.version >= r."version")"""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table, to be written as by `insert` or `claim`, or removed. `replace` writes them over those with
    the same `id` whose `version` is still the row's `was`, `fill` over those with the same primary key. `advance` adds
    them, or moves the one column beside the primary key forward."""

    table: Table
    rows: Sequence[Row]
    how: How = "add"


async def write(connection: AsyncConnection, parts: Sequence[Part], *, last: bool = False) -> None:
    """Write all of it, on PostgreSQL by one statement, for each one is a way there and back. No two parts write the
    same row. On SQLite what is the `last` of its transaction is committed at once.

    Raises `LostRace` where a row that is to be replaced or filled is not there.
    """
    filled = [part for part in parts if part.rows]
    if connection.dialect.name == "sqlite":
        await sqlite_sets.run(connection, [_step_on_sqlite(part) for part in filled], last=last)
        return
    await _write_together(connection, [part for part in filled if part.how != "remove"])
    for part in filled:
        for row in part.rows if part.how == "remove" else ():
            await connection.execute(delete(part.table).filter_by(**row))


async def _write_together(connection: AsyncConnection, parts: Sequence[Part]) -> None:
    if not parts:
        return
    # Naming each value is cheaper than arrays for what one command writes. Of what a batch writes each number of rows
    # in each table would be a statement of its own.
    each = all(len(part.rows) <= _FEW for part in parts)
    places = (len(part.rows) if each else 0 for part in parts)
    steps = ((part.table, tuple(part.rows[0]), part.how, few) for part, few in zip(parts, places, strict=True))
    statement = statements.together(tuple(steps))
    values = tuple(value for part in parts for value in _values(part, each=each))
    ((replaced,),) = await postgres_sets.fetch(connection, statement, values)
    if replaced != sum(len(part.rows) for part in parts if part.how in OVER):
        raise LostRace


def _values(part: Part, *, each: bool) -> Iterable[Any]:
    """What the statement's placeholders stand for, in their order."""
    # Whoever writes the same rows goes in the same order.
    rows = _by_key(part.table, part.rows) if conflict(part.table, part.how) else part.rows
    columns = columns_of(part.table, rows, part.how).values()
    return chain.from_iterable(zip(*columns, strict=True)) if each else columns


def _step_on_sqlite(part: Part) -> sqlite_sets.Step:
    if part.how == "replace":
        return sqlite_sets.replacing(part.table, part.rows)
    if part.how == "fill":
        return sqlite_sets.filling(part.table, part.rows)
    if part.how == "remove":
        return sqlite_sets.removing(part.table, part.rows)
    return sqlite_sets.adding(part.table, part.rows, conflict(part.table, part.how))


def among(connection: AsyncConnection, column: Column[Any], values: Iterable[str | int]) -> ColumnElement[bool]:
    """Whether a column is one of these, which are one value: however many there are, it is the same statement.

    By a place for each of them every number of them would be a statement of its own, which the driver, and PostgreSQL,
    would have to understand anew and would keep.
    """
    if connection.dialect.name == "sqlite":
        each = func.json_each(orjson.dumps(list(values)).decode()).table_valued("value")
        return column.in_(select(each.c.value))
    kind = BigInteger if isinstance(column.type, BigInteger) else String
    return column == any_(literal(list(values), postgresql.ARRAY(kind)))


def kind_of(wanted: object) -> Wanted:
    """How a column is asked for such a value."""
    return "nothing" if wanted is None else "several" if isinstance(wanted, SEVERAL) else "one"


async def rows_where(
    connection: AsyncConnection,
    table: Table,
    columns: tuple[str, ...],
    equals: Mapping[str, object],
    *,
    lock: bool = False,
) -> Sequence[Sequence[Any]]:
    """These columns of the rows whose others equal the values (or one of several, or are nothing), by primary key."""
    asked = tuple((name, kind_of(wanted)) for name, wanted in equals.items())
    values = [
        list(wanted) if isinstance(wanted, SEVERAL) else wanted for wanted in equals.values() if wanted is not None
    ]
    if connection.dialect.name == "sqlite":
        return await sqlite_sets.select(connection, table, columns, asked, values)
    return await postgres_sets.select(connection, table, columns, asked, values, lock=lock)


async def insert(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Add the rows, all of which have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        await sqlite_sets.run(connection, [sqlite_sets.adding(table, rows)])
        return
    await _run(connection, table, rows, "")


async def claim(
    connection: AsyncConnection, table: Table, rows: Sequence[Row], *returning: str
) -> set[tuple[str, ...]]:
    """Add those rows that are not there yet, and return which they were by the columns `returning`.

    Rows go in sorted, so that two claimers of the same rows wait for each other instead of blocking each other; the one
    that waited sees the rows of the other as taken.
    """
    if not rows:
        return set()
    if connection.dialect.name == "sqlite":
        return await sqlite_sets.claim(connection, table, rows, returning)
    ordered = sorted(rows, key=lambda row: tuple(str(row[name]) for name in returning))
    missing = f"{sqlite_sets.IF_MISSING} RETURNING {', '.join(returning)}"
    return {tuple(row) for row in await _run(connection, table, ordered, missing)}


async def add_missing(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Add those rows that are not there yet; numbers that the table counts up follow the order of the rows."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        await sqlite_sets.run(connection, [sqlite_sets.adding(table, rows, sqlite_sets.IF_MISSING)])
        return
    await _run(connection, table, rows, sqlite_sets.IF_MISSING)


async def upsert(
    connection: AsyncConnection,
    table: Table,
    rows: Sequence[Row],
    *,
    newer: str | None = None,
    erased: Table | None = None,
    last: bool = False,
) -> None:
    """Add the rows or write over those with the same primary key; with `newer`, only over a lower value of that column.

    The rows have distinct primary keys. What `erased` has of this table, by id, stays away up to the version there.
    What is the `last` of its transaction may be committed at once.
    """
    if not rows:
        return
    overwriting = statements.over(table, rows[0], newer)
    where = _NOT_ERASED.format(erased=erased.name, table=table.name) if erased is not None else ""
    if connection.dialect.name == "sqlite":
        await sqlite_sets.run(connection, [sqlite_sets.adding(table, rows, overwriting, where)], last=last)
        return
    await _run(connection, table, _by_key(table, rows), f"{where} {overwriting}", last=last)


def _by_key(table: Table, rows: Sequence[Row]) -> list[Row]:
    """In the order in which all go who write the same rows."""
    keys = [column.name for column in table.primary_key]
    return sorted(rows, key=lambda row: tuple(str(row[key]) for key in keys))


async def _run(
    connection: AsyncConnection, table: Table, rows: Sequence[Row], conflict: str, *, last: bool = False
) -> list[Any]:
    """What PostgreSQL returns of rows that it is to insert."""
    statement = statements.insert(table, tuple(rows[0]), conflict)
    return await postgres_sets.fetch(connection, statement, tuple(columns_of(table, rows).values()), last=last)
