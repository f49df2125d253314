"""The servers that all variants of a run share, and what is fresh for each: a database, topics, a folder."""

import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from sqlalchemy.engine import make_url

from deploy.local.kafka import KafkaServer
from deploy.local.postgres import PostgresServer

PARTITIONS: Final = 12
# A reader of the write-ahead log is among the relays that are compared, and all of them shall bear what it needs.
_POSTGRES: Final = (
    "shared_buffers=512MB",
    "max_wal_size=8GB",
    "checkpoint_timeout=30min",
    "wal_level=logical",
    # When an effect was committed is asked of the database, whoever wrote it.
    "track_commit_timestamp=on",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One broker and one PostgreSQL (`fsync=on`), used by nobody else."""

    folder: Path
    bootstrap: str
    dsn: str

    @asynccontextmanager
    async def database(self, template: str = "template1") -> AsyncIterator[str]:
        """The `postgresql://` address of a database, empty or a copy of another, that is dropped afterwards."""
        name = f"bench_{secrets.token_hex(6)}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.dsn_of(name)
        finally:
            await self._execute(f"DROP DATABASE {name} WITH (FORCE)")
            # What one variant wrote is on disk before the next is timed.
            await self._execute("CHECKPOINT")

    @asynccontextmanager
    async def topic(self, partitions: int = PARTITIONS, **configs: str) -> AsyncIterator[str]:
        """The name of an empty topic that is deleted afterwards."""
        name = f"bench.{secrets.token_hex(6)}"
        configured = {key.replace("_", "."): value for key, value in configs.items()}
        admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
        await admin.start()
        try:
            await admin.create_topics([NewTopic(name, partitions, 1, topic_configs=configured)])
            yield name
            await admin.delete_topics([name])
        finally:
            await admin.close()

    def dsn_of(self, database: str) -> str:
        """The address of a database of this server."""
        return make_url(self.dsn).set(database=database).render_as_string(hide_password=False)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def set_up() -> Iterator[Stage]:
    """Servers in a temporary folder, gone at the end."""
    with (
        TemporaryDirectory(prefix="sunmao-bench-") as folder,
        KafkaServer(Path(folder) / "kafka", heap="1g") as kafka,
        PostgresServer(Path(folder) / "postgres", settings=_POSTGRES) as postgres,
    ):
        yield Stage(Path(folder), kafka.bootstrap, postgres.dsn())


def sqlalchemy_url(dsn: str) -> str:
    """The same address in SQLAlchemy's words."""
    return make_url(dsn).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)
