"""What `sets` promises, on SQLite: each text is made once, and all of a call goes to the connection's thread at once.

Statements pass SQLAlchemy by, for what it does per statement costs more than what SQLite does; values are converted as
its column types say, and errors are raised as it would raise them.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final, Literal, TypeVar

import orjson
from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.errors import LostRace

Row = dict[str, Any]
Convert = Callable[[Any], Any]
Wanted = Literal["one", "several", "nothing"]
T = TypeVar("T")

_DIALECT: Final = sqlite.dialect(json_deserializer=orjson.loads)
IF_MISSING: Final = "ON CONFLICT DO NOTHING"


@dataclass(frozen=True, slots=True)
class Step:
    """One statement, and the values of each time that it runs; `each` time it has to change a row."""

    statement: str
    values: Sequence[Sequence[Any]]
    each: bool = False


async def run(connection: AsyncConnection, steps: Sequence[Step], *, last: bool = False) -> None:
    """Run all of them, in order; where they are the `last` of their transaction it is committed with them.

    Raises `LostRace` where a row was not there that had to change.
    """
    if steps:
        await _within(connection, "; ".join(step.statement for step in steps), partial(_run, steps), last=last)


def adding(table: Table, rows: Sequence[Row], conflict: str = "", where: str = "") -> Step:
    """Adds rows that have the same columns; those only of which the condition is true, where each is called `r`."""
    names = tuple(rows[0])
    return Step(_insert(table, names, conflict, where), _tuples(table, names, rows))


def replacing(table: Table, rows: Sequence[Row]) -> Step:
    """Writes rows over those with the same `id` whose `version` is still the row's `was`."""
    names = tuple(name for name in rows[0] if name not in {"id", "was"})
    return Step(_update(table, names, ("id", "version")), _tuples(table, (*names, "id", "was"), rows), each=True)


def filling(table: Table, rows: Sequence[Row]) -> Step:
    """Writes rows over those with the same primary key."""
    keys = tuple(column.name for column in table.primary_key)
    names = tuple(name for name in rows[0] if name not in keys)
    return Step(_update(table, names, keys), _tuples(table, (*names, *keys), rows), each=True)


def removing(table: Table, rows: Sequence[Row]) -> Step:
    """Removes the rows that are equal to these in their columns."""
    names = tuple(rows[0])
    return Step(_delete(table, names), _tuples(table, names, rows))


async def claim(
    connection: AsyncConnection, table: Table, rows: Sequence[Row], returning: tuple[str, ...]
) -> set[tuple[str, ...]]:
    """Add those rows that are not there yet, and return which they were by the columns `returning`."""
    names = tuple(rows[0])
    # One value, whatever the number of rows: the statement is made, and understood by SQLite, once.
    values = orjson.dumps(_tuples(table, names, rows)).decode()
    statement = _claim(table, names, returning)
    return {tuple(found) for found in await _within(connection, statement, partial(_fetch, statement, (values,)))}


async def select(
    connection: AsyncConnection,
    table: Table,
    columns: tuple[str, ...],
    asked: tuple[tuple[str, Wanted], ...],
    values: Sequence[Any],
) -> Sequence[Sequence[Any]]:
    """These columns of the rows that fit, by primary key; `asked` for "nothing" has no value."""
    statement, told, converts = _select(table, columns, asked)
    bound = tuple(tell(value) for tell, value in zip(told, values, strict=True))
    rows = await _within(connection, statement, partial(_fetch, statement, bound))
    return [understood(row, converts) for row in rows] if converts else rows


async def _within(
    connection: AsyncConnection, statement: str, work: Callable[[sqlite3.Connection], T], *, last: bool = False
) -> T:
    work = partial(_in_transaction, work)
    try:
        driver: Any = connection.sync_connection.connection.driver_connection  # type: ignore[union-attr]
        given: T = await (driver.finish(work) if last else driver.within(work))
    except sqlite3.Error as error:
        raise DBAPIError.instance(statement, None, error, sqlite3.Error, hide_parameters=True) from error
    return given


def _in_transaction(work: Callable[[sqlite3.Connection], T], connection: sqlite3.Connection) -> T:
    if not connection.in_transaction:
        # Somebody has ended it meanwhile, and each statement would be committed by itself.
        raise sqlite3.OperationalError("there is no transaction any more")
    return work(connection)


