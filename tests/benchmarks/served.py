"""`sunmao serve` as a process: how soon it is ready, and what memory it holds before and after many events."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import psutil

from deploy.local.ports import free_ports
from services.partnership.commands import PostNeed
from services.partnership.domain.need_line import NeedLine
from services.partnership.domain.need_terms import NeedDetails, NeedTerms, Visibility
from services.partnership.domain.organization import Organization, OrganizationEntry
from services.partnership.handlers.need import post_need
from services.partnership.storage import PartnershipWork
from shared.contracts.ids import new_id
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.benchmarks.harness import Figures
from tests.benchmarks.processes import SUNMAO, collecting, listener, process
from tests.benchmarks.scale import scaled
from tests.benchmarks.stage import Stage

HALF: Final = scaled(50_000)
_TOGETHER: Final = 20
_REST: Final = 3.0
_TRIES: Final = 600
_STILL: Final = 3
"""Looks, one a second, at which nothing may have moved: at one the machine may have had no time for the town."""
_FILES: Final = ("partnership", "training", "talent", "notify")


async def served(stage: Stage) -> Figures:
    """Start it, post so many needs beside it, wait until every service has acted on them; and again as many."""
    try:
        return await _served(stage)
    finally:
        # What it wrote is on disk before the next variant is timed, whose every transaction waits for the disk.
        await asyncio.to_thread(os.sync)


async def _served(stage: Stage) -> Figures:
    with TemporaryDirectory(dir=stage.folder) as name:
        folder, (port,) = Path(name), free_ports(1)
        async with collecting() as collector:
            words = {
                "SUNMAO_HOME": name,
                "SUNMAO_PORT": str(port),
                "SUNMAO_OTLP_ENDPOINT": collector,
                "SUNMAO_TRACE_RATIO": "0.1",
                "SUNMAO_LOG_LEVEL": "WARNING",
            }
            began = time.perf_counter()
            async with process("town", [*SUNMAO, "serve"], folder, words, port):
                ready = time.perf_counter() - began
                return {"ready_seconds": ready, **await _remembered(folder, listener(port))}


async def _remembered(folder: Path, town: psutil.Process) -> Figures:
    await asyncio.sleep(_REST)
    sizes, seconds = [_megabytes(town)], 0.0
    for half in (1, 2):
        await _post(folder / "partnership.db", HALF)
        seconds += await _acted_on(folder, half * HALF)
        sizes.append(_megabytes(town))
    idle, first, second = sizes
    return {"idle_mb": idle, "first_mb": first, "second_mb": second, "growth_mb": second - first, "seconds": seconds}


def _megabytes(town: psutil.Process) -> float:
    return float(town.memory_info().rss) / 2**20


async def _post(path: Path, count: int) -> None:
    """Needs of a verified organisation, through the service's own handler, some of them in one transaction."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    works = Works(database, PartnershipWork)
    organization_id = await _organization(works)
    for start in range(0, count, _TOGETHER):
        async with works.open(_context()) as work:
            for _ in range(min(_TOGETHER, count - start)):
                await post_need(PostNeed(need_id=new_id("need"), organization_id=organization_id, terms=_terms()), work)
    await database.close()


async def _organization(works: Works[PartnershipWork]) -> str:
    organization_id = new_id("organization")
    entry = OrganizationEntry(
        kind="enterprise",
        name_zh="重庆长江机器人有限公司",
        name_en=None,
        uscc=organization_id[-18:],
        region_code="500000",
        industry_code="C34",
        employees_total=1200,
        posts=(),
        latitude=None,
        longitude=None,
        leading=True,
    )
    async with works.open(_context()) as work:
        registered, told = Organization.register(organization_id, entry, warnings=())
        kept = work.organizations.add(registered, told)
        work.organizations.save(*kept.verify())
    return organization_id


def _context() -> Context:
    return Context(actor="system:bench", now=datetime.now(UTC))


def _terms() -> NeedTerms:
    first = date.today() + timedelta(days=30)  # noqa: DTZ011
    details = NeedDetails(title="Industrial robot maintenance engineers", occupation_codes=("6-31-01-01",))
    return NeedTerms(
        lines=(NeedLine(line_no=1, kind="internship_posts", headcount=20),),
        starts_on=first,
        ends_on=first + timedelta(days=90),
        region_code="500000",
        visibility=Visibility.ALLIANCE,
        named_organization_ids=(),
        expires_at=None,
        details=details,
    )


async def _acted_on(folder: Path, needs: int) -> float:
    """Seconds until nothing moves any more; then every posted need must be in notify's feed, and nothing may wait."""
    began, known, still = time.perf_counter(), _standing(folder), 0
    for _ in range(_TRIES):
        await asyncio.sleep(1)
        now = _standing(folder)
        still = still + 1 if now == known else 0
        # Only then, for all rows of the feed are looked at, by a processor that the town could use.
        if still >= _STILL and _told(folder) >= needs and not _waiting(folder):
            return time.perf_counter() - began - still
        known = now
    raise AssertionError(f"after {_TRIES} seconds still {known}")


def _standing(folder: Path) -> Sequence[int]:
    """The last rows that every service has told and acted on: what both tables only ever add."""
    tables = [(name, table) for name in _FILES for table in ("outbox", "inbox")]
    return [_asked(folder / f"{name}.db", f"SELECT coalesce(max(rowid), 0) FROM {table}") for name, table in tables]  # noqa: S608


def _told(folder: Path) -> int:
    """How many posted needs notify has acted on."""
    feed = "SELECT count(*) FROM feed WHERE type = 'sunmao.partnership.need.posted.v1'"
    return _asked(folder / "notify.db", feed)


def _waiting(folder: Path) -> int:
    """How many events will be tried again by themselves."""
    waiting = "SELECT count(*) FROM dead_letter WHERE status IN ('waiting', 'parked')"
    return sum(_asked(folder / f"{name}.db", waiting) for name in _FILES)


def _asked(path: Path, question: str) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute(question).fetchone()[0])
    finally:
        connection.close()
