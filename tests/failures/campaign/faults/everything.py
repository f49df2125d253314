"""Which faults each edition has, and how often each is picked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tests.failures.campaign.faults import processes
from tests.failures.campaign.installation import Fault

if TYPE_CHECKING:
    from tests.failures.campaign.town import Town


def town_faults(town: "Town") -> tuple[Sequence[Fault], Sequence[str]]:
    """What can be done to a town, and the names of what cannot on this machine."""
    often = [processes.KillService(town)] * 8 + [processes.KillLeader(town)] * 4
    faults: list[Fault] = [
        *often,
        processes.KillBoth(town),
        processes.FreezeService(town),
        processes.FreezeLeader(town),
        processes.RestartService(town),
    ]
    return faults, []
