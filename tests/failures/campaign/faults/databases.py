"""PostgreSQL dies, one of its processes dies, a session of it ends, its disk is full."""

import asyncio
import os
import random
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.failures.campaign.faults.missed import Missed

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town

_SESSIONS = (
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY 1"
)


@dataclass(frozen=True)
class KillBackend:
    """SIGKILL for the server's side of one session: PostgreSQL ends all of them and recovers."""

    town: "Town"
    kind = "kill PostgreSQL backend"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        pid = dice.choice(await _sessions(self.town))
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            raise Missed("the session had just ended") from None
        return f"backend {pid}"


@dataclass(frozen=True)
class EndSessions:
    """A third of all sessions end, as an administrator ends them."""

    town: "Town"
    kind = "terminate sessions"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        sessions = await _sessions(self.town)
        chosen = dice.sample(sessions, max(1, len(sessions) // 3))
        async with self.town.superuser() as connection:
            await connection.execute("SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid", chosen)
        return f"{len(chosen)} of {len(sessions)} sessions"


@dataclass(frozen=True)
class KillPostgres:
    """`kill -9` for the whole server, which starts again after a moment."""

    town: "Town"
    kind = "kill PostgreSQL"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        seconds = dice.uniform(0.0, 3.0)
        await asyncio.to_thread(self.town.postgres.kill)
        await asyncio.sleep(seconds)
        await self.town.revive_postgres()
        return f"away for {seconds:.1f} s"


@dataclass(frozen=True)
class FillDisk:
    """Nothing more fits on PostgreSQL's disk for some seconds."""

    town: "Town"
    kind = "full disk"
    kills = False

    async def strike(self, dice: random.Random) -> str:
        seconds = dice.uniform(2.0, 8.0)
        try:
            await self.town.disk.fill()
            await asyncio.sleep(seconds)
        finally:
            await self.town.disk.empty()
        # A server that could not write its log has ended in panic; one that is just recovering may still do so.
        ended = not self.town.postgres.running
        await self.town.revive_postgres()
        return f"for {seconds:.1f} s{', and the server ended' if ended else ''}"


async def _sessions(town: "Town") -> list[int]:
    async with town.superuser() as connection:
        return [row[0] for row in await connection.fetch(_SESSIONS)]
