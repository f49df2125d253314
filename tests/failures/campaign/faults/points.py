"""A process dies by SIGKILL exactly at a point that the product names."""

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.web.service import installed_services
from tests.failures.campaign.faults.delivery import shuffle
from tests.failures.campaign.faults.missed import Missed
from tests.failures.campaign.faults.processes import leader, victim
from tests.failures.campaign.replica import Replica

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town

_START_SECONDS = 30.0
_PATIENCE = 8.0
_TURNS = 3
_TERMS = 6


@dataclass(frozen=True)
class AtPoint:
    """A replica of a service is started with a point armed, dies there, and is started again without."""

    town: "Town"
    point: str
    services: tuple[str, ...]
    kills = True

    @property
    def kind(self) -> str:
        return f"fault point {self.point}"

    async def strike(self, dice: random.Random) -> str:
        service, turn = dice.choice(self.services), dice.randint(1, _TURNS)
        member = await victim(self.town, dice, service)
        await member.stop()
        member.start(f"{self.point}:{turn if self._often else 1}")
        try:
            if not await self._dies(member):
                raise Missed(f"{member.name} never came to {self.point}:{turn}")
        finally:
            await member.kill()
            member.start()
        return member.name

    @property
    def _often(self) -> bool:
        return not self.point.startswith("group.") and self.point != "process.stopping"

    async def _dies(self, member: Replica) -> bool:
        await _until_ready_or_dead(member)
        if self.point == "process.stopping":
            member.ask_to_stop()
        elif self.point == "relay.sent":
            return await self._dies_leading(member)
        elif self.point == "group.revoked":
            await shuffle(self.town, member.service, 1.0)
        return await member.dies(_PATIENCE)

    async def _dies_leading(self, member: Replica) -> bool:
        """Take the lead from the other until this one has it, and with it the point."""
        for _ in range(_TERMS):
            found = await leader(self.town, member.service)
            if found and found[0] is not member:
                async with self.town.superuser() as connection:
                    await connection.execute("SELECT pg_terminate_backend($1)", found[1])
            if await member.dies(2.0):
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
    everywhere = ("edge.committed", "relay.sent", "group.assigned", "group.revoked", "process.stopping")
    found = [AtPoint(town, point, names) for point in everywhere]
    for name, service in installed_services().items():
        for consumer in service.consumers:
            found += [AtPoint(town, f"{consumer.name}.{moment}", (name,)) for moment in ("acted", "committed")]
    return found


async def _until_ready_or_dead(member: Replica) -> None:
    for _ in range(int(_START_SECONDS / 0.3)):
        if not member.running or await member.ready():
            return
        await asyncio.sleep(0.3)
