"""Reminders of what is not signed: the steps as data, and the chore that takes them when their time has come."""

from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.documents.signing.desk import remind
from shared.documents.signing.reminding import require_rising
from shared.documents.signing.terms import RoundStatus
from shared.persistence.spine import SigningRow, table_of
from shared.shipped import shipped_yaml
from shared.web.service import Chore

_SIGNING: Final = table_of(SigningRow)


@cache
def reminder_days() -> tuple[int, ...]:
    """The steps of reminders. Raises `ValueError` where they are not in order."""
    said: dict[str, Any] = shipped_yaml(__package__, "reminders.yaml")
    return require_rising(said["days"])


async def signings_to_remind_of(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Rounds that are open and whose next reminder has come due."""
    due = (_SIGNING.c.status == RoundStatus.OPEN) & (_SIGNING.c.remind_at <= now)
    statement = select(_SIGNING.c.id).where(due).order_by(_SIGNING.c.remind_at, _SIGNING.c.id).limit(limit)
    return list((await connection.execute(statement)).scalars())


SIGNING_CHORES: Final = (Chore("remind-of-signings", find=signings_to_remind_of, act=remind),)
"""What a service that signs does by itself."""
