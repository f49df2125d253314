"""B9: the obligations of a hundred thousand teachers looked at again, beside the same days counted by PostgreSQL."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import asyncpg
import psutil
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.faculty.obligations import ObligationKind
from services.training.main import SERVICE
from services.training.storage import TrainingWork
from services.training.storage.faculty.practice import ObligationRow
from services.training.storage.people import TeacherRow
from shared.kernel.calendar import midnight
from shared.messaging.clockwork import Clockwork
from shared.operations.memory import settle
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.persistence.spine import table_of
from shared.persistence.work import Works
from shared.rules import Rulebook, load_packs
from tests.benchmarks.faculty import TODAY, fill_file_with_teachers, fill_with_teachers, walked
from tests.benchmarks.growth import Growth
from tests.benchmarks.harness import Figures, Row, Target, Variant
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage, sqlalchemy_url
from tests.benchmarks.yardsticks.counted_by_sql import ROLLING_DAYS

TEACHERS: Final = scaled(100_000)
_TEACHER: Final = table_of(TeacherRow)
_MEBIBYTE: Final = 2**20
_OBLIGATION: Final = table_of(ObligationRow)
_SAMPLE: Final = 200


async def _ours(stage: Stage) -> Figures:
    async with stage.database() as dsn:
        await _prepare(dsn)
        return await _reviewed(Database(sqlalchemy_url(dsn)), partial(_settle, dsn))


async def _ours_on_sqlite(stage: Stage) -> Figures:
    with TemporaryDirectory(dir=stage.folder) as folder:
        path = Path(folder) / "training.db"
        database = Database(f"sqlite+aiosqlite:///{path}")
        await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
        await asyncio.to_thread(fill_file_with_teachers, path, TEACHERS)
        return await _reviewed(database, _at_once)


async def _reviewed(database: Database, settled: Callable[[], Awaitable[None]]) -> Figures:
    began = time.perf_counter()
    await clockwork_of(database, TODAY - timedelta(days=1)).tick()
    first_night = time.perf_counter() - began
    await settled()
    settle()
    clockwork, process, peak = clockwork_of(database, TODAY), psutil.Process(), Growth()
    processor, began = sum(process.cpu_times()[:2]), time.perf_counter()
    async with peak:
        looked_at = await clockwork.tick()
    seconds, processor = time.perf_counter() - began, sum(process.cpu_times()[:2]) - processor
    await _check(database, looked_at)
    await database.close()
    return {
        "seconds": seconds,
        "processor_seconds": processor,
        "growth_mb": peak.growth / _MEBIBYTE,
        "first_night_seconds": first_night,
    }


async def _by_sql(stage: Stage) -> Figures:
    async with stage.database() as dsn:
        await _prepare(dsn)
        connection = await asyncpg.connect(dsn)
        try:
            began = time.perf_counter()
            rows = await connection.fetch(ROLLING_DAYS, TODAY)
            seconds = time.perf_counter() - began
        finally:
            await connection.close()
        assert 0 < len(rows) <= TEACHERS, f"{len(rows)} sums for {TEACHERS} teachers"
        return {"seconds": seconds}


def clockwork_of(database: Database, day: date) -> Clockwork:
    """The clockwork of one midnight, for which everybody's obligations are due."""
    works = Works(database, TrainingWork, Rulebook(load_packs(SERVICE.folder / "rules"), SERVICE.rule_shapes))
    chores = [replace(chore, find=_Everybody().next) for chore in SERVICE.chores if chore.name == "review-obligations"]
    return Clockwork(SERVICE.name, works, chores, lambda: midnight(day))


class _Everybody:
    """All who owe practice, a page at a time."""

    def __init__(self) -> None:
        self._last = ""

    async def next(self, connection: AsyncConnection, _: datetime, limit: int) -> list[str]:
        """The next so many."""
        later = select(_TEACHER.c.id).where(_TEACHER.c.id > self._last).order_by(_TEACHER.c.id).limit(limit)
        ids = list((await connection.execute(later)).scalars())
        self._last = ids[-1] if ids else self._last
        return ids


async def _prepare(dsn: str) -> None:
    """A faculty as autovacuum would soon have analyzed it."""
    database = Database(sqlalchemy_url(dsn))
    await upgrade(database, SERVICE.folder / "migrations", SERVICE.metadata)
    await database.close()
    connection = await asyncpg.connect(dsn)
    try:
        await fill_with_teachers(connection, TEACHERS)
        await connection.execute("ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


async def _settle(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("VACUUM ANALYZE")
        await connection.execute("CHECKPOINT")
    finally:
        await connection.close()


async def _at_once() -> None:
    """SQLite has nothing to settle."""


async def _check(database: Database, looked_at: int) -> None:
    """Every teacher was looked at once, nothing is due any more, and a walk over the days finds the same sums."""
    assert looked_at == TEACHERS, f"{looked_at} teachers were looked at instead of {TEACHERS}"
    due = select(func.count()).where(_OBLIGATION.c.review_on <= TODAY)
    of_five_years = _OBLIGATION.c.obligation_kind == ObligationKind.FIVE_YEAR.value
    sample = select(_OBLIGATION.c.teacher_id, _OBLIGATION.c.done_days).where(of_five_years)
    async with database.reading() as connection:
        assert (left := (await connection.execute(due)).scalar_one()) == 0, f"{left} obligations are still due"
        rows = await connection.execute(sample.order_by(_OBLIGATION.c.teacher_id).limit(_SAMPLE))
        done: dict[str, int] = dict(row._tuple() for row in rows)
        for teacher_id, days in (await walked(connection, list(done))).items():
            assert done[teacher_id] == days, f"{teacher_id}: {done[teacher_id]} days instead of {days}"


ROWS: Final = (
    Row(
        "B9",
        "the obligations of a hundred thousand teachers, all looked at on one night",
        [Variant("ours", _ours), Variant("ours on SQLite", _ours_on_sqlite), Variant("plain SQL", _by_sql)],
        [
            *(Target("seconds", ours, most=60) for ours in ("ours", "ours on SQLite")),
            *(Target("growth_mb", ours, most=64) for ours in ("ours", "ours on SQLite")),
            Target("seconds", "ours", "plain SQL"),
        ],
        f"{TEACHERS:,} teachers with none to five verified periods, every fifth part-time with its logs, every "
        "twentieth with leave, looked at the night before too. Ours: the clockwork at midnight reads pages of 200, "
        "counts by all rules (both obligations, leave, part-time, deadlines, next look) and writes what changed; the "
        "first night, on which most of it does, is told beside it. plain SQL: one statement that unites the days of "
        "full-time periods in the last 60 months, and nothing else. A sample is held against a walk over the days.",
    ),
)
