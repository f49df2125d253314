"""What a restore drill needs: a dump, the restored dump, the command, and views of both sides to compare."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient
from sqlalchemy.engine import make_url

from deploy.local.distributed import Services
from deploy.local.wheels import postgres_programs
from shared.contracts.topics import topics_of
from shared.kernel.work import Context
from shared.messaging.kafka import read_to_the_end
from shared.messaging.security import Brokers
from shared.persistence.database import Database
from shared.persistence.work import Works
from shared.web.service import installed_services
from tests.integration.operations.town import People, until
from tests.servers import Broker

SUNMAO: Final = [sys.executable, "-c", "from shared.operations.cli import main; main()"]
States = dict[str, bytes]


@dataclass
class Drill:
    """A running town of which one service, partnership, will lose an hour."""

    services: Services
    databases: Mapping[str, str]
    superuser: str
    folder: Path
    people: People
    broker: Broker

    async def dump_while_the_broker_is_away(self, change: Callable[[], Awaitable[None]]) -> datetime:
        """Change something that cannot be sent, and take a dump of partnership; when it began."""
        await asyncio.to_thread(self.broker.stop)
        await change()
        began = datetime.now(UTC)
        await self._postgres("pg_dump", "--format=custom", f"--file={self.folder}/dump", "--dbname", self._dsn)
        await asyncio.to_thread(self.broker.start)
        return began

    async def lose(self) -> None:
        """Kill partnership and put its database back to the dump, with a counter as a dump of single tables has it."""
        await asyncio.to_thread(self.services.kill_one, "partnership")
        await self._postgres("pg_restore", "--clean", "--if-exists", "--dbname", self._dsn, f"{self.folder}/dump")
        await self.rows("partnership", "SELECT setval('outbox_id_seq', 1, false)")

    async def restore(
        self, dumped_at: datetime, *more: str, service: str = "partnership", fault: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        """Run the command; `fault` is the point at which it is to die."""
        words = ["restore", service, "--dumped-at", dumped_at.isoformat(), *more]
        return await asyncio.to_thread(self._run, words, fault)

    async def restore_once_alone(self, dumped_at: datetime, *more: str) -> str:
        """Run it until the killed process is out of its group; what it then said."""
        said: list[str] = []

        async def done() -> bool:
            answer = await self.restore(dumped_at, *more)
            said.append(answer.stdout + answer.stderr)
            return answer.returncode == 0

        await until(done, 300)
        return said[-1]

    async def restore_every_service(self, dumped_at: datetime) -> list[str]:
        """Stop the whole town, and run the command on each of its services; what went wrong."""
        await asyncio.to_thread(self.services.stop)
        runs = [await self.restore(dumped_at, service=service) for service in self.databases]
        return [run.stderr for run in runs if run.returncode]

    async def lose_topic(self, topic: str) -> None:
        """Delete a topic."""
        admin = AIOKafkaAdminClient(bootstrap_servers=self._bootstrap)
        await admin.start()
        await admin.delete_topics([topic])
        await admin.close()

    async def restart(self) -> None:
        """Serve again."""
        await asyncio.to_thread(self.services.start_one, "partnership")
        await asyncio.to_thread(self.services.await_one, "partnership")

    async def rows(self, service: str, statement: str) -> list[tuple[Any, ...]]:
        """What a service's database says."""
        address = make_url(self.databases[service]).set(drivername="postgresql")
        connection = await asyncpg.connect(address.render_as_string(hide_password=False))
        try:
            return [tuple(row) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    async def told(self, service: str = "partnership") -> States:
        """What a fresh reader of the state topic knows of a service: the newest version of every key."""
        [topic] = [topic for topic in topics_of(service) if topic.flow == "state"]
        newest: dict[str, tuple[int, bytes | None]] = {}
        async for page in read_to_the_end(Brokers.open_to_all(self._bootstrap), [topic], None):
            for one in page:
                version = one.envelope.sequence
                if version >= newest.get(one.key, (0, None))[0]:
                    newest[one.key] = (version, one.payload)
        return {key: payload for key, (_, payload) in newest.items() if payload is not None}

    async def owned(self, service: str = "partnership") -> States:
        """What a service's own database would tell."""
        database, kind = Database(self.databases[service], pool_size=1), installed_services()[service].work
        states: States = {}
        context = Context(actor="test:per_1", now=datetime.now(UTC))
        async with Works(database, kind).open(context) as work:
            for shape in kind.mappings():
                told = [(thing.id, thing.state()) for thing in await work.repository(shape).where()]
                states |= {f"{shape.kind}/{id}": state.write() for id, state in told if state}
        await database.close()
        return states

    async def agrees(self, service: str = "partnership") -> bool:
        """Whether the topics and a service's database say the same."""
        return await self.told(service) == await self.owned(service)

    async def everybody_agrees(self) -> bool:
        """Whether that is so of every service."""
        return all([await self.agrees(service) for service in self.databases])

    async def sunmao(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of the command line."""
        return await asyncio.to_thread(self._run, words, "")

    async def _postgres(self, program: str, *words: str) -> None:
        command = [str(postgres_programs() / program), *words]
        done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def _run(self, words: Sequence[str], fault: str) -> "subprocess.CompletedProcess[str]":
        path = f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}"
        environ = {**os.environ, **self.services.words, "SUNMAO_FAULTS": fault, "PATH": path}
        return subprocess.run([*SUNMAO, *words], env=environ, capture_output=True, text=True, check=False)

    @property
    def _dsn(self) -> str:
        name = make_url(self.databases["partnership"]).database
        return make_url(self.superuser).set(database=name).render_as_string(hide_password=False)

    @property
    def _bootstrap(self) -> str:
        return self.services.words["SUNMAO_KAFKA_BOOTSTRAP"]


@asynccontextmanager
async def running(services: Services) -> AsyncIterator[None]:
    """The services, ready, until the block ends."""
    await asyncio.to_thread(services.start)
    try:
        yield
    finally:
        await asyncio.to_thread(services.stop)
