"""Where versions begin for ids that come back: a service that was restored from a dump is asked for them once more.

Many ids are made of what an event says, so what was born in the hour that a restore lost is born again under the same
id. Its versions were told, and a tombstone after them: it must begin above.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.persistence import sets
from shared.persistence.spine import ErasedRow, table_of

Floors = Mapping[tuple[str, str], int]
"""The highest version told of an id that is in no row, by table and id."""

ERASED: Final = table_of(ErasedRow)


async def read_floors(connection: AsyncConnection, tables: Sequence[str]) -> Floors:
    """Those of a service's own tables."""
    rows = await connection.execute(select(ERASED).where(ERASED.c.table_name.in_(tables)))
    return {(row.table_name, row.id): row.version for row in rows}


async def lay_floors(connection: AsyncConnection, table: str, versions: Mapping[str, int]) -> None:
    """Let ids of a table begin above these versions."""
    rows = [{"table_name": table, "id": id, "version": version} for id, version in versions.items()]
    await sets.upsert(connection, ERASED, rows, newer="version")
