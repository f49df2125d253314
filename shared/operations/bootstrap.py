"""Filling projections that were never filled, before the service follows its topics and says that it is ready."""

import asyncio
from typing import Any, Final

import structlog
from sqlalchemy import select

from shared.messaging.obstacles import Why, named
from shared.messaging.pipeline import Pipeline
from shared.operations.parts import Parts
from shared.operations.rereading import Rereader, fill_projections
from shared.persistence import sets
from shared.persistence.spine import BootstrapRow, table_of

log: Any = structlog.get_logger(__name__)

BOOTSTRAP: Final = table_of(BootstrapRow)
_PAUSE: Final = 2.0


class Bootstrap:
    """Brings the projections of one service up to date once."""

    def __init__(self, parts: Parts, rereader: Rereader, why: Why = named) -> None:
        self.trouble: str | None = None
        self._parts = parts
        self._why = why
        self._rereader = rereader
        self._pending = {p.consumer.name: p for p in parts.intake.pipelines if p.consumer.projections}

    async def ready(self) -> str | None:
        """None once every projection has seen every state topic to its end."""
        waiting = ", ".join(sorted(self._pending))
        return f"still reading the state topics for {waiting}" if waiting else None

    async def run(self) -> None:
        """Fill what was never filled; try again while the broker or the database is away, or whatever else it is."""
        while self._pending:
            try:
                for pipeline in list(self._pending.values()):
                    await self._fill_once(pipeline)
            except Exception as error:  # noqa: BLE001
                # A service that gave up here would never follow its topics, and nobody would start it again.
                await self._say(error)
                await asyncio.sleep(_PAUSE)
        self.trouble = None

    async def _say(self, error: Exception) -> None:
        """Log what is wrong, once for as long as it stays the same."""
        trouble = await self._why(error)
        if trouble != self.trouble:
            log.warning("the projections cannot be filled", error=type(error).__name__, reason=trouble)
        self.trouble = trouble

    async def _fill_once(self, pipeline: Pipeline) -> None:
        name = pipeline.consumer.name
        if not await self._is_filled(name):
            await fill_projections(pipeline, self._rereader)
            row = {"consumer": name, "completed_at": pipeline.clock()}
            async with self._parts.runtime.database.writing() as connection:
                await sets.upsert(connection, BOOTSTRAP, [row])
        del self._pending[name]
        self._parts.runtime.metrics.bootstrapped(self._parts.service.name, name, True)

    async def _is_filled(self, consumer: str) -> bool:
        async with self._parts.runtime.database.reading() as connection:
            statement = select(BOOTSTRAP.c.consumer).where(BOOTSTRAP.c.consumer == consumer)
            return (await connection.execute(statement)).first() is not None
