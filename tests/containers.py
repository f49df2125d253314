"""The same servers from public images, for a machine that has a container engine instead of the wheels."""

import gc
import secrets
import time
import warnings
from abc import ABC, abstractmethod
from typing import Self

from docker.errors import DockerException  # type: ignore[import-untyped]
from testcontainers.core.container import DockerContainer

from deploy.local.errors import ServerUnavailable
from deploy.local.kafka import ONE_NODE, answers
from deploy.local.ports import free_ports

KAFKA_IMAGE = "apache/kafka:4.3.1"
POSTGRES_IMAGE = "postgres:18.6"
SECONDS_TO_START = 120.0

# As the wheels' server in tests: commits survive the server's crash, not the machine's.
POSTGRES_COMMAND = "postgres -c max_connections=200 -c timezone=UTC -c jit=off -c fsync=off -c full_page_writes=off"


class _Container(ABC):
    """One container on an engine of this machine, with a port that stays the same when it is started again."""

    def __init__(self, image: str, inner_port: int, command: str | None = None) -> None:
        self._image = image
        self._command = command
        self._inner_port = inner_port
        (self._port,) = free_ports(1)
        self._container: DockerContainer | None = None

    def start(self) -> None:
        """Makes the container, or starts the same one again; returns when the server in it answers."""
        with warnings.catch_warnings():
            # Docker's client forgets its socket when no engine answers.
            warnings.simplefilter("ignore", ResourceWarning)
            reason = self._reason_not_to_run()
            gc.collect()
        if reason:
            raise ServerUnavailable(f"{self._image} did not run: {reason}. Is a container engine started?")
        self._wait()

    def stop(self) -> None:
        """Ends the server in good order and keeps its data."""
        if self._container:
            self._container.get_wrapped_container().stop(timeout=30)

    def kill(self) -> None:
        """Ends the server as a crash does (SIGKILL) and keeps its data."""
        if self._container:
            self._container.get_wrapped_container().kill(signal="SIGKILL")
            self._container.get_wrapped_container().wait()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_how: object) -> None:
        if self._container:
            self._container.stop()

    def _reason_not_to_run(self) -> str:
        try:
            if self._container:
                self._container.get_wrapped_container().start()
            else:
                container = DockerContainer(self._image, command=self._command, env=self._environment())
                self._container = container.with_bind_ports(self._inner_port, self._port)
                self._container.start()
        except DockerException as failure:
            return str(failure)
        return ""

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while self._ended() or not self._ready():
            if self._ended() or time.monotonic() > deadline:
                raise ServerUnavailable(f"{self._image} did not answer. The end of its log:\n{self._end_of_log()}")
            time.sleep(0.1)

    def _ended(self) -> bool:
        if self._container is None:
            return True
        self._container.get_wrapped_container().reload()
        return bool(self._container.get_wrapped_container().status == "exited")

    def _end_of_log(self) -> str:
        log = self._container.get_wrapped_container().logs(tail=30) if self._container else b""
        return log.decode(errors="replace")

    @abstractmethod
    def _environment(self) -> dict[str, str]: ...

    @abstractmethod
    def _ready(self) -> bool: ...


class KafkaContainer(_Container):
    """Apache Kafka (KRaft, one node) from its public image."""

    def __init__(self) -> None:
        super().__init__(KAFKA_IMAGE, 9092)
        self.bootstrap = f"127.0.0.1:{self._port}"

    def _environment(self) -> dict[str, str]:
        # A broker writes the end of a transaction by calling itself, and in there the outer port leads nowhere.
        addresses = {
            "listeners": "OUTSIDE://:9092,CONTROLLER://:9093,INSIDE://localhost:9094",
            "advertised.listeners": f"OUTSIDE://{self.bootstrap},INSIDE://localhost:9094",
            "listener.security.protocol.map": "OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT",
            "inter.broker.listener.name": "INSIDE",
            "controller.quorum.voters": "1@localhost:9093",
            "heap.opts": "-Xms128m -Xmx512m",
        }
        settings = {**ONE_NODE, **addresses}
        return {f"KAFKA_{name.upper().replace('.', '_')}": value for name, value in settings.items()}

    def _ready(self) -> bool:
        return answers(self.bootstrap)


class PostgresContainer(_Container):
    """PostgreSQL from its public image."""

    def __init__(self) -> None:
        super().__init__(POSTGRES_IMAGE, 5432, POSTGRES_COMMAND)
        self._password = secrets.token_urlsafe(24)

    def dsn(self, database: str = "postgres") -> str:
        """The superuser's `postgresql://` URL."""
        return f"postgresql://postgres:{self._password}@127.0.0.1:{self._port}/{database}"

    def _environment(self) -> dict[str, str]:
        sorting = "--locale-provider=builtin --builtin-locale=C.UTF-8"
        return {"POSTGRES_PASSWORD": self._password, "POSTGRES_INITDB_ARGS": sorting}

    def _ready(self) -> bool:
        # Over TCP, since while the image prepares itself a server without TCP runs in it for a moment.
        question = ["pg_isready", "-q", "-h", "127.0.0.1"]
        return self._container is not None and self._container.exec(question).exit_code == 0
