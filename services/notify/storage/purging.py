"""What feed and work-list no longer keep goes, a page at a time; its places are never given out again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final

import structlog
from sqlalchemy import delete, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.domain.task import Task
from services.notify.storage.tables import FEED, TASK
from shared.persistence.database import Database
from shared.persistence.spine import ReachRow, table_of

Purge = Callable[[AsyncConnection, datetime, int], Awaitable[int]]
"""Removes what is older than this instant, at most so many, and says how many."""

log: Any = structlog.get_logger(__name__)

_PAGE: Final = 1000
_EVERY: Final = timedelta(hours=1).total_seconds()
_BETWEEN_PAGES: Final = 0.1
_REACH: Final = table_of(ReachRow)


async def purge_feed(connection: AsyncConnection, before: datetime, limit: int) -> int:
    """Remove the oldest numbered events that arrived before; say how many, at most `limit`.

    They go in the order of their places, so that what is kept is always everything from one place on.
    """
    oldest = select(FEED.c.id, FEED.c.position, FEED.c.received_at).where(FEED.c.position.is_not(None))
    page = oldest.order_by(FEED.c.position).limit(limit).subquery()
    first_kept = select(func.min(page.c.position)).where(page.c.received_at >= before).scalar_subquery()
    outdated = select(page.c.id).where(or_(first_kept.is_(None), page.c.position < first_kept))
    return (await connection.execute(delete(FEED).where(FEED.c.id.in_(outdated)))).rowcount


async def purge_tasks(connection: AsyncConnection, before: datetime, limit: int) -> int:
    """Remove tasks that were over before, with what says whose they are; say how many, at most `limit`."""
    over = select(TASK.c.id).where(TASK.c.is_open.is_(False), TASK.c.ended_at < before)
    ids = list((await connection.execute(over.order_by(TASK.c.ended_at).limit(limit))).scalars())
    await connection.execute(delete(_REACH).where(_REACH.c.kind == Task.kind, _REACH.c.object_id.in_(ids)))
    return (await connection.execute(delete(TASK).where(TASK.c.id.in_(ids)))).rowcount


async def keep_purging(database: Database, clock: Callable[[], datetime], kept: timedelta, purge: Purge) -> None:
    """Once an hour remove what is older than is kept, until cancelled."""
    while True:
        purged = 0
        try:
            async with database.writing() as connection:
                purged = await purge(connection, clock() - kept, _PAGE)
        except (SQLAlchemyError, OSError) as error:
            log.warning("purging failed", error=type(error).__name__)
        await asyncio.sleep(_BETWEEN_PAGES if purged else _EVERY)
