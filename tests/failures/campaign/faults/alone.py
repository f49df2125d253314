"""What only the embedded edition has: its migrations run on files."""

import random
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.failures.campaign.faults.missed import Missed

if TYPE_CHECKING:
    from tests.failures.campaign.embedded import EmbeddedTown


@dataclass(frozen=True)
class InFileMigration:
    """`sunmao migrate` dies in the middle of a new home; run again, it finishes what it then finds undone."""

    town: "EmbeddedTown"
    kind = "fault point migration.stepped"
    kills = True

    async def strike(self, dice: random.Random) -> str:
        service = dice.choice(sorted(self.town.replicas))
        home = {"SUNMAO_HOME": str(self.town.folder / f"home-{secrets.token_hex(4)}")}
        killed, _ = await self.town.run("migrate", service, environ={**home, "SUNMAO_FAULTS": "migration.stepped"})
        if killed != -9:
            raise Missed(f"the migration of {service} ended with {killed}")
        code, said = await self.town.run("migrate", service, environ=home)
        if code:
            raise RuntimeError(f"a migration of {service} that was killed cannot be run again: {said[-1000:]}")
        return service
