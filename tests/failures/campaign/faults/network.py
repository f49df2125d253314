"""The wires between one replica and its servers are cut, slow, silent, or dead in one direction."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tests.failures.campaign.faults.processes import victim
from tests.failures.campaign.proxy import MANNERS, Manner, Proxy
from tests.failures.campaign.replica import Replica

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town

_SECONDS: dict[Manner, float] = {"cut": 4.0, "slow": 6.0, "silent": 12.0, "deaf": 8.0, "mute": 8.0}
"""At most so long: silence may outlive a session of the group."""


@dataclass(frozen=True)
class Network:
    """What happens to the wires of one replica to one kind of server."""

    town: "Town"
    manner: Manner
    server: Literal["Kafka", "PostgreSQL"]
    kills = False

    @property
    def kind(self) -> str:
        return f"network {self.manner}, {self.server}"

    async def strike(self, dice: random.Random) -> str:
        seconds = dice.uniform(0.2, _SECONDS[self.manner])
        member = await victim(self.town, dice)
        wires = self._wires(member, dice)
        try:
            for wire in wires:
                await wire.become(self.manner)
            await asyncio.sleep(seconds)
        finally:
            for wire in wires:
                await wire.become("whole")
        return f"{member.name} for {seconds:.1f} s, {len(wires)} wires"

    def _wires(self, member: Replica, dice: random.Random) -> Sequence[Proxy]:
        """That to the database; those to all brokers, or to one of them."""
        if self.server == "PostgreSQL":
            return [member.database] if member.database else []
        return member.brokers if dice.random() < 0.5 else [dice.choice(member.brokers)]


def networks(town: "Town") -> list[Network]:
    """Every manner, for both servers."""
    return [Network(town, manner, server) for manner in MANNERS for server in ("Kafka", "PostgreSQL")]
