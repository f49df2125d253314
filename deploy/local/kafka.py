"""A real Apache Kafka (KRaft, one node) on 127.0.0.1 that keeps its records across crashes and restarts."""

import base64
import logging
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from deploy.local.errors import ServerUnavailable
from deploy.local.folders import made_whole
from deploy.local.jars import kafka_jars
from deploy.local.ports import free_ports, listens
from deploy.local.process import ServerProcess
from deploy.local.wheels import java

# What a Kafka of one node needs, wherever it runs.
ONE_NODE = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    # No topic by accident, and no waiting for members of a group that a test never sends.
    "auto.create.topics.enable": "false",
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    # A broker that comes back after a crash is taken in only when the session of its former self has run out.
    "broker.session.timeout.ms": "1500",
    "broker.heartbeat.interval.ms": "300",
    "log.cleaner.dedupe.buffer.size": "16777216",
}

PROPERTY_FILE = "server.properties"
_FAST_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
_LOG_WITH_TIME = (
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
    "-Dorg.slf4j.simpleLogger.log.org.apache.kafka.common.config=warn",
)


class KafkaServer:
    """A broker of its own in `folder`; `bootstrap` is where clients find it, also after a restart."""

    def __init__(
        self,
        folder: Path,
        heap: str = "512m",
        *,
        ports: tuple[int, int] | None = None,
        settings: Mapping[str, str] | None = None,
        cluster: str | None = None,
    ) -> None:
        """`heap` is the most memory Java takes for its objects, in Java's own words.

        A node of a larger cluster is told the cluster's id, its own `ports` (for clients, for controllers), and by
        `settings`, which go before those of a single node, who the others are; it answers once most of them run.
        """
        self._folder = folder.absolute()
        self._heap = heap
        self._settings = dict(settings or {})
        self._cluster = cluster or base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        self._port, self._controller_port = ports or free_ports(2)
        self._process = ServerProcess("Kafka", self._folder / "kafka.log")
        self.bootstrap = f"127.0.0.1:{self._port}"

    @property
    def running(self) -> bool:
        """Whether its process lives; whether it answers is `start`'s promise."""
        return self._process.running

    def start(self, within: float = 60) -> None:
        """Returns when the broker answers; formats its storage the first time only."""
        self._folder.mkdir(parents=True, exist_ok=True)
        java_and_jars: list[str | Path] = [java(), "-cp", ":".join(map(str, kafka_jars()))]
        if not (self._folder / "data").exists():
            with made_whole(self._folder / "data") as unfinished:
                self._format(java_and_jars, unfinished)
        self._write_settings("data")
        memory = ["-Xms128m", f"-Xmx{self._heap}"]
        command = [*java_and_jars, *memory, *_FAST_START, *_LOG_WITH_TIME, "kafka.Kafka", PROPERTY_FILE]
        self._process.start(command, self._folder)
        self._process.wait_until(lambda: listens(self._port) and answers(self.bootstrap), within)

    def stop(self) -> None:
        """Ends it in good order; nothing to do when it does not run."""
        self._process.stop()

    def kill(self) -> None:
        """Ends it as a crash does (SIGKILL); `start` brings it back with its records and its address."""
        self._process.kill()

    def freeze(self) -> None:
        """SIGSTOP; its sockets stay open and nobody answers on them until `thaw`."""
        self._process.freeze()

    def thaw(self) -> None:
        """SIGCONT."""
        self._process.thaw()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self.stop()

    def _write_settings(self, data: str) -> None:
        clients, controller = f"PLAINTEXT://127.0.0.1:{self._port}", f"127.0.0.1:{self._controller_port}"
        own = {
            "listeners": f"{clients},CONTROLLER://{controller}",
            "advertised.listeners": clients,
            "controller.quorum.voters": f"1@{controller}",
            # Named relative to the working folder: property files are read as Latin-1, and a path may hold any letter.
            "log.dirs": data,
        }
        lines = [f"{name}={value}\n" for name, value in {**ONE_NODE, **own, **self._settings}.items()]
        (self._folder / PROPERTY_FILE).write_text("".join(lines))

    def _format(self, java_and_jars: Sequence[str | Path], data: str) -> None:
        self._write_settings(data)
        tool = ["kafka.tools.StorageTool", "format", f"--cluster-id={self._cluster}", f"--config={PROPERTY_FILE}"]
        command = [*java_and_jars, *_FAST_START, *tool]
        done = subprocess.run(command, cwd=self._folder, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise ServerUnavailable(f"Kafka's storage in {self._folder} could not be formatted:\n{done.stderr[-2000:]}")


def answers(bootstrap: str) -> bool:
    """Whether a broker at this address answers a metadata request and knows itself as a member of its cluster."""
    # Only who starts a broker needs the client; importing this module does not.
    from confluent_kafka import KafkaException  # noqa: PLC0415
    from confluent_kafka.admin import AdminClient  # noqa: PLC0415

    # It is asked while it starts, so its refusals are expected and nobody's news.
    silent = logging.getLogger(f"{__name__}.answers")
    silent.setLevel(logging.CRITICAL + 1)
    client = AdminClient({"bootstrap.servers": bootstrap, "log_level": 0}, logger=silent)
    try:
        return bool(client.list_topics(timeout=2).brokers)
    except KafkaException:
        return False
