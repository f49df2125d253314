"""The two servers that the distributed edition stands on, in one folder."""

from contextlib import ExitStack
from pathlib import Path
from typing import Self

from deploy.local.kafka import KafkaServer
from deploy.local.postgres import PostgresServer


class Servers:
    """One Kafka and one PostgreSQL that start and stop together and keep their data in `folder`."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.kafka = KafkaServer(folder / "kafka")
        self.postgres = PostgresServer(folder / "postgres", durable=durable)

    @property
    def running(self) -> bool:
        """Whether both live."""
        return self.kafka.running and self.postgres.running

    def start(self) -> None:
        """Returns when both answer; if one cannot be had, the other does not stay behind."""
        with ExitStack() as undo:
            for server in (self.postgres, self.kafka):
                undo.enter_context(server)
            undo.pop_all()

    def stop(self) -> None:
        """Ends both in good order."""
        with ExitStack() as both:
            both.callback(self.postgres.stop)
            both.callback(self.kafka.stop)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self.stop()
