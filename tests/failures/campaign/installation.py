"""What the campaign runs against: an installation of one edition that can be hurt, healed and looked into."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol


class Fault(Protocol):
    """One way to hurt an installation."""

    @property
    def kind(self) -> str:
        """What the report calls it: "kill service", "cut network", "fault point relay.sent"."""

    @property
    def kills(self) -> bool:
        """Whether a process dies by SIGKILL."""

    async def strike(self, dice: random.Random) -> str:
        """Do it and undo it (resume, heal the link, start again what died); who was hit, for the log.

        The victim need not be ready again when this returns.
        """


class Installation(Protocol):
    """One edition, its databases and brokers included, as processes that end with this one.

    `databases` and `bootstrap` lead straight to the servers, never through what a fault may cut.
    """

    @property
    def folder(self) -> Path:
        """Where its processes write their logs."""

    @property
    def edition(self) -> str:
        """`distributed` or `embedded`."""

    @property
    def replicas(self) -> Mapping[str, Sequence[str]]:
        """The base URLs of each service's replicas."""

    @property
    def issuer(self) -> str:
        """The base URL of the local issuer."""

    @property
    def databases(self) -> Mapping[str, str]:
        """SQLAlchemy addresses by service."""

    @property
    def bootstrap(self) -> str | None:
        """Where Kafka is found; None in the embedded edition."""

    @property
    def faults(self) -> Sequence[Fault]:
        """Every fault that can be had here."""

    async def start(self) -> None:
        """Returns when everything is ready."""

    async def heal(self) -> None:
        """Every link whole, every clock right, every process running and ready; harmless when it is so already."""

    async def stop(self, *, keep: bool = False) -> None:
        """Ends everything and leaves no process behind; `keep` leaves what lay on a small disk in its folder."""
