"""One broker at a time dies, stands still, or is started again in good order."""

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town

_START_SECONDS = 180


@dataclass(frozen=True)
class KillBroker:
    """SIGKILL, and a start after a moment."""

    town: "Town"
    kind = "kill broker"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        number, seconds = dice.randrange(self.town.cluster.size), dice.uniform(0.0, 4.0)
        broker = self.town.cluster.brokers[number]
        await asyncio.to_thread(broker.kill)
        await asyncio.sleep(seconds)
        await asyncio.to_thread(broker.start, _START_SECONDS)
        return f"broker {number + 1}, away for {seconds:.1f} s"


@dataclass(frozen=True)
class FreezeBroker:
    """SIGSTOP, then SIGCONT: everybody is connected and nobody is answered."""

    town: "Town"
    kind = "freeze broker"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        number, seconds = dice.randrange(self.town.cluster.size), dice.uniform(1.0, 8.0)
        broker = self.town.cluster.brokers[number]
        broker.freeze()
        try:
            await asyncio.sleep(seconds)
        finally:
            broker.thaw()
        return f"broker {number + 1} for {seconds:.1f} s"


@dataclass(frozen=True)
class RestartBroker:
    """It stops in good order and starts again."""

    town: "Town"
    kind = "restart broker"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        number = dice.randrange(self.town.cluster.size)
        broker = self.town.cluster.brokers[number]
        await asyncio.to_thread(broker.stop)
        await asyncio.to_thread(broker.start, _START_SECONDS)
        return f"broker {number + 1}"
