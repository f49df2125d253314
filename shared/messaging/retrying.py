"""Second chances: what waits for its parent is tried again by itself, what a person replays takes the same path."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog
from sqlalchemy.engine import RowMapping

from shared.messaging import dead_letters
from shared.messaging.blame import is_away, is_race
from shared.messaging.dead_letters import Filters
from shared.messaging.intake import Intake
from shared.messaging.pipeline import Pipeline
from shared.messaging.racing import racing
from shared.messaging.run import status_for
from shared.messaging.second_run import SecondRun

log: Any = structlog.get_logger(__name__)

EVERY: Final = timedelta(seconds=5)
WAITS: Final = timedelta(minutes=10)
_PAGE: Final = 100


@dataclass(slots=True)
class Replayed:
    """What a replay did, or would do."""

    selected: int = 0
    replayed: int = 0
    failed: int = 0


class SecondChances:
    """Runs set-aside events again, for one service."""

    def __init__(self, intake: Intake, since: datetime) -> None:
        self._intake = intake
        self._since = since
        self._tried: dict[str, int] = {}

    async def run(self) -> None:
        """Try what waits, every five seconds and at once while that helps, until cancelled."""
        while True:
            helped = False
            try:
                helped = await self.retry_waiting()
                await self._tell_open()
            except Exception:
                # The next turn tries again; the rows are where they were.
                log.exception("retrying failed")
            await asyncio.sleep(0 if helped else EVERY.total_seconds())

    async def retry_waiting(self) -> bool:
        """Try a page of what waits or stands first of its key behind nothing any more, for each consumer together.

        Whether that helped and there may be more: what was waited for has come, mostly for many at once. The next turn
        goes on behind the page, so that nobody waits for those that must.
        """
        return any([await self._retry_page(pipeline) for pipeline in self._intake.pipelines])

    async def _retry_page(self, pipeline: Pipeline) -> bool:
        """Try the next page; whether it helped one of them and there may be more behind it."""
        name = pipeline.consumer.name
        async with pipeline.bench.works.database.reading() as connection:
            rows = await dead_letters.retriable(connection, name, _PAGE, after=self._tried.get(name, 0))
        is_full = len(rows) == _PAGE
        self._tried[name] = rows[-1]["id"] if is_full else 0
        helped = await self._run(pipeline, rows) if rows else 0
        return is_full and helped > 0

    async def _tell_open(self) -> None:
        async with self._intake.strangers.bench.works.database.reading() as connection:
            counts = await dead_letters.counts(connection)
            oldest = await dead_letters.oldest_open(connection)
        for pipeline in (*self._intake.pipelines, self._intake.strangers):
            name, now = pipeline.consumer.name, pipeline.clock()
            age = (now - oldest.get(name, now)).total_seconds()
            pipeline.numbers.dead_letters_open(counts.get((name, "open"), 0), oldest_age_seconds=max(0.0, age))

    async def replay(self, filters: Filters, *, dry_run: bool, limit: int, rate: float | None) -> Replayed:
        """Run open dead letters again, oldest first, at most `limit` and `rate` per second."""
        outcome, after = Replayed(), 0
        while outcome.selected < limit:
            rows = await self._select(filters, after, min(_PAGE, limit - outcome.selected))
            if not rows:
                break
            outcome.selected += len(rows)
            after = rows[-1]["id"]
            if not dry_run:
                await self._replay_page(rows, outcome, rate)
        return outcome

    async def _replay_page(self, rows: Sequence[RowMapping], outcome: Replayed, rate: float | None) -> None:
        for row in rows:
            pipeline = self._intake.pipeline(row["consumer"])
            done = pipeline is not None and await self._replay_one(pipeline, row)
            outcome.replayed += done
            outcome.failed += not done
            if pipeline is not None:
                pipeline.numbers.replayed(ok=done)
            await asyncio.sleep(1 / rate if rate else 0)

    async def _select(self, filters: Filters, after: int, limit: int) -> list[RowMapping]:
        database = self._intake.strangers.bench.works.database
        async with database.reading() as connection:
            return await dead_letters.select_page(connection, filters, after=after, limit=limit)

    async def _replay_one(self, pipeline: Pipeline, row: RowMapping) -> bool:
        if not pipeline.consumer.unreadable:
            return await self._run(pipeline, [row], replay=True) > 0
        try:
            await self._dispatch(pipeline, row)
        except Exception as error:
            if is_away(error) or is_race(error):
                raise
            await self._run_once(pipeline, [row], replay=True, refused=error)
            return False
        return True

    async def _dispatch(self, strangers: Pipeline, row: RowMapping) -> None:
        """An unreadable record that a fix has made readable goes to every consumer that binds it."""
        delivery = dead_letters.delivery_of(row)
        _ = delivery.envelope
        for pipeline in self._intake.pipelines:
            await pipeline.process([delivery.replayed()])
        async with strangers.bench.works.database.writing() as connection:
            await dead_letters.mark(connection, [row["id"]], "replayed", strangers.clock())

    async def _run(self, pipeline: Pipeline, rows: Sequence[RowMapping], *, replay: bool = False) -> int:
        """Run them in one transaction; where the database refuses it, in halves, in order, down to the event that it
        refuses. Says how many could be run."""
        try:
            return await self._run_once(pipeline, rows, replay=replay)
        except Exception as error:
            if is_away(error) or is_race(error):
                raise
            if len(rows) == 1:
                return await self._run_once(pipeline, rows, replay=replay, refused=error)
            middle = len(rows) // 2
            helped = await self._run(pipeline, rows[:middle], replay=replay)
            return helped + await self._run(pipeline, rows[middle:], replay=replay)

    async def _run_once(
        self, pipeline: Pipeline, rows: Sequence[RowMapping], *, replay: bool, refused: Exception | None = None
    ) -> int:
        async def attempt() -> SecondRun:
            run = SecondRun(pipeline, rows, self._status, replay=replay, refused=refused)
            async with pipeline.bench.works.database.writing() as connection:
                await run.through(connection)
            return run

        run = await racing(attempt, partial(pipeline.numbers.retried, "race"))
        run.count()
        return len(run.done)

    def _status(self, row: RowMapping, error: Exception, now: datetime) -> str:
        waited = now - max(row["first_seen"], self._since)
        status = status_for(error)
        return "open" if row["status"] == "open" or (status == "waiting" and waited > WAITS) else status
