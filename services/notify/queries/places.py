"""How far the numbering of feed and inbox has come."""

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.storage import NUMBERING


async def newest_place(connection: AsyncConnection, line: Table) -> int:
    """The last place given out; 0 before the first. Ask before the rows: then none can slip in behind."""
    statement = select(NUMBERING.c.position).where(NUMBERING.c.line == line.name)
    return (await connection.execute(statement)).scalar() or 0
