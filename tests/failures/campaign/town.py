"""The distributed edition as a campaign hurts it: every service twice, each replica on wires of its own."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import asyncpg
from sqlalchemy.engine import make_url

from deploy.local.distributed import databases_of
from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from shared.operations.addresses import PORTS
from tests.failures.campaign.cluster import Cluster
from tests.failures.campaign.disk import Disk
from tests.failures.campaign.faults import town_faults
from tests.failures.campaign.installation import Fault
from tests.failures.campaign.proxy import Proxy
from tests.failures.campaign.replica import SUNMAO, Replica, keep, run_job, until_ready

_ROOT: Final = Path(__file__).parents[3]
_GIB: Final = 1024**3
_SIDES: Final = ("a", "b")
_MOST_PORTS: Final = 100
_READY_SECONDS: Final = 240
_POSTGRES: Final = ("max_connections=300", "shared_buffers=256MB", "max_wal_size=512MB", "log_min_messages=fatal")


class Town:
    """Kafka, PostgreSQL on a disk of its own, the issuer, and eight processes; started and stopped once.

    `command` starts a service's process, to which `serve <service>` is added. What ends by itself is started again,
    as any cluster does, and counted in `ended`.
    """

    edition = "distributed"

    def __init__(
        self, folder: Path, *, brokers: int = 1, command: Sequence[str] = SUNMAO, database_bytes: int = 8 * _GIB
    ) -> None:
        self.folder = folder.absolute()
        self.disk = Disk(self.folder / "postgres", database_bytes)
        self.postgres = PostgresServer(self.disk.folder, settings=_POSTGRES)
        self.names = [f"{service}-{side}" for service in PORTS for side in _SIDES]
        self._free = iter(free_ports(_MOST_PORTS))
        doors = [_door(name) for name in self.names]
        self.cluster = Cluster(self.folder / "kafka", brokers, self._free, doors)
        self.bootstrap: str = self.cluster.bootstrap
        self.ended: Counter[str] = Counter()
        self.databases: dict[str, str] = {}
        self.members: list[Replica] = []
        self.jobs: dict[str, str] = {}
        self._command = command
        self._ports = {name: next(self._free) for name in [*self.names, "identity"]}
        self.issuer = self._url("identity")
        self.replicas: Mapping[str, Sequence[str]] = {
            service: [self._url(f"{service}-{side}") for side in _SIDES] for service in PORTS
        }
        self.faults: Sequence[Fault] = ()
        self.not_run: Sequence[str] = ()
        self._issuer: Replica | None = None
        self._keeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Servers, databases, topics, wires, processes; whatever was begun is undone where something fails."""
        try:
            await self._start()
        except BaseException:
            await self.stop()
            raise

    async def heal(self) -> None:
        """Every wire whole, every clock right, room on the disk, everything running and ready."""
        await self.disk.empty()
        for member in self.members:
            member.thaw()
            member.clock.unlink(missing_ok=True)
            for wire in member.wires:
                await wire.become("whole")
        await asyncio.gather(self.revive_postgres(), self.cluster.heal())
        for member in self.members:
            if not member.running:
                member.start()
            member.expected = True
        await until_ready(self.members, _READY_SECONDS)

    async def stop(self, *, keep: bool = False) -> None:
        """SIGKILL for all of them: what is to be kept was looked at before, unless `keep` says otherwise."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        everybody = [*self.members, *([self._issuer] if self._issuer else [])]
        await asyncio.gather(*(one.kill() for one in everybody))
        await asyncio.gather(*(wire.stop() for member in self.members for wire in member.wires))
        await asyncio.gather(self.cluster.stop(), asyncio.to_thread(self.postgres.kill))
        await asyncio.to_thread(self.disk.unmount, keep=keep)

    async def revive_postgres(self) -> None:
        """Start PostgreSQL if it does not run."""
        if not self.postgres.running:
            await asyncio.to_thread(self.postgres.start)

    def sibling(self, member: Replica) -> Replica:
        """The other replica of the same service."""
        return next(one for one in self.members if one.service == member.service and one is not member)

    @contextlib.asynccontextmanager
    async def superuser(self, database: str = "postgres") -> AsyncIterator[asyncpg.Connection]:
        """A connection that may do everything, straight to the server."""
        connection = await asyncpg.connect(self.postgres.dsn(database), timeout=10)
        try:
            yield connection
        finally:
            connection.terminate()

    async def run(self, *words: str, environ: Mapping[str, str] | None = None) -> tuple[int, str]:
        """One job of the command line, with straight ways to the servers: its exit code and what it said."""
        return await run_job(_ROOT, words, {**self.jobs, **(environ or {})})

    async def _start(self) -> None:
        self.disk.mount()
        await asyncio.gather(asyncio.to_thread(self.postgres.start), self.cluster.start())
        self.databases = await asyncio.to_thread(databases_of, self.postgres)
        self.jobs = self._words(self.databases, self.bootstrap)
        copies = str(self.cluster.size)
        await asyncio.gather(
            self._prepare("topics", "--replication", copies), *(self._prepare("migrate", name) for name in PORTS)
        )
        own = self._own("identity", self.jobs)
        self._issuer = Replica("identity", "identity", self.issuer, self.folder, [*SUNMAO, "serve", "identity"], own)
        self._issuer.start()
        self.members = [self._member(service, side) for service in PORTS for side in _SIDES]
        await asyncio.gather(*(wire.start() for member in self.members for wire in member.wires))
        for member in self.members:
            member.start()
        await until_ready([self._issuer, *self.members], _READY_SECONDS)
        self.faults, self.not_run = town_faults(self)
        self._keeper = asyncio.create_task(keep(self.members, self.ended))

    async def _prepare(self, *words: str) -> None:
        code, said = await self.run(*words)
        if code:
            raise RuntimeError(f"`sunmao {' '.join(words)}` failed: {said[-2000:]}")

    def _member(self, service: str, side: str) -> Replica:
        name = f"{service}-{side}"
        door = self.cluster.doors[_door(name)]
        straight = make_url(self.databases[service])
        assert straight.port is not None
        database = Proxy(next(self._free), straight.port)
        brokers = [Proxy(shown, port) for shown, port in zip(door.shown, door.ports, strict=True)]
        through = straight.set(port=database.listen).render_as_string(hide_password=False)
        words = self._words({service: through}, ",".join(f"127.0.0.1:{shown}" for shown in door.shown))
        own = self._own(name, words) | {"SUNMAO_KAFKA_INSTANCE": name}
        command = [*self._command, "serve", service]
        return Replica(name, service, self._url(name), self.folder, command, own, database, brokers)

    def _own(self, name: str, words: Mapping[str, str]) -> dict[str, str]:
        return {**words, "SUNMAO_PORT": str(self._ports[name]), "PYTHONPATH": str(_ROOT)}

    def _words(self, databases: Mapping[str, str], bootstrap: str) -> dict[str, str]:
        return {
            "SUNMAO_EDITION": "distributed",
            "SUNMAO_ENVIRONMENT": "test",
            "SUNMAO_HOME": str(self.folder),
            "SUNMAO_TRACE_RATIO": "0.1",
            "SUNMAO_KAFKA_BOOTSTRAP": bootstrap,
            "SUNMAO_ISSUER_URL": self.issuer,
            **{f"SUNMAO_{name.upper()}_DATABASE_URL": url for name, url in databases.items()},
        }

    def _url(self, name: str) -> str:
        return f"http://127.0.0.1:{self._ports[name]}"


def _door(name: str) -> str:
    """A replica's name as that of a listener."""
    return name.upper().replace("-", "_")
