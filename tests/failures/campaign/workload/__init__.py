"""The people of the campaign: what they ask for, with known effects, again and again until the desk is closed."""

from tests.failures.campaign.workload.crowd import Crowd

__all__ = ["Crowd"]
