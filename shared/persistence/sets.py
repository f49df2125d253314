"""Statements that move many rows at once: on PostgreSQL one `unnest` per table, on SQLite the driver's own batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, count
from typing import Any, Final, Literal

import orjson
from sqlalchemy import JSON, BigInteger, Column, ColumnElement, String, Table, any_, delete, func, literal, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import LostRace
from shared.persistence import postgres_sets, sqlite_sets
from shared.persistence.sqlite_sets import Wanted

Row = sqlite_sets.Row

How = Literal["add", "claim", "replace", "fill", "remove"]

_OVER: Final = ("replace", "fill")
"""What is written over a row that has to be there."""
SEVERAL: Final = (list, set, tuple, frozenset)
_FEW: Final = 2
"""The event and the state of one change."""

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table, to be written as by `insert` or `claim`, or removed. `replace` writes them over those with
    the same `id` whose `version` is still the row's `was`, `fill` over those with the same primary key."""

    table: Table
    rows: Sequence[Row]
    how: How = "add"

    @property
    def few(self) -> int:
        """How many rows there are, if so few that naming each value is cheaper than arrays; else 0."""
        return len(self.rows) if len(self.rows) <= _FEW else 0


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
    statement = _together(tuple((part.table, tuple(part.rows[0]), part.how, part.few) for part in parts))
    values = tuple(value for part in parts for value in _values(part))
    ((replaced,),) = await postgres_sets.fetch(connection, statement, values)
    if replaced != sum(len(part.rows) for part in parts if part.how in _OVER):
        raise LostRace


def _values(part: Part) -> Iterable[Any]:
    """What the statement's placeholders stand for, in their order."""
    # Whoever claims the same rows goes in the same order.
    rows = sorted(part.rows, key=lambda row: str(row.values())) if part.how == "claim" else part.rows
    columns = _columns(part.table, rows, **_alias(part.how)).values()
    return chain.from_iterable(zip(*columns, strict=True)) if part.few else columns


def _step_on_sqlite(part: Part) -> sqlite_sets.Step:
    if part.how == "replace":
        return sqlite_sets.replacing(part.table, part.rows)
    if part.how == "fill":
        return sqlite_sets.filling(part.table, part.rows)
    if part.how == "remove":
        return sqlite_sets.removing(part.table, part.rows)
    return sqlite_sets.adding(part.table, part.rows, sqlite_sets.IF_MISSING if part.how == "claim" else "")


@lru_cache(maxsize=512)
def _together(parts: tuple[tuple[Table, tuple[str, ...], How, int], ...]) -> str:
    numbers = count(1)
    steps = [f"w{number} AS ({_step(*part, numbers)})" for number, part in enumerate(parts)]
    counts = [f"(SELECT count(*) FROM w{number})" for number, part in enumerate(parts) if part[2] in _OVER]  # noqa: S608
    return f"WITH {', '.join(steps)} SELECT {' + '.join(counts) or '0'}"


def _step(table: Table, names: tuple[str, ...], how: How, few: int, numbers: Iterator[int]) -> str:
    columns = [table.c[_alias(how).get(name, name)] for name in names]
    rows = _listed(columns, few, numbers) if few else _unnested(columns, [f"${next(numbers)}" for _ in columns])
    if how in _OVER:
        return f"{_writing_over(table, names, rows, how)} RETURNING 1"
    return _inserting(table, names, rows, "ON CONFLICT DO NOTHING" if how == "claim" else "")


def _listed(columns: Sequence[Column[Any]], few: int, numbers: Iterator[int]) -> str:
    rows = (", ".join(f"CAST(${next(numbers)} AS {_type(column)})" for column in columns) for _ in range(few))
    return f"(VALUES {', '.join(f'({row})' for row in rows)})"


def _keys(table: Table, how: How) -> dict[str, str]:
    """By what values of a row it is found which one it is written over, by their columns."""
    return {"id": "id", "version": "was"} if how == "replace" else {one.name: one.name for one in table.primary_key}


