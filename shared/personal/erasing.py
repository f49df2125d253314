"""Erasing a person from one service's tables, as its map says: names go, references stay, some rows go whole.

It is the last thing that its transaction does. Whoever changes a row has locked it when it was loaded, so nothing that
is erased comes back with a change that began before.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    LargeBinary,
    MetaData,
    String,
    Table,
    and_,
    bindparam,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import AutoString

from shared.persistence.database import FORGOT
from shared.personal.data_map import DataMap, Erasing, Field, Held

_AT_ONCE: Final = 200


async def erase(connection: AsyncConnection, held: DataMap, metadata: MetaData, person_id: str) -> None:
    """Erase a person from every table of a service. Done again it changes nothing more."""
    objects = {person_id, *[id async for id in _objects(connection, held, metadata, person_id)]}
    for each in held.by_person:
        table = metadata.tables[each.table]
        await _forget(connection, each, table, of_person(each, table, person_id))
    for some in _parts(sorted(objects)):
        for each in held.by_object:
            table = metadata.tables[each.table]
            await _forget(connection, each, table, table.c[str(each.object)].in_(some))
        for each in held.tables:
            if each.mentions is not None:
                table = metadata.tables[each.table]
                await _forget(connection, each, table, _mentioning(table.c[each.mentions], some, connection))
    note_forgotten(connection)


def note_forgotten(connection: AsyncConnection) -> None:
    """Ask that nothing of it stays in the database's log once it is committed."""
    if connection.dialect.name == "sqlite":
        connection.info[FORGOT] = True


def of_person(held: Held, table: Table, person_id: str) -> ColumnElement[bool]:
    """The rows that are a person's."""
    named = [table.c[column] == person_id for column in held.person]
    return or_(*named, *(table.c[column] == f"person:{person_id}" for column in held.party))


def blank(field: Field, column: Column[Any]) -> Any:
    """What stands in a column when nothing is left of what it said. Raises `TypeError` where nothing can."""
    if field.erasing is Erasing.OWN_ID:
        return column.table.c["id"]
    if column.nullable:
        return None
    if isinstance(column.type, JSON):
        return [] if field.empty == "[]" else {}
    if is_text(column):
        return ""
    raise TypeError(f"{column} cannot be blank; let it be NULL, or keep it")


def is_text(column: Column[Any]) -> bool:
    """Whether a column holds text."""
    return isinstance(column.type, AutoString | String)


def without(document: Any, parts: frozenset[str], empty: str | None) -> Any:
    """A document in which these parts say nothing, at whatever depth they stand."""
    if isinstance(document, Mapping):
        return {
            name: empty if name in parts and part is not None else without(part, parts, empty)
            for name, part in document.items()
        }
    return [without(part, parts, empty) for part in document] if isinstance(document, list) else document


async def _objects(
    connection: AsyncConnection, held: DataMap, metadata: MetaData, person_id: str
) -> AsyncIterator[str]:
    """The ids of the rows that are a person's."""
    for each in held.by_person:
        table = metadata.tables[each.table]
        if "id" in table.c:
            statement = select(table.c.id).where(of_person(each, table, person_id))
            for id in (await connection.execute(statement)).scalars():
                yield str(id)


async def _forget(connection: AsyncConnection, held: Held, table: Table, rows: ColumnElement[bool]) -> None:
    if held.removed:
        await connection.execute(delete(table).where(rows))
        return
    for name, field in held.fields.items():
        if field.erasing is Erasing.PARTS:
            await _blank_parts(connection, table, table.c[name], field, rows)
    blanked = {
        name: blank(field, table.c[name])
        for name, field in held.fields.items()
        if field.erasing in {Erasing.BLANKED, Erasing.OWN_ID}
    }
    if blanked:
        await connection.execute(update(table).where(rows).values(blanked))


async def _blank_parts(
    connection: AsyncConnection, table: Table, column: Column[Any], field: Field, rows: ColumnElement[bool]
) -> None:
    keys = list(table.primary_key.columns)
    found = (await connection.execute(select(*keys, column).where(rows, column.is_not(None)))).all()
    changed = [
        {**{f"its_{key.name}": value for key, value in zip(keys, row, strict=False)}, "said": said}
        for row in found
        if (said := without(row[-1], field.parts, field.part_empty)) != row[-1]
    ]
    if changed:
        its = and_(*(key == bindparam(f"its_{key.name}") for key in keys))
        statement = update(table).where(its).values({column.name: bindparam("said", type_=column.type)})
        await connection.execute(statement, changed)


def _mentioning(column: Column[Any], ids: Iterable[str], connection: AsyncConnection) -> ColumnElement[bool]:
    """The rows in whose bytes one of the ids stands."""
    if connection.dialect.name == "sqlite":
        return or_(*(func.instr(column, literal(id.encode(), LargeBinary)) > 0 for id in ids))
    text = func.encode(column, "escape")
    return or_(*(func.strpos(text, id) > 0 for id in ids))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[place : place + _AT_ONCE] for place in range(0, len(ids), _AT_ONCE))
