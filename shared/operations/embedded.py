"""The embedded edition: all services in one process, each on its own file, reading each other's outboxes as logs."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import structlog
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

from shared.contracts.topics import topic_of, topics_of
from shared.documents.object_store import FolderStore
from shared.identity.issuer import KeyFolder, LocalIssuer, application
from shared.identity.keys import RememberedKeys
from shared.identity.tokens import TokenVerifier
from shared.kernel.clock import Clock, system_clock
from shared.messaging import faults
from shared.messaging.clockwork import EVERY
from shared.messaging.log import Log, LogReader
from shared.messaging.pipeline import Pipeline
from shared.messaging.reading import Reading
from shared.observability.metrics import Metrics
from shared.observability.tracing import Tracing
from shared.operations.document_watching import watch_documents
from shared.operations.folder import Folder
from shared.operations.parts import Parts, build_parts, note_packs, tidy
from shared.operations.rereading import LogRereader
from shared.operations.retention import trim_log
from shared.operations.root import FrontDoor
from shared.operations.watching import keep_tallies, watch_loop, watch_room
from shared.persistence.database import Database
from shared.persistence.migrations import upgrade
from shared.web.attempts import DEFAULT_TRIES, TriesAllowed
from shared.web.documents.duties import background_of
from shared.web.health import Check
from shared.web.service import Service

log: Any = structlog.get_logger(__name__)

_TIDY_EVERY: Final = timedelta(hours=1).total_seconds()
_FORGET_EVERY: Final = 5.0


class Town:
    """All services of this machine in one process."""

    def __init__(
        self,
        services: Mapping[str, Service],
        folder: Folder,
        *,
        address: str,
        metrics: Metrics,
        tracing: Tracing,
        clock: Clock = system_clock,
        environment: str = "development",
        public_url: str | None = None,
        tries: TriesAllowed = DEFAULT_TRIES,
        rosters: Path | None = None,
        due_every: float = EVERY,
    ) -> None:
        keys = KeyFolder(folder.keys)
        issuer_url = f"{address}/identity"
        self.folder = folder
        self.metrics = metrics
        self.issuer = LocalIssuer(issuer_url, keys, environment=environment, clients=folder.clients)
        verifier = TokenVerifier(RememberedKeys(keys.fetch), issuer=issuer_url)
        self.parts: dict[str, Parts] = {
            name: build_parts(
                service,
                Database(folder.database_url(name)),
                FolderStore(folder.documents(name)),
                verifier,
                clock=clock,
                metrics=metrics,
                tracing=tracing,
                tries=tries,
                address=f"{public_url or address}/{name}",
                rosters=rosters or folder.rosters,
                due_every=due_every,
            )
            for name, service in services.items()
        }
        self.readings = self._connected()
        self.app = Starlette(routes=self._routes(), lifespan=self._lifespan)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Migrate, then keep everything going until the block ends; then finish what is at hand and close."""
        for parts in self.parts.values():
            await upgrade(
                parts.runtime.database, parts.service.folder / "migrations", parts.service.metadata, stepped=_stepped
            )
            await note_packs(parts.service, parts.runtime.database, at=parts.runtime.clock())
        tasks = [asyncio.create_task(work) for work in self._work()]
        try:
            yield
        finally:
            await self._stop(tasks)

    def say_stopping(self) -> None:
        """From now on no service is ready, and streams come to their end."""
        for parts in self.parts.values():
            parts.health.stopping = True

    def _work(self) -> list[Coroutine[Any, Any, None]]:
        work = [reading.run() for reading in self.readings]
        for parts in self.parts.values():
            work += [parts.clockwork.run(), parts.chances.run(), keep_tallies(parts.service, parts.runtime)]
            work += [_coroutine(background, parts) for background in background_of(parts.service)]
            if parts.service.documented:
                work.append(watch_documents(parts.runtime, parts.health))
        process = self.metrics.process("sunmao")
        return [
            *work,
            self._keep_tidy(),
            self._keep_forgetting(),
            watch_loop(process),
            watch_room(self.folder.path, process),
        ]

    async def _stop(self, tasks: list["asyncio.Task[None]"]) -> None:
        self.say_stopping()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        faults.reach("process.stopping")
        for parts in self.parts.values():
            await parts.runtime.database.close()

    async def _keep_tidy(self) -> None:
        while True:
            await asyncio.sleep(_TIDY_EVERY)
            for parts in self.parts.values():
                try:
                    await tidy(parts)
                    await trim_log(parts, self.readers)
                except Exception:
                    # What was not tidied now is tidied in an hour.
                    log.exception("tidying failed", service=parts.service.name)

    async def _keep_forgetting(self) -> None:
        """What was erased while somebody read goes from the logs also if nobody writes any more."""
        while True:
            await asyncio.sleep(_FORGET_EVERY)
            for parts in self.parts.values():
                try:
                    await parts.runtime.database.finish_forgetting()
                except Exception:
                    log.exception("what was erased may stand in the log", service=parts.service.name)

    @property
    def readers(self) -> list[LogReader]:
        """All readers of all consumers."""
        return [reader for reading in self.readings for reader in reading.readers]

    def _connected(self) -> list[Reading]:
        """That through which the services hear of each other; their health, and operators, know of it."""
        databases = {name: parts.runtime.database for name, parts in self.parts.items()}
        logs = {name: Log(database) for name, database in databases.items()}
        readings: list[Reading] = []
        for parts in self.parts.values():
            parts.open_desk(LogRereader(databases))
            own = [Reading(pipeline, self._readers(pipeline, logs)) for pipeline in parts.intake.pipelines]
            parts.health.told["logs"] = _read_well([reader for reading in own for reader in reading.readers])
            readings += own
        return readings

    def _readers(self, pipeline: Pipeline, logs: Mapping[str, Log]) -> list[LogReader]:
        """One reader for each service whose topics a consumer reads."""
        return [LogReader(pipeline, source, logs[source], topics) for source, topics in self._sources(pipeline).items()]

    def _sources(self, pipeline: Pipeline) -> dict[str, frozenset[str]]:
        sources: dict[str, set[str]] = {}
        for body in pipeline.consumer.bodies:
            sources.setdefault(body.wire.service, set()).add(topic_of(body.wire))
        if pipeline.consumer.raw_reaction is not None:
            for name in self.parts:
                sources.setdefault(name, set()).add(next(t.name for t in topics_of(name) if t.flow == "events"))
        return {name: frozenset(topics) for name, topics in sources.items() if name in self.parts}

    def _routes(self) -> list[BaseRoute]:
        mounts: list[BaseRoute] = [Mount(f"/{name}", parts.app) for name, parts in self.parts.items()]
        door = FrontDoor(self.parts, self.metrics, self.folder, self.issuer)
        return [*mounts, Mount("/identity", application(self.issuer)), *door.routes()]

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        with self.folder.owned():
            async with self.running():
                yield


def _read_well(readers: Sequence[LogReader]) -> Check:
    async def unread() -> str | None:
        stuck = [f"{r.pipeline.consumer.name} that of {r.source}" for r in readers if not r.healthy]
        return f"logs cannot be read: {', '.join(stuck)}" if stuck else None

    return unread


def _stepped() -> None:
    faults.reach("migration.stepped")


async def _coroutine(background: Any, parts: Parts) -> None:
    await background(parts.runtime)
