"""What every command asks of PostgreSQL, by the driver itself, past what SQLAlchemy does for each statement.

It is in the connection's transaction, and fails as SQLAlchemy would have it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial
from typing import Any, Final, NoReturn

import orjson
from sqlalchemy import Column, Connection, Float, Table
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence.sqlite_sets import Convert, Wanted, understood

_DIALECT: Final = asyncpg.dialect(json_deserializer=orjson.loads)  # type: ignore[no-untyped-call]
_CONDITIONS: Final[dict[Wanted, str]] = {
    "one": '"{}" = ${}',
    # One value, whatever the number of rows: the statement is understood once.
    "several": '"{}" = ANY(${})',
    "nothing": '"{}" IS NULL',
}


async def fetch(connection: AsyncConnection, statement: str, values: Sequence[Any], *, last: bool = False) -> list[Any]:
    """The rows that a statement gives. What is the first and the `last` of its transaction needs none of its own, which
    would be two more ways there and back."""
    lent: Any = connection.sync_connection.connection  # type: ignore[union-attr]
    adapted = lent.dbapi_connection
    try:
        if adapted._transaction is None and not last:
            await adapted._start_transaction()
        rows: list[Any] = await lent.driver_connection.fetch(statement, *values)
    except BaseException as error:  # noqa: BLE001
        # Also where it was broken off: then nobody may be given this connection again.
        return await connection.run_sync(partial(_fail, statement, error))
    return rows


async def select(
    connection: AsyncConnection,
    table: Table,
    columns: tuple[str, ...],
    asked: tuple[tuple[str, Wanted], ...],
    values: Sequence[Any],
    *,
    lock: bool,
) -> Sequence[Sequence[Any]]:
    """These columns of the rows that fit, by primary key; `asked` for "nothing" has no value."""
    statement, told, converts = _select(table, columns, asked, lock)
    rows = await fetch(connection, statement, [tell(value) for tell, value in zip(told, values, strict=True)])
    return [understood(row, converts) for row in rows]


def _fail(statement: str, error: BaseException, connection: Connection) -> NoReturn:
    try:
        connection.connection.dbapi_connection._handle_exception(error)  # type: ignore[union-attr]
    except BaseException as translated:  # noqa: BLE001
        connection._handle_dbapi_exception(translated, statement, (), None, None)
    raise error


@lru_cache(maxsize=512)
def _select(
    table: Table, names: tuple[str, ...], asked: tuple[tuple[str, Wanted], ...], lock: bool
) -> tuple[str, Sequence[Convert], Sequence[tuple[int, Convert]]]:
    """The statement, what makes its values of those that are asked for, and what columns have to be converted by."""
    valued = [name for name, wanted in asked if wanted != "nothing"]
    conditions = (
        _CONDITIONS[wanted].format(name, valued.index(name) + 1 if name in valued else 0) for name, wanted in asked
    )
    where = " AND ".join(conditions) or "true"
    listed = ", ".join(f'"{name}"' for name in names)
    told = [_telling(table.c[name], wanted) for name, wanted in asked if wanted != "nothing"]
    order = ", ".join(f'"{column.name}"' for column in table.primary_key)
    statement = f"SELECT {listed} FROM {table.name} WHERE {where} ORDER BY {order}{' FOR UPDATE' if lock else ''}"  # noqa: S608
    converts = ((place, _reading(table.c[name])) for place, name in enumerate(names))
    return statement, told, [(place, convert) for place, convert in converts if convert]


def _telling(column: Column[Any], wanted: Wanted) -> Convert:
    convert = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    if wanted == "one":
        return convert or _same
    return partial(_each, convert) if convert else list


def _each(convert: Convert, values: Iterable[Any]) -> list[Any]:
    return [convert(value) for value in values]


def _reading(column: Column[Any]) -> Convert | None:
    # The driver gives floats as they are; their type would ask by which number PostgreSQL knows it.
    return (
        None if isinstance(column.type, Float) else column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    )


def _same(value: Any) -> Any:
    return value
