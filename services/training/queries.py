"""What is read past the domain: which clocks have come to a point where they must be looked at."""

from datetime import datetime
from typing import Final

from sqlalchemy import Date, column, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.kernel.calendar import business_date

_OBLIGATION: Final = table("obligation", column("id"), column("review_on", Date()))


async def obligations_to_review(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Obligations whose status time alone may have changed by today."""
    due = _OBLIGATION.c.review_on <= business_date(now)
    order = (_OBLIGATION.c.review_on, _OBLIGATION.c.id)
    statement = select(_OBLIGATION.c.id).where(due).order_by(*order).limit(limit)
    return list((await connection.execute(statement)).scalars())
