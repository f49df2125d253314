"""Debezium's outbox router in a Kafka Connect worker of its own, set for throughput, with the JVM warm.

The worker has Kafka Connect's own defaults for heap and garbage collector. What is read of the write-ahead log is
written to the topic; the table is never read and nothing in it is marked.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import asyncpg
import httpx
import psutil
from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy.engine import make_url

from deploy.local.ports import free_ports
from deploy.local.process import ServerProcess
from deploy.local.wheels import java
from tests.benchmarks.apart import peak_megabytes
from tests.benchmarks.events import Made, made
from tests.benchmarks.outbox import pairs_of
from tests.benchmarks.stage import PARTITIONS
from tests.benchmarks.yardsticks.debezium_jars import debezium_jars

_JAVA: Final = (
    *("-Xms256M", "-Xmx2G", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20", "-XX:InitiatingHeapOccupancyPercent=35"),
    *("-XX:+ExplicitGCInvokesConcurrent", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
)
_MAIN: Final = "org.apache.kafka.connect.cli.ConnectStandalone"
_WORKER: Final = """
bootstrap.servers={bootstrap}
key.converter=org.apache.kafka.connect.storage.StringConverter
value.converter=org.apache.kafka.connect.storage.StringConverter
header.converter=org.apache.kafka.connect.storage.StringConverter
offset.storage.file.filename=offsets.dat
plugin.discovery=service_load
listeners=http://127.0.0.1:{port}
connector.client.config.override.policy=All
"""
_THROUGHPUT: Final = {
    "extended.headers.enabled": "false",
    "max.batch.size": "4096",
    "max.queue.size": "16384",
    "poll.interval.ms": "10",
    "producer.override.linger.ms": "5",
    "producer.override.batch.size": "262144",
    "producer.override.enable.idempotence": "true",
    "producer.override.max.in.flight.requests.per.connection": "5",
    "producer.override.acks": "all",
}
_TABLE: Final = """
CREATE TABLE routed (id uuid PRIMARY KEY, aggregatetype text NOT NULL, aggregateid text NOT NULL, type text NOT NULL,
                     payload text NOT NULL, {headers});
