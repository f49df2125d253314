"""The texts of statements that move many rows of one table on PostgreSQL, each made once, and their values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import Any, Final, Literal

import orjson
from sqlalchemy import JSON, Column, Table
from sqlalchemy.dialects import postgresql

from shared.persistence.sqlite_sets import IF_MISSING, Row

How = Literal["add", "claim", "advance", "replace", "fill", "remove"]

OVER: Final = ("replace", "fill")
"""What is written over a row that has to be there."""

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@lru_cache(maxsize=512)
def together(parts: tuple[tuple[Table, tuple[str, ...], How, int], ...]) -> str:
    """Writes rows of several tables and gives how many were written over; each part is a table, its columns, how its
    rows are written, and how many they are if each value has a place of its own."""
    numbers = count(1)
    steps = [f"w{number} AS ({_step(*part, numbers)})" for number, part in enumerate(parts)]
    counts = [f"(SELECT count(*) FROM w{number})" for number, part in enumerate(parts) if part[2] in OVER]  # noqa: S608
    return f"WITH {', '.join(steps)} SELECT {' + '.join(counts) or '0'}"


@lru_cache(maxsize=512)
def insert(table: Table, names: tuple[str, ...], conflict: str) -> str:
    """Adds rows, an array for each column; `conflict` says which of them, and what about those that are there."""
    rows = _unnested([table.c[name] for name in names], [f"${place}" for place in range(1, len(names) + 1)])
    return _inserting(table, names, rows, conflict)


def _step(table: Table, names: tuple[str, ...], how: How, few: int, numbers: Iterator[int]) -> str:
    columns = [table.c[_alias(how).get(name, name)] for name in names]
    rows = _listed(columns, few, numbers) if few else _unnested(columns, [f"${next(numbers)}" for _ in columns])
    if how in OVER:
        return f"{_writing_over(table, names, rows, how)} RETURNING 1"
    return _inserting(table, names, rows, conflict(table, how))


@cache
def conflict(table: Table, how: How) -> str:
    """What becomes of rows that are there; nothing is said where that is an error."""
    return _CONFLICTS[how](table) if how in _CONFLICTS else ""


def _advancing(table: Table) -> str:
    (moved,) = (column.name for column in table.c if not column.primary_key)
    return over(table, tuple(column.name for column in table.c), moved)


_CONFLICTS: Final[dict[How, Callable[[Table], str]]] = {
    "claim": lambda _table: IF_MISSING,
    "advance": _advancing,
}


def over(table: Table, names: Iterable[str], newer: str | None) -> str:
    """Lets these columns take the place of those of a row that is there, if it is lower in the column `newer`."""
    keys = [column.name for column in table.primary_key]
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name not in keys)
    guard = f' WHERE {table.name}."{newer}" < excluded."{newer}"' if newer else ""
    return f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}{guard}"


def columns_of(table: Table, rows: Sequence[Row], how: How = "add") -> dict[str, list[Any]]:
    """The values of each column, as PostgreSQL is told them."""
    documents, alias = _documents(table), _alias(how)
    return {
        name: [_document(row[name]) for row in rows]
        if alias.get(name, name) in documents
        else [row[name] for row in rows]
        for name in rows[0]
    }


def _listed(columns: Sequence[Column[Any]], few: int, numbers: Iterator[int]) -> str:
    rows = (", ".join(f"CAST(${next(numbers)} AS {_type(column)})" for column in columns) for _ in range(few))
    return f"(VALUES {', '.join(f'({row})' for row in rows)})"


def _keys(table: Table, how: How) -> dict[str, str]:
    """By what values of a row it is found which one it is written over, by their columns."""
    return {"id": "id", "version": "was"} if how == "replace" else {one.name: one.name for one in table.primary_key}


def _alias(how: How) -> dict[str, str]:
    return {"was": "version"} if how == "replace" else {}


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


@cache
def _documents(table: Table) -> frozenset[str]:
    return frozenset(column.name for column in table.c if _is_document(column))


def _document(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
