"""Service processes die, stand still, or lose the lead."""

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tests.failures.campaign.faults.missed import Missed
from tests.failures.campaign.replica import Replica

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town

_LEADER = """
SELECT a.pid, a.client_port FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid
WHERE l.locktype = 'advisory' AND l.granted AND a.datname = $1 AND a.application_name = 'sunmao-leader'
"""


class Members(Protocol):
    """Whoever runs as processes, alone or in pairs."""

    members: list[Replica]

    def sibling(self, member: Replica) -> Replica | None:
        """The other replica of the same service, if it has one."""


async def victim(town: Members, dice: random.Random, service: str | None = None) -> Replica:
    """One replica (of a service) that no other fault has in hand, but not the last of its service that serves."""
    free = [member for member in town.members if member.expected and service in {None, member.service}]
    if not free:
        raise Missed("another fault has all of them in hand")
    chosen = dice.choice(free)
    sibling = town.sibling(chosen)
    if sibling is not None and not await sibling.ready():
        chosen = sibling
    # Another fault may have taken it in hand while its sibling was asked.
    _require_free(chosen)
    return chosen


async def leader(town: "Town", service: str) -> tuple[Replica, int] | None:
    """The replica that leads the service, and the process id of the database's side of its lock."""
    async with town.superuser() as connection:
        found = await connection.fetchrow(_LEADER, service)
    if found is None:
        return None
    pid, port = found
    members = [one for one in town.members if one.database and one.database.carries(port)]
    return (members[0], pid) if members else None


async def some_leader(town: "Town", dice: random.Random) -> tuple[Replica, int]:
    """The leader of a service. Raises `Missed` where nobody leads now."""
    service = dice.choice(sorted(town.replicas))
    found = await leader(town, service)
    if found is None:
        raise Missed(f"nobody leads {service}")
    _require_free(found[0])
    return found


def _require_free(*members: Replica) -> None:
    """Raise `Missed` if another fault has one of them in hand, as one that lies in wait for its process has."""
    for member in members:
        if not member.expected:
            raise Missed(f"another fault has {member.name} in hand")


@dataclass(frozen=True)
class KillService:
    """SIGKILL at a moment of nobody's choosing."""

    town: Members
    kind = "kill service"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        member = await victim(self.town, dice)
        await member.kill()
        member.start()
        return member.name


@dataclass(frozen=True)
class KillLeader:
    """SIGKILL for the process that relays."""

    town: "Town"
    kind = "kill relay leader"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        member, _ = await some_leader(self.town, dice)
        await member.kill()
        member.start()
        return member.name


@dataclass(frozen=True)
class KillBoth:
    """SIGKILL for both replicas of a service at once."""

    town: "Town"
    kind = "kill both replicas"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        service = dice.choice(sorted(self.town.replicas))
        both = [member for member in self.town.members if member.service == service]
        _require_free(*both)
        await asyncio.gather(*(member.kill() for member in both))
        for member in both:
            member.start()
        return service


@dataclass(frozen=True)
class FreezeService:
    """SIGSTOP, at times for longer than a session of the group lasts, then SIGCONT."""

    town: Members
    kind = "freeze service"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        seconds = dice.choice([1.0, 3.0, 12.0])
        member = await victim(self.town, dice)
        await _freeze(member, seconds)
        return f"{member.name} for {seconds:g} s"


@dataclass(frozen=True)
class FreezeLeader:
    """The process that relays stands still, its lock is taken from it, another leads; then it goes on."""

    town: "Town"
    kind = "freeze relay leader"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        seconds = dice.uniform(2.0, 6.0)
        member, pid = await some_leader(self.town, dice)
        member.freeze()
        try:
            async with self.town.superuser() as connection:
                await connection.execute("SELECT pg_terminate_backend($1)", pid)
            await asyncio.sleep(seconds)
        finally:
            member.thaw()
        return f"{member.name} for {seconds:.1f} s"


@dataclass(frozen=True)
class RestartService:
    """A process stops in good order and starts again, as on an upgrade."""

    town: Members
    kind = "restart service"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        member = await victim(self.town, dice)
        await member.stop()
        member.start()
        return member.name


@dataclass(frozen=True)
class StepClock:
    """One replica's clock is minutes ahead or behind for some seconds."""

    town: Members
    kind = "clock step"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        member = await victim(self.town, dice)
        minutes, seconds = dice.choice([-7, -2, 2, 7]), dice.uniform(2.0, 6.0)
        member.clock.write_text(str(minutes * 60))
        await asyncio.sleep(seconds)
        member.clock.unlink(missing_ok=True)
        return f"{member.name} by {minutes} minutes for {seconds:.1f} s"


async def _freeze(member: Replica, seconds: float) -> None:
    member.freeze()
    try:
        await asyncio.sleep(seconds)
    finally:
        member.thaw()