def _run(steps: Sequence[Step], connection: sqlite3.Connection) -> None:
    for step in steps:
        changed = connection.executemany(step.statement, step.values).rowcount
        if step.each and changed != len(step.values):
            raise LostRace


def _fetch(statement: str, values: Sequence[Any], connection: sqlite3.Connection) -> list[Any]:
    return connection.execute(statement, values).fetchall()


@lru_cache(maxsize=512)
def _insert(table: Table, names: tuple[str, ...], conflict: str, where: str) -> str:
    row = ", ".join(f'? AS "{name}"' for name in names)
    rows = f"SELECT * FROM (SELECT {row}) AS r {where}" if where else f"VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    return f"INSERT INTO {table.name} ({_listed(names)}) {rows} {conflict}"


@lru_cache(maxsize=512)
def _update(table: Table, names: tuple[str, ...], keys: tuple[str, ...]) -> str:
    changed = ", ".join(f'"{name}" = ?' for name in names)
    same = " AND ".join(f'"{name}" = ?' for name in keys)
    return f"UPDATE {table.name} SET {changed} WHERE {same}"  # noqa: S608


@lru_cache(maxsize=512)
def _delete(table: Table, names: tuple[str, ...]) -> str:
    same = " AND ".join(f'"{name}" = ?' for name in names)
    return f"DELETE FROM {table.name} WHERE {same}"  # noqa: S608


@lru_cache(maxsize=512)
def _claim(table: Table, names: tuple[str, ...], returning: tuple[str, ...]) -> str:
    picked = ", ".join(f"value ->> {place}" for place in range(len(names)))
    rows = f"SELECT {picked} FROM json_each(?) WHERE true"  # noqa: S608
    return f"INSERT INTO {table.name} ({_listed(names)}) {rows} {IF_MISSING} RETURNING {_listed(returning)}"


@lru_cache(maxsize=512)
def _select(
    table: Table, names: tuple[str, ...], asked: tuple[tuple[str, Wanted], ...]
) -> tuple[str, Sequence[Convert], Sequence[tuple[int, Convert]]]:
    """The statement, what makes its values of those that are asked for, and what columns have to be converted by."""
    where = " AND ".join(_CONDITIONS[wanted].format(name) for name, wanted in asked) or "true"
    told = [_telling(table.c[name], wanted) for name, wanted in asked if wanted != "nothing"]
    picked = [table.c[name] for name in names]
    columns = enumerate(column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None) for column in picked)
    order = _listed([column.name for column in table.primary_key])
    statement = f"SELECT {_listed(names)} FROM {table.name} WHERE {where} ORDER BY {order}"  # noqa: S608
    return statement, told, [(place, convert) for place, convert in columns if convert]


_CONDITIONS: Final[dict[Wanted, str]] = {
    "one": '"{}" = ?',
    "several": '"{}" IN (SELECT value FROM json_each(?))',
    "nothing": '"{}" IS NULL',
}


def _telling(column: Column[Any], wanted: Wanted) -> Convert:
    convert = _bind(column)
    if wanted == "one":
        return convert or _same
    return lambda values: orjson.dumps([convert(value) for value in values] if convert else list(values)).decode()


def understood(row: Iterable[Any], converts: Sequence[tuple[int, Convert]]) -> list[Any]:
    """A row whose columns are converted by what is said for their places."""
    values = list(row)
    for place, convert in converts:
        values[place] = convert(values[place])
    return values


def _tuples(table: Table, names: tuple[str, ...], rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    columns = [_column(convert, [row[name] for row in rows]) for name, convert in _binds(table, names)]
    return list(zip(*columns, strict=True))


@lru_cache(maxsize=512)
def _binds(table: Table, names: tuple[str, ...]) -> Sequence[tuple[str, Convert | None]]:
    return [(name, _bind(table.c["version" if name == "was" else name])) for name in names]


def _bind(column: Column[Any]) -> Convert | None:
    return column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _column(convert: Convert | None, values: list[Any]) -> Iterable[Any]:
    return values if convert is None else _converted(convert, values)


def _converted(convert: Convert, values: Iterable[Any]) -> Iterator[Any]:
    """The rows of a batch mostly have one time, which is converted once."""
    last, given = _NONE_YET, None
    for value in values:
        if value is not last:
            last, given = value, convert(value)
        yield given


_NONE_YET: Final = object()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _same(value: Any) -> Any:
    return value
