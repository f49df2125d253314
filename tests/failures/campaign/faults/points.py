"""A process dies by SIGKILL exactly at a point that the product names."""

import asyncio
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.web.service import installed_services
from tests.failures.campaign.faults.delivery import shuffle
from tests.failures.campaign.faults.missed import Missed
from tests.failures.campaign.faults.processes import Members, leader, victim
from tests.failures.campaign.replica import Replica

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town

_START_SECONDS = 90.0
_PATIENCE = 12.0
_TURNS = 3
_TERMS = 6
_ONCE = ("group.assigned", "process.stopping")
_NEVER_FED = ("training.internship", "training.recognition", "training.privacy", "notify.privacy")
"""Consumers of what the people of the campaign never do: nobody would come to their points."""


@dataclass(frozen=True)
class AtPoint:
    """A process is started with a point armed, dies there, and is started again without.

    Where there is but one process, nothing else can fall meanwhile: it waits `alone`.
    """

    town: Members
    point: str
    services: tuple[str, ...]
    kills = True

    @property
    def kind(self) -> str:
        return f"fault point {self.point}"

    @property
    def alone(self) -> bool:
        """Whether nobody but its victim is there."""
        return len(self.town.members) == 1

    async def strike(self, dice: random.Random) -> str:
        service, turn = dice.choice(self.services), self._turn(dice)
        member = await victim(self.town, dice, service)
        await member.stop()
        member.start(f"{self.point}:{turn}")
        try:
            if not await self._dies(member):
                raise Missed(f"{member.name} never came to {self.point}:{turn}")
        finally:
            await member.kill()
            member.start()
        return member.name

    def _turn(self, dice: random.Random) -> int:
        return 1 if self.point in _ONCE else dice.randint(1, _TURNS)

    async def _dies(self, member: Replica) -> bool:
        patience = await until_ready_or_dead(member)
        if self.point == "process.stopping":
            member.ask_to_stop()
        return await member.dies(patience)


@dataclass(frozen=True)
class InRebalance(AtPoint):
    """It dies when the partitions are given out anew, because a stranger joins its group."""

    town: "Town"

    def _turn(self, _dice: random.Random) -> int:
        # The first time is that of its own joining.
        return 2

    async def _dies(self, member: Replica) -> bool:
        patience = await until_ready_or_dead(member)
        await shuffle(self.town, member.service, 1.0)
        return await member.dies(patience)


@dataclass(frozen=True)
class Leading(AtPoint):
    """It dies at a point that only a leader comes to."""

    town: "Town"

    async def _dies(self, member: Replica) -> bool:
        """Take the lead from the other until this one has it, and with it the point."""
        patience = await until_ready_or_dead(member)
        for _ in range(_TERMS):
            found = await leader(self.town, member.service)
            if found and found[0] is not member:
                async with self.town.superuser() as connection:
                    await connection.execute("SELECT pg_terminate_backend($1)", found[1])
            if await member.dies(patience / _TERMS):
                return True
        return False


@dataclass(frozen=True)
class InMigration:
    """`sunmao migrate` dies in the middle; run again, it finishes what it then finds undone."""

    town: "Town"
    kind = "fault point migration.stepped"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        service, name = dice.choice(sorted(self.town.replicas)), f"migrated_{dice.getrandbits(40):x}"
        async with self.town.superuser() as connection:
            await connection.execute(f"CREATE DATABASE {name}")
        try:
            await self._migrate(service, name)
        finally:
            async with self.town.superuser() as connection:
                await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        return service

    async def _migrate(self, service: str, name: str) -> None:
        address = self.town.postgres.dsn(name).replace("postgresql://", "postgresql+asyncpg://", 1)
        environ = {f"SUNMAO_{service.upper()}_DATABASE_URL": address}
        killed, _ = await self.town.run("migrate", service, environ={**environ, "SUNMAO_FAULTS": "migration.stepped"})
        if killed != -9:
            raise Missed(f"the migration of {service} ended with {killed}")
        code, said = await self.town.run("migrate", service, environ=environ)
        if code:
            raise RuntimeError(f"a migration of {service} that was killed cannot be run again: {said[-1000:]}")


def points(town: "Town") -> list[AtPoint]:
    """Every point of a running service."""
    names = tuple(installed_services())
    everywhere = [AtPoint(town, point, names) for point in ("edge.committed", "group.assigned", "process.stopping")]
    own = [AtPoint(town, point, (name,)) for name in names for point in points_of(name)]
    rebalances = [InRebalance(town, point, names) for point in ("group.revoked", "group.assigned")]
    return [*everywhere, *rebalances, Leading(town, "relay.sent", names), *own]


def points_of(service: str) -> list[str]:
    """The points of its consumers: before the commit, and between commit and acknowledgement."""
    consumers = installed_services()[service].consumers
    fed = [consumer.name for consumer in consumers if consumer.name not in _NEVER_FED]
    return [f"{name}.{moment}" for name in fed for moment in ("acted", "committed")]


async def until_ready_or_dead(member: Replica) -> float:
    """How long to wait for its point from now on: longer where everything takes long, starting as well."""
    began = time.monotonic()
    # A process that starts tells nobody when it is done.
    while time.monotonic() - began < _START_SECONDS and member.running and not await member.ready():  # noqa: ASYNC110
        await asyncio.sleep(0.3)
    return _PATIENCE + time.monotonic() - began
