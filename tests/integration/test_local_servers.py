"""The launcher of real servers keeps its promises: data survives a crash, roles keep apart, nothing stays behind."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.postgres import PostgresServer
from tests.servers import Broker, Database

RECORDS = [f"record {number}".encode() for number in range(100)]


@asynccontextmanager
async def connected(url: str, password: str | None = None) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""), password=password)
    try:
        yield connection
    finally:
        await connection.close()


async def produce(bootstrap: str, topic: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topic, num_partitions=1, replication_factor=1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True) as producer:
        for record in RECORDS:
            await producer.send(topic, record)


async def consume(bootstrap: str, topic: str) -> list[bytes | None]:
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap, auto_offset_reset="earliest") as consumer:
        consumer.assign([TopicPartition(topic, 0)])
        async with asyncio.timeout(30):
            return [(await consumer.getone()).value for _ in RECORDS]


async def test_what_was_produced_is_consumed(kafka_server: str) -> None:
    await produce(kafka_server, "local-servers")

    assert await consume(kafka_server, "local-servers") == RECORDS


async def test_a_broker_that_was_killed_comes_back_with_its_records(own_kafka: Broker) -> None:
    await produce(own_kafka.bootstrap, "before-the-crash")

    own_kafka.kill()
    own_kafka.start()

    assert await consume(own_kafka.bootstrap, "before-the-crash") == RECORDS


async def test_a_database_that_was_killed_comes_back_with_its_commits(own_postgres: Database) -> None:
    async with connected(own_postgres.dsn()) as connection:
        await connection.execute("CREATE TABLE needs AS SELECT generate_series(1, 100) AS id")
        own_postgres.kill()
        own_postgres.start()

    async with connected(own_postgres.dsn()) as connection:
        assert await connection.fetchval("SELECT count(*) FROM needs") == 100


@pytest.fixture(scope="module")
def two_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    with PostgresServer(tmp_path_factory.mktemp("two-services"), durable=False) as server:
        server.create_database("training", "training", "a pass/word'")
        server.create_database("talent", "talent", "another")
        yield server


async def test_a_role_owns_its_database(two_services: PostgresServer) -> None:
    async with connected(two_services.dsn("training", "training")) as connection:
        await connection.execute("CREATE TABLE bases (id int)")

        assert await connection.fetchval("SELECT current_user") == "training"


@pytest.mark.parametrize("database", ["talent", "postgres", "template1"])
async def test_a_role_may_not_enter_a_database_of_others(two_services: PostgresServer, database: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="CONNECT privilege"):
        async with connected(two_services.dsn(database, "training")):
            pass


async def test_a_wrong_password_is_refused(two_services: PostgresServer) -> None:
    with pytest.raises(asyncpg.InvalidPasswordError):
        async with connected(two_services.dsn("training", "training"), password="wrong"):
            pass


async def test_a_database_made_again_keeps_its_rows_and_takes_the_new_password(two_services: PostgresServer) -> None:
    async with connected(two_services.dsn("training", "training")) as connection:
        await connection.execute("CREATE TABLE seats AS SELECT 1 AS id")

    url = two_services.create_database("training", "training", "renewed")

    async with connected(url) as connection:
        assert await connection.fetchval("SELECT id FROM seats") == 1


async def test_a_fresh_database_is_empty(fresh_database: str) -> None:
    async with connected(fresh_database) as connection:
        tables = await connection.fetch("SELECT 1 FROM pg_tables WHERE schemaname = 'public'")

    assert fresh_database.startswith("postgresql+asyncpg://")
    assert tables == []


@contextmanager
def launcher(folder: Path) -> Iterator[tuple[psutil.Process, list[psutil.Process]]]:
    """`python -m deploy.local` with everything it started, once both addresses are printed."""
    command = [sys.executable, "-m", "deploy.local", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as started:
        try:
            assert started.stdout is not None
            names = [started.stdout.readline().partition("=")[0] for _ in range(2)]
            assert names == ["SUNMAO_KAFKA_BOOTSTRAP", "SUNMAO_POSTGRES_URL"]
            process = psutil.Process(started.pid)
            yield process, process.children(recursive=True)
        finally:
            started.kill()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_running_after_the_launcher(tmp_path: Path, end: signal.Signals) -> None:
    with launcher(tmp_path) as (process, servers):
        os.kill(process.pid, end)

        _ended, left = psutil.wait_procs([process, *servers], timeout=30)

        assert len(servers) > 4
        assert left == []


def test_a_server_ends_even_when_only_its_supervisor_is_killed(tmp_path: Path) -> None:
    with launcher(tmp_path) as (process, servers):
        for supervisor in process.children():
            supervisor.kill()

        _ended, left = psutil.wait_procs(servers, timeout=30)

        assert left == []
