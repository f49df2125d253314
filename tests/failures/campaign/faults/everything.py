"""Which faults each edition has, and how often each is picked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shared.contracts.registry import SERVICES
from tests.failures.campaign.faults import alone, brokers, databases, delivery, network, points, processes
from tests.failures.campaign.installation import Fault

if TYPE_CHECKING:
    from tests.failures.campaign.embedded import EmbeddedTown
    from tests.failures.campaign.town import Town


def town_faults(town: "Town") -> tuple[Sequence[Fault], Sequence[str]]:
    """What can be done to a town, and the names of what cannot on this machine.

    Two of three blows kill: a campaign is judged by its kills.
    """
    faults: list[Fault] = [
        *[processes.KillService(town)] * 28,
        *[processes.KillLeader(town)] * 14,
        *[processes.KillBoth(town)] * 3,
        *[processes.FreezeService(town)] * 2,
        *[processes.FreezeLeader(town)] * 2,
        *[processes.RestartService(town)] * 2,
        *[processes.StepClock(town)] * 2,
        *[databases.KillBackend(town)] * 10,
        *[databases.KillPostgres(town)] * 6,
        *[databases.EndSessions(town)] * 2,
        *[brokers.KillBroker(town)] * 8,
        *[brokers.FreezeBroker(town)] * 2,
        *[brokers.RestartBroker(town)] * 1,
        *[delivery.Repeat(town, what) for what in ("duplicate", "late")] * 2,
        *[delivery.Stranger(town)] * 2,
        *network.networks(town),
        *points.points(town),
        points.InMigration(town),
    ]
    if not town.disk.mounted:
        return faults, ["full disk: this machine lets us mount no disk"]
    return [*faults, *[databases.FillDisk(town)] * 2], []


def embedded_faults(town: "EmbeddedTown") -> Sequence[Fault]:
    """What can be done to the one process: mostly, that it dies."""
    named = ["edge.committed", "process.stopping", *(point for name in SERVICES for point in points.points_of(name))]
    return [
        *[processes.KillService(town)] * 40,
        *[processes.FreezeService(town)] * 2,
        *[processes.RestartService(town)] * 2,
        *[processes.StepClock(town)] * 2,
        *[points.AtPoint(town, point, ("sunmao",)) for point in named],
        alone.InFileMigration(town),
    ]
