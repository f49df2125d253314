"""How long the embedded log is kept: events 30 days and until every consumer has passed, a state until a newer one."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import and_, delete, exists, select

from shared.messaging.inbox import position_of
from shared.messaging.log import OUTBOX, LogReader
from shared.operations.parts import Parts

EVENTS_KEPT: Final = timedelta(days=30)
_PAGE: Final = 10_000


async def trim_log(parts: Parts, readers: Iterable[LogReader]) -> int:
    """Remove what nobody can need any more from one service's log; say how much, at most a page."""
    passed = await _passed_by_all(parts.service.name, readers)
    before = parts.runtime.clock() - EVENTS_KEPT
    newer = OUTBOX.alias("newer")
    outdated = exists(
        select(newer.c.id).where(
            newer.c.topic == OUTBOX.c.topic, newer.c.key == OUTBOX.c.key, newer.c.id > OUTBOX.c.id, newer.c.id <= passed
        )
    )
    is_state = OUTBOX.c.topic.like("%.state.v1")
    removable = (~is_state & (OUTBOX.c.created_at < before)) | and_(is_state, outdated)
    page = select(OUTBOX.c.id).where(OUTBOX.c.id <= passed, removable).order_by(OUTBOX.c.id).limit(_PAGE)
    async with parts.runtime.database.writing() as connection:
        return (await connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(page)))).rowcount


async def _passed_by_all(source: str, readers: Iterable[LogReader]) -> int:
    """The position that every consumer of this source has reached; everything, where there is none."""
    positions = []
    for reader in readers:
        if reader.source == source:
            async with reader.pipeline.bench.works.database.reading() as connection:
                positions.append(await position_of(connection, reader.pipeline.consumer.name, source))
    return min(positions, default=2**62)
