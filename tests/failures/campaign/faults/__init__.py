"""Every way to hurt an installation. A kind that stands in a list twice is picked twice as often."""

from tests.failures.campaign.faults.everything import embedded_faults, town_faults
from tests.failures.campaign.faults.missed import Missed

__all__ = ["Missed", "embedded_faults", "town_faults"]
