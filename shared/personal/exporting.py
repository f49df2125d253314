"""What a service holds of a person, as its map says: for the person, or for the office that answers for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, MetaData, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.fields import REGION_TIME
from shared.personal.data_map import DataMap, Held
from shared.personal.erasing import of_person

Told = Mapping[str, list[dict[str, Any]]]


async def told_of(connection: AsyncConnection, held: DataMap, metadata: MetaData, person_id: str) -> Told:
    """The rows of a person by table, without what is somebody else's and without secrets; tables with none left out."""
    told = {}
    for each in held.by_person:
        table = metadata.tables[each.table]
        rows = await connection.execute(select(*_shown(each, table)).where(of_person(each, table, person_id)))
        if found := [{name: _plain(value) for name, value in row.items()} for row in rows.mappings()]:
            told[each.table] = found
    return told


async def answers_for(
    connection: AsyncConnection, held: DataMap, metadata: MetaData, person_id: str, organization_id: str
) -> bool:
    """Whether an organisation's office answers for a person, by what this service knows of them."""
    for each in held.by_person:
        if each.institution is not None:
            table = metadata.tables[each.table]
            its = table.c[each.institution] == organization_id
            statement = select(table.c.id).where(of_person(each, table, person_id), its)
            if (await connection.execute(statement.limit(1))).first() is not None:
                return True
    return False


def _shown(held: Held, table: Table) -> list[Any]:
    hidden = {name for name, field in held.fields.items() if field.of is not None} | held.hidden
    return [column for column in table.c if column.name not in hidden and not isinstance(column.type, LargeBinary)]


def _plain(value: Any) -> Any:
    return value.astimezone(REGION_TIME) if isinstance(value, datetime) else value
