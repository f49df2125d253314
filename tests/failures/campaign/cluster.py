"""Brokers that die one at a time: one, or three that keep every record twice before they confirm it."""

import asyncio
import base64
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deploy.local.kafka import KafkaServer

_HEAP: Final = "512m"
_START_SECONDS: Final = 120
_COPIES: Final = {
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "share.coordinator.state.topic.replication.factor": "3",
    "share.coordinator.state.topic.min.isr": "2",
    "min.insync.replicas": "2",
    "default.replication.factor": "3",
    # Three that share a small machine must not lose their sessions by being slow.
    "broker.session.timeout.ms": "5000",
    "broker.heartbeat.interval.ms": "1000",
    # A broker that is away is out of the set that confirms as soon as it is out of the cluster.
    "replica.lag.time.max.ms": "5000",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where one client enters: brokers listen on `ports`, and tell who comes that they are found at `shown`."""

    name: str
    ports: Sequence[int]
    shown: Sequence[int]


class Cluster:
    """`size` brokers in `folder`, each of which also controls. Each client has a door: its way is cut alone."""

    def __init__(self, folder: Path, size: int, ports: Iterator[int], clients: Sequence[str] = ()) -> None:
        """`ports` are free ones, drawn in one go by whoever needs still others, so that no two are the same."""
        own = [(next(ports), next(ports)) for _ in range(size)]
        self.size = size
        self.doors: Mapping[str, Door] = {
            name: Door(name, [next(ports) for _ in range(size)], [next(ports) for _ in range(size)]) for name in clients
        }
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        voters = ",".join(f"{n + 1}@127.0.0.1:{controller}" for n, (_, controller) in enumerate(own))
        self.brokers = [
            KafkaServer(
                folder / f"broker-{n + 1}",
                _HEAP,
                ports=own[n],
                cluster=cluster,
                settings={**self._settings(n, own[n]), "controller.quorum.voters": voters},
            )
            for n in range(size)
        ]
        self.bootstrap = ",".join(broker.bootstrap for broker in self.brokers)

    async def start(self) -> None:
        """Returns when every broker answers."""
        await asyncio.gather(*(asyncio.to_thread(broker.start, _START_SECONDS) for broker in self.brokers))

    async def heal(self) -> None:
        """Wake those that sleep, start those that died."""
        for broker in self.brokers:
            broker.thaw()
        dead = [broker for broker in self.brokers if not broker.running]
        await asyncio.gather(*(asyncio.to_thread(broker.start, _START_SECONDS) for broker in dead))

    async def stop(self) -> None:
        """SIGKILL: nothing of it is needed any more."""
        await asyncio.gather(*(asyncio.to_thread(broker.kill) for broker in self.brokers))

    def _settings(self, number: int, own: tuple[int, int]) -> dict[str, str]:
        plain, controller = own
        ways = [("PLAINTEXT", plain, plain), *((d.name, d.ports[number], d.shown[number]) for d in self.doors.values())]
        listeners = [f"{name}://127.0.0.1:{port}" for name, port, _ in ways]
        return {
            "node.id": str(number + 1),
            "listeners": ",".join([*listeners, f"CONTROLLER://127.0.0.1:{controller}"]),
            "advertised.listeners": ",".join(f"{name}://127.0.0.1:{shown}" for name, _, shown in ways),
            "listener.security.protocol.map": ",".join(f"{n}:PLAINTEXT" for n in ("CONTROLLER", *(w[0] for w in ways))),
            "inter.broker.listener.name": "PLAINTEXT",
            "num.network.threads": "1",
            "num.io.threads": "4",
            **(_COPIES if self.size > 1 else {}),
        }
