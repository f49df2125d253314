"""Which ladders have a step whose day has come."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.storage import ESCALATION
from shared.kernel.calendar import business_date


async def due(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Their ids, the longest due first."""
    come = select(ESCALATION.c.id).where(ESCALATION.c.next_on <= business_date(now))
    rows = await connection.execute(come.order_by(ESCALATION.c.next_on, ESCALATION.c.id).limit(limit))
    return list(rows.scalars())
