"""Numbers that nobody tells unless somebody looks: the loop's delay, the clocks, the room on the disk, the tallies."""

import asyncio
import time
from pathlib import Path
from typing import Any, Final

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shared.observability.metrics import ProcessNumbers
from shared.operations.folder import room_for
from shared.persistence.database import Database
from shared.web.documents.duties import tallies_of
from shared.web.runtime import Runtime
from shared.web.service import Service

log: Any = structlog.get_logger(__name__)

_TICK: Final = 0.25
_TICKS: Final = 20
_ROOM_EVERY: Final = 30.0
_CLOCK_EVERY: Final = 60.0
_TALLY_EVERY: Final = 60.0
_DATABASES_TIME: Final = text("SELECT extract(epoch FROM clock_timestamp())::float8")


async def watch_loop(numbers: ProcessNumbers) -> None:
    """Every five seconds tell by how much the loop was late at worst."""
    while True:
        worst = 0.0
        for _ in range(_TICKS):
            began = time.monotonic()
            await asyncio.sleep(_TICK)
            worst = max(worst, time.monotonic() - began - _TICK)
        numbers.loop_was_late(worst)


async def watch_clock(database: Database, numbers: ProcessNumbers) -> None:
    """Every minute compare the database's clock with ours; half of the way there and back is taken off."""
    while True:
        try:
            numbers.clock_differs(await clock_difference(database))
        except (SQLAlchemyError, OSError) as error:
            log.warning("the database's clock was not read", error=type(error).__name__)
        await asyncio.sleep(_CLOCK_EVERY)


async def clock_difference(database: Database) -> float:
    """The clock of a PostgreSQL server minus this machine's, in seconds."""
    async with database.reading() as connection:
        began = time.time()
        there: float = (await connection.execute(_DATABASES_TIME)).scalar_one()
        return there - (began + time.time()) / 2


async def watch_room(folder: Path, numbers: ProcessNumbers) -> None:
    """Every half minute tell how much room the disk of a folder has."""
    while True:
        numbers.folder_has(room_for(folder))
        await asyncio.sleep(_ROOM_EVERY)


async def keep_tallies(service: Service, runtime: Runtime) -> None:
    """Every minute count what the service has its numbers of."""
    shown = [
        (tally, runtime.metrics.tally(service.name, tally.name, tally.about, tally.labels))
        for tally in tallies_of(service)
    ]
    while shown:
        try:
            async with runtime.database.reading() as connection:
                for tally, numbers in shown:
                    rows = [tuple(row) for row in await connection.execute(tally.statement)]
                    numbers.counted({tuple(map(str, row[:-1])): float(row[-1]) for row in rows})
        except (SQLAlchemyError, OSError) as error:
            log.warning("nothing was counted", error=type(error).__name__)
        await asyncio.sleep(_TALLY_EVERY)
