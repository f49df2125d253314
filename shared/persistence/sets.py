"""Statements that move many rows at once: on PostgreSQL one `unnest` per table, on SQLite the driver's own batch."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import Any, Final, Literal

import orjson
from sqlalchemy import JSON, Column, Insert, Table, TextClause, Update, bindparam, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

Row = dict[str, Any]

How = Literal["add", "claim", "replace"]

_FEW: Final = 2
"""The event and the state of one change."""

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_SQLITE = sqlite.dialect()


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table, to be written as by `insert`, `claim` or `replace_versions`."""

    table: Table
    rows: Sequence[Row]
    how: How = "add"

    @property
    def few(self) -> int:
        """How many rows there are, if so few that naming each value is cheaper than arrays; else 0."""
        return len(self.rows) if len(self.rows) <= _FEW else 0


async def write(connection: AsyncConnection, parts: Sequence[Part]) -> int:
    """Write all of it, on PostgreSQL by one statement, for each one is a way there and back; say how many rows were
    replaced. No two parts write the same row."""
    filled = [part for part in parts if part.rows]
    if connection.dialect.name == "sqlite":
        return sum([await _write_part(connection, part) for part in filled])
    if not filled:
        return 0
    statement = _together(tuple((part.table, tuple(part.rows[0]), part.how, part.few) for part in filled))
    values = tuple(value for part in filled for value in _values(part))
    return int((await connection.exec_driver_sql(statement, values)).scalar_one())


def _values(part: Part) -> Iterable[Any]:
    """What the statement's placeholders stand for, in their order."""
    # Whoever claims the same rows goes in the same order.
    rows = sorted(part.rows, key=lambda row: str(row.values())) if part.how == "claim" else part.rows
    columns = _columns(part.table, rows, **_alias(part.how)).values()
    return chain.from_iterable(zip(*columns, strict=True)) if part.few else columns


async def _write_part(connection: AsyncConnection, part: Part) -> int:
    if part.how == "replace":
        return await replace_versions(connection, part.table, part.rows)
    if part.how == "claim":
        await claim(connection, part.table, part.rows, next(iter(part.table.primary_key)).name)
    else:
        await insert(connection, part.table, part.rows)
    return 0


@lru_cache(maxsize=512)
def _together(parts: tuple[tuple[Table, tuple[str, ...], How, int], ...]) -> str:
    numbers = count(1)
    steps = [f"w{number} AS ({_step(*part, numbers)})" for number, part in enumerate(parts)]
    counts = [f"(SELECT count(*) FROM w{number})" for number, part in enumerate(parts) if part[2] == "replace"]  # noqa: S608
    return f"WITH {', '.join(steps)} SELECT {' + '.join(counts) or '0'}"


def _step(table: Table, names: tuple[str, ...], how: How, few: int, numbers: Iterator[int]) -> str:
    columns = [table.c[_alias(how).get(name, name)] for name in names]
    rows = _listed(columns, few, numbers) if few else _unnested(columns, [f"${next(numbers)}" for _ in columns])
    if how == "replace":
        return f"{_replacing(table, names, rows)} RETURNING 1"
    return _inserting(table, names, rows, "ON CONFLICT DO NOTHING" if how == "claim" else "")


def _listed(columns: Sequence[Column[Any]], few: int, numbers: Iterator[int]) -> str:
    rows = (", ".join(f"CAST(${next(numbers)} AS {_type(column)})" for column in columns) for _ in range(few))
    return f"(VALUES {', '.join(f'({row})' for row in rows)})"


def _alias(how: How) -> dict[str, str]:
    return {"was": "version"} if how == "replace" else {}