def _alias(how: How) -> dict[str, str]:
    return {"was": "version"} if how == "replace" else {}


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
    conflict = f"ON CONFLICT DO NOTHING RETURNING {', '.join(returning)}"
    return {tuple(row) for row in await _run(connection, table, ordered, conflict)}


async def add_missing(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Add those rows that are not there yet; numbers that the table counts up follow the order of the rows."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        await sqlite_sets.run(connection, [sqlite_sets.adding(table, rows, sqlite_sets.IF_MISSING)])
        return
    await _run(connection, table, rows, "ON CONFLICT DO NOTHING")


async def upsert(connection: AsyncConnection, table: Table, rows: Sequence[Row], *, newer: str | None = None) -> None:
    """Add the rows or write over those with the same primary key; with `newer`, only over a lower value of that column.

    The rows have distinct primary keys.
    """
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    names = tuple(rows[0])
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
    guard = f' WHERE {table.name}."{newer}" < excluded."{newer}"' if newer else ""
    conflict = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}{guard}"
    if connection.dialect.name == "sqlite":
        await sqlite_sets.run(connection, [sqlite_sets.adding(table, rows, conflict)])
        return
    ordered = sorted(rows, key=lambda row: tuple(str(row[key]) for key in keys))
    await _run(connection, table, ordered, conflict)


async def _run(connection: AsyncConnection, table: Table, rows: Sequence[Row], conflict: str) -> list[Any]:
    """What PostgreSQL returns of rows that it is to insert."""
    statement = _insert(table, tuple(rows[0]), conflict)
    return await postgres_sets.fetch(connection, statement, tuple(_columns(table, rows).values()))


@lru_cache(maxsize=512)
def _insert(table: Table, names: tuple[str, ...], conflict: str) -> str:
    rows = _unnested([table.c[name] for name in names], [f"${place}" for place in range(1, len(names) + 1)])
    return _inserting(table, names, rows, conflict)


def _inserting(table: Table, names: tuple[str, ...], rows: str, conflict: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({columns}) SELECT {_picked(table, names)} FROM {rows} AS r({columns}) {conflict}"  # noqa: S608


def _writing_over(table: Table, names: tuple[str, ...], rows: str, how: How) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    keys = _keys(table, how)
    changed = ", ".join(f'"{name}" = u."{name}"' for name in names if name not in keys.values())
    picked = f"SELECT {_picked(table, names, **_alias(how))} FROM {rows} AS r({columns})"  # noqa: S608
    where = " AND ".join(f't."{column}" = u."{name}"' for column, name in keys.items())
    return f"UPDATE {table.name} t SET {changed} FROM ({picked}) u WHERE {where}"  # noqa: S608


def _picked(table: Table, names: tuple[str, ...], **alias: str) -> str:
    """`CAST(r.a AS jsonb) AS a, r.b AS b`."""
    return ", ".join(
        f'CAST(r."{name}" AS jsonb) AS "{name}"' if _is_document(table.c[alias.get(name, name)]) else f'r."{name}"'
        for name in names
    )


def _unnested(columns: Sequence[Column[Any]], places: Sequence[str]) -> str:
    """`unnest(CAST(:a AS text[]), CAST(:b AS bigint[]))`."""
    arrays = (f"CAST({place} AS {_type(column)}[])" for column, place in zip(columns, places, strict=True))
    return f"unnest({', '.join(arrays)})"


def _type(column: Column[Any]) -> str:
    return "text" if _is_document(column) else str(column.type.compile(dialect=_DIALECT))


def _is_document(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _columns(table: Table, rows: Sequence[Row], **alias: str) -> dict[str, list[Any]]:
    documents = _documents(table)
    return {
        name: [_document(row[name]) for row in rows]
        if alias.get(name, name) in documents
        else [row[name] for row in rows]
        for name in rows[0]
    }


@cache
def _documents(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.c if _is_document(column))


def _document(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
