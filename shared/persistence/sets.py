"""Statements that move many rows at once: on PostgreSQL one `unnest` per table, on SQLite the driver's own batch."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import JSON, Column, Table, TextClause, bindparam, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

Row = dict[str, Any]

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


async def insert(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Add the rows, all of which have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        await connection.execute(table.insert(), list(rows))
        return
    await connection.execute(_insert(table, tuple(rows[0]), ""), _columns(table, rows))


async def claim(connection: AsyncConnection, table: Table, rows: Sequence[Row], returning: str) -> set[str]:
    """Add those rows that are not there yet, and return which they were by the column `returning`.

    Rows go in sorted, so that two claimers of the same rows wait for each other instead of blocking each other; the one
    that waited sees the rows of the other as taken.
    """
    if not rows:
        return set()
    ordered = sorted(rows, key=lambda row: str(row[returning]))
    if connection.dialect.name == "sqlite":
        return await _claim_on_sqlite(connection, table, ordered, returning)
    conflict = f"ON CONFLICT DO NOTHING RETURNING {returning}"
    result = await connection.execute(_insert(table, tuple(ordered[0]), conflict), _columns(table, ordered))
    return set(result.scalars())


async def _claim_on_sqlite(connection: AsyncConnection, table: Table, rows: list[Row], returning: str) -> set[str]:
    statement = sqlite_insert(table).on_conflict_do_nothing().returning(table.c[returning])
    taken: set[str] = set()
    # SQLite takes 32,766 values per statement; a page of rows stays well below it.
    for start in range(0, len(rows), 500):
        result = await connection.execute(statement.values(rows[start : start + 500]))
        taken.update(result.scalars())
    return taken


async def replace_versions(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> int:
    """Write rows over those with the same `id` whose `version` is still the row's `was`; say how many there were."""
    if not rows:
        return 0
    if connection.dialect.name == "sqlite":
        return await _replace_on_sqlite(connection, table, rows)
    result = await connection.execute(_replace(table, tuple(rows[0])), _columns(table, rows, was="version"))
    return result.rowcount


async def _replace_on_sqlite(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> int:
    statement = update(table).where(table.c.id == bindparam("b_id"), table.c.version == bindparam("b_was"))
    values: dict[str, Any] = {name: bindparam(f"v_{name}") for name in rows[0] if name not in {"id", "was"}}
    parameters = [
        {"b_id": row["id"], "b_was": row["was"], **{f"v_{name}": row[name] for name in values}} for row in rows
    ]
    result = await connection.execute(statement.values(**values), parameters)
    return result.rowcount


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
        statement = sqlite_insert(table)
        where = table.c[newer] < statement.excluded[newer] if newer else None
        fresh = {name: statement.excluded[name] for name in names if name not in keys}
        await connection.execute(
            statement.on_conflict_do_update(index_elements=keys, set_=fresh, where=where), list(rows)
        )
        return
    ordered = sorted(rows, key=lambda row: tuple(str(row[key]) for key in keys))
    await connection.execute(_insert(table, names, conflict), _columns(table, ordered))


@lru_cache(maxsize=512)
def _insert(table: Table, names: tuple[str, ...], conflict: str) -> TextClause:
    columns = ", ".join(f'"{name}"' for name in names)
    return text(f"INSERT INTO {table.name} ({columns}) SELECT {_selected(table, names)} {conflict}")


@lru_cache(maxsize=512)
def _replace(table: Table, names: tuple[str, ...]) -> TextClause:
    changed = ", ".join(f'"{name}" = u."{name}"' for name in names if name not in {"id", "was"})
    rows = f"SELECT {_selected(table, names, was='version')}"
    where = "t.id = u.id AND t.version = u.was"
    return text(f"UPDATE {table.name} t SET {changed} FROM ({rows}) u WHERE {where}")  # noqa: S608


def _selected(table: Table, names: tuple[str, ...], **alias: str) -> str:
    """`CAST(a AS jsonb) AS a, b AS b FROM unnest(CAST(:a AS text[]), CAST(:b AS bigint[])) AS r(a, b)`."""
    columns = [table.c[alias.get(name, name)] for name in names]
    picked = ", ".join(
        f'CAST(r."{name}" AS jsonb) AS "{name}"' if _is_document(column) else f'r."{name}" AS "{name}"'
        for name, column in zip(names, columns, strict=True)
    )
    arrays = ", ".join(f"CAST(:{name} AS {_array(column)})" for name, column in zip(names, columns, strict=True))
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"{picked} FROM unnest({arrays}) AS r({quoted})"


def _array(column: Column[Any]) -> str:
    return "text[]" if _is_document(column) else f"{column.type.compile(dialect=_DIALECT)}[]"


def _is_document(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)


def _columns(table: Table, rows: Sequence[Row], **alias: str) -> dict[str, list[Any]]:
    return {
        name: [_document(row[name]) for row in rows]
        if _is_document(table.c[alias.get(name, name)])
        else [row[name] for row in rows]
        for name in rows[0]
    }


def _document(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
