"""The numbers every process shows, in one registry per process; `Metrics` is the door to them."""

from shared.observability.metrics.board import Metrics
from shared.observability.metrics.consumer import ConsumerNumbers
from shared.observability.metrics.delivering import RosterNumbers
from shared.observability.metrics.edge import EdgeNumbers
from shared.observability.metrics.group import GroupNumbers
from shared.observability.metrics.histogram import Example
from shared.observability.metrics.notifying import NotifyNumbers
from shared.observability.metrics.process import ProcessNumbers
from shared.observability.metrics.relay import RelayNumbers
from shared.observability.metrics.storing import StoreNumbers
from shared.observability.metrics.tally import TallyNumbers

__all__ = [
    "ConsumerNumbers",
    "EdgeNumbers",
    "Example",
    "GroupNumbers",
    "Metrics",
    "NotifyNumbers",
    "ProcessNumbers",
    "RelayNumbers",
    "RosterNumbers",
    "StoreNumbers",
    "TallyNumbers",
]
