"""Letting go in time what nobody needs any more: table by table, by the age and the class that the map names."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, MetaData, Table, and_, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Date

from shared.kernel.calendar import business_date
from shared.persistence.spine import ReachRow, table_of
from shared.personal.data_map import Age, Held
from shared.personal.erasing import is_text, note_forgotten
from shared.personal.retention import retentions

_REACH: Final = table_of(ReachRow)


async def outdated(connection: AsyncConnection, held: Held, metadata: MetaData, now: datetime, limit: int) -> list[str]:
    """The ids of rows of one table that have been kept for their time, the first of them."""
    table = metadata.tables[held.table]
    rows = select(table.c.id).where(_over(held, table, metadata, now)).order_by(table.c.id).limit(limit)
    return [str(id) for id in (await connection.execute(rows)).scalars()]


async def let_go(
    connection: AsyncConnection, held: Held, metadata: MetaData, now: datetime, ids: Sequence[str]
) -> None:
    """Remove these rows, unless they are younger by now, with what says who may see them and what goes along."""
    table = metadata.tables[held.table]
    known = [_key(table.c.id, id) for id in ids]
    await connection.execute(delete(table).where(table.c.id.in_(known), _over(held, table, metadata, now)))
    if is_text(table.c.id):
        names = [_REACH.c.object_id, *(metadata.tables[other].c[column] for other, column in held.along.items())]
        for name in names:
            gone = ~select(table.c.id).where(table.c.id == name).exists()
            await connection.execute(delete(name.table).where(name.in_(ids), gone))
    if held.speaks_of_people:
        note_forgotten(connection)


def _over(held: Held, table: Table, metadata: MetaData, now: datetime) -> ColumnElement[bool]:
    age = held.age or Age(column="id")
    begins = retentions()[held.kept].begins(now)
    if age.parent is None:
        return and_(_before(table.c[age.column], begins), *_only(age, table))
    parent = metadata.tables[age.parent]
    old = select(parent.c.id).where(_before(parent.c[age.column], begins))
    return and_(table.c[str(age.through)].in_(old), *_only(age, table))


def _before(column: Column[Any], begins: datetime) -> ColumnElement[bool]:
    limit: date | datetime = business_date(begins) if isinstance(column.type, Date) else begins
    return column < limit


def _only(age: Age, table: Table) -> list[ColumnElement[bool]]:
    return [
        or_(*(table.c[name].is_(None) if value is None else table.c[name] == value for value in values))
        for name, values in age.only.items()
    ]


def _key(column: Column[Any], id: str) -> Any:
    return id if is_text(column) else int(id)