CREATE PUBLICATION routed FOR TABLE routed WITH (publish = 'insert')
"""
_CONNECTOR: Final = "outbox"
_PAGE: Final = 1000
_WITHIN: Final = 120.0


class Debezium:
    """A worker whose connector follows the table `routed` of one database."""

    def __init__(self, dsn: str, bootstrap: str, process: psutil.Process, client: httpx.AsyncClient) -> None:
        self._dsn = dsn
        self._bootstrap = bootstrap
        self._process = process
        self._client = client

    @property
    def cpu_seconds(self) -> float:
        """What the JVM has used so far."""
        times = self._process.cpu_times()
        return times.user + times.system

    @property
    def megabytes(self) -> float:
        """The JVM's greatest resident memory so far."""
        return peak_megabytes(self._process.pid)

    async def follow(self) -> None:
        """Make the table and the connector, and return when it reads."""
        await self._execute(_TABLE.format(headers=", ".join(f"{column} text NOT NULL" for column in _columns())))
        answer = await self._client.post("/connectors", json={"name": _CONNECTOR, "config": self._config()})
        answer.raise_for_status()
        await self._until_active(True)

    async def pause(self) -> None:
        """Stop reading; what is inserted from now on is a backlog."""
        (await self._client.put(f"/connectors/{_CONNECTOR}/stop")).raise_for_status()
        await self._until_active(False)

    async def resume(self) -> None:
        """Read again; returns at once."""
        (await self._client.put(f"/connectors/{_CONNECTOR}/resume")).raise_for_status()

    async def leave(self) -> None:
        """Take the connector and its slot away, so that the database can be dropped."""
        (await self._client.delete(f"/connectors/{_CONNECTOR}")).raise_for_status()
        await self._until_active(False)
        await self._execute(f"SELECT pg_drop_replication_slot('{_CONNECTOR}')")

    async def insert(self, topic: str, records: Sequence[Made]) -> None:
        """The rows as a service would write them, a page in each transaction."""
        columns = ("id", "aggregatetype", "aggregateid", "type", "payload", *_columns())
        rows = [_row(topic, record) for record in records]
        connection = await asyncpg.connect(self._dsn)
        try:
            for start in range(0, len(rows), _PAGE):
                await connection.copy_records_to_table("routed", records=rows[start : start + _PAGE], columns=columns)
        finally:
            await connection.close()

    async def until_arrived(self, topic: str, count: int) -> None:
        """Wait until so many records are on the topic."""
        consumer = AIOKafkaConsumer(bootstrap_servers=self._bootstrap)
        await consumer.start()
        places = [TopicPartition(topic, number) for number in range(PARTITIONS)]
        try:
            async with asyncio.timeout(_WITHIN):
                # Neither Kafka nor PostgreSQL tells: both have to be asked.
                while sum((await consumer.end_offsets(places)).values()) < count:  # noqa: ASYNC110
                    await asyncio.sleep(0.02)
        finally:
            await consumer.stop()

    async def _until_active(self, wanted: bool) -> None:
        connection = await asyncpg.connect(self._dsn)
        asked = f"SELECT active FROM pg_replication_slots WHERE slot_name = '{_CONNECTOR}'"  # noqa: S608
        try:
            async with asyncio.timeout(_WITHIN):
                while bool(await connection.fetchval(asked)) != wanted:  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        finally:
            await connection.close()

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._dsn)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def _config(self) -> dict[str, Any]:
        url = make_url(self._dsn)
        placed = ",".join(f"{column}:header:{name}" for column, name in _columns().items())
        return {
            "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
            "tasks.max": "1",
            "plugin.name": "pgoutput",
            "database.hostname": url.host,
            "database.port": str(url.port),
            "database.user": url.username,
            "database.password": url.password,
            "database.dbname": url.database,
            "topic.prefix": _CONNECTOR,
            "slot.name": _CONNECTOR,
            "publication.name": "routed",
            "publication.autocreate.mode": "disabled",
            "table.include.list": "public.routed",
            "snapshot.mode": "no_data",
            "tombstones.on.delete": "false",
            "transforms": "outbox",
            "transforms.outbox.type": "io.debezium.transforms.outbox.EventRouter",
            "transforms.outbox.route.topic.replacement": "${routedByValue}",
            "transforms.outbox.table.fields.additional.placement": placed,
            **_THROUGHPUT,
        }


@asynccontextmanager
async def debezium(dsn: str, bootstrap: str) -> AsyncIterator[Debezium]:
    """A worker that reads; gone afterwards, its slot too."""
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    with TemporaryDirectory(prefix="sunmao-debezium-") as name:
        folder = Path(name)
        (folder / "worker.properties").write_text(_WORKER.format(bootstrap=bootstrap, port=port))
        jars = ":".join(map(str, await asyncio.to_thread(debezium_jars)))
        server = ServerProcess("Debezium", folder / "connect.log")
        server.start([java(), *_JAVA, "-cp", jars, _MAIN, "worker.properties"], folder)
        try:
            await asyncio.to_thread(server.wait_until, lambda: _answers(url), _WITHIN)
            async with httpx.AsyncClient(base_url=url, timeout=60) as client:
                worker = Debezium(dsn, bootstrap, _jvm(), client)
                await worker.follow()
                yield worker
                await worker.leave()
        finally:
            await asyncio.to_thread(server.stop)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/connectors", timeout=1).is_success
    except httpx.TransportError:
        return False


def _jvm() -> psutil.Process:
    started = psutil.Process().children(recursive=True)
    return next(process for process in started if _MAIN in process.cmdline() and "java" in process.name())


def _columns() -> dict[str, str]:
    """Each header's name by that of its column."""
    return {name.replace("-", "_"): name for name, _ in pairs_of(made(1)[0])}


def _row(topic: str, record: Made) -> tuple[Any, ...]:
    values = {name: value.decode() for name, value in pairs_of(record)}
    return (record.id, topic, record.key, values["ce_type"], record.payload.decode(), *values.values())