async def insert(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Add the rows, all of which have the same columns."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        await connection.execute(_insert_on_sqlite(table), list(rows))
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


async def add_missing(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> None:
    """Add those rows that are not there yet; numbers that the table counts up follow the order of the rows."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        await connection.execute(sqlite_insert(table).on_conflict_do_nothing(), list(rows))
        return
    await connection.execute(_insert(table, tuple(rows[0]), "ON CONFLICT DO NOTHING"), _columns(table, rows))


async def _claim_on_sqlite(connection: AsyncConnection, table: Table, rows: list[Row], returning: str) -> set[str]:
    statement, converts = _claim_of_json(table, tuple(rows[0]), returning)
    # One value, whatever the number of rows: the statement is made, and understood by SQLite, once.
    values = [[convert(value) for convert, value in zip(converts, row.values(), strict=True)] for row in rows]
    result = await connection.exec_driver_sql(statement, (orjson.dumps(values).decode(),))
    return set(result.scalars())


@lru_cache(maxsize=512)
def _claim_of_json(table: Table, names: tuple[str, ...], returning: str) -> tuple[str, Sequence[Callable[[Any], Any]]]:
    """The statement whose one value is a list of rows, and what makes each column's value one of JSON."""
    columns = ", ".join(f'"{name}"' for name in names)
    picked = ", ".join(f"value ->> {place}" for place in range(len(names)))
    rows = f"SELECT {picked} FROM json_each(?) WHERE true"  # noqa: S608
    types = (table.c[name].type.dialect_impl(_SQLITE) for name in names)
    converts = [type_.bind_processor(_SQLITE) or _same for type_ in types]
    return f"INSERT INTO {table.name} ({columns}) {rows} ON CONFLICT DO NOTHING RETURNING {returning}", converts


def _same(value: Any) -> Any:
    return value


async def replace_versions(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> int:
    """Write rows over those with the same `id` whose `version` is still the row's `was`; say how many there were."""
    if not rows:
        return 0
    if connection.dialect.name == "sqlite":
        return await _replace_on_sqlite(connection, table, rows)
    result = await connection.execute(_replace(table, tuple(rows[0])), _columns(table, rows, was="version"))
    return result.rowcount


async def _replace_on_sqlite(connection: AsyncConnection, table: Table, rows: Sequence[Row]) -> int:
    names = tuple(name for name in rows[0] if name not in {"id", "was"})
    parameters = [
        {"b_id": row["id"], "b_was": row["was"], **{f"v_{name}": row[name] for name in names}} for row in rows
    ]
    return (await connection.execute(_replace_on_sqlite_by(table, names), parameters)).rowcount


@lru_cache(maxsize=512)
def _replace_on_sqlite_by(table: Table, names: tuple[str, ...]) -> Update:
    """Kept, as `_insert_on_sqlite` is: a statement that is made anew is also understood anew."""
    statement = update(table).where(table.c.id == bindparam("b_id"), table.c.version == bindparam("b_was"))
    return statement.values({name: bindparam(f"v_{name}") for name in names})


@lru_cache(maxsize=512)
def _insert_on_sqlite(table: Table) -> Insert:
    return table.insert()


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
    rows = _unnested([table.c[name] for name in names], [f":{name}" for name in names])
    return text(_inserting(table, names, rows, conflict))


def _inserting(table: Table, names: tuple[str, ...], rows: str, conflict: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table.name} ({columns}) SELECT {_picked(table, names)} FROM {rows} AS r({columns}) {conflict}"  # noqa: S608


@lru_cache(maxsize=512)
def _replace(table: Table, names: tuple[str, ...]) -> TextClause:
    columns = [table.c[_alias("replace").get(name, name)] for name in names]
    return text(_replacing(table, names, _unnested(columns, [f":{name}" for name in names])))


def _replacing(table: Table, names: tuple[str, ...], rows: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    changed = ", ".join(f'"{name}" = u."{name}"' for name in names if name not in {"id", "was"})
    picked = f"SELECT {_picked(table, names, **_alias('replace'))} FROM {rows} AS r({columns})"  # noqa: S608
    where = "t.id = u.id AND t.version = u.was"
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
    return {
        name: [_document(row[name]) for row in rows]
        if _is_document(table.c[alias.get(name, name)])
        else [row[name] for row in rows]
        for name in rows[0]
    }


def _document(value: object) -> str | None:
    return None if value is None else orjson.dumps(value).decode()
