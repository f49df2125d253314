"""Every topic that exists, in one table: from it they are created and checked, documented, and granted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from shared.contracts.event import Wire
from shared.contracts.registry import SERVICES

Flow = Literal["events", "state", "dead-letters"]

_DAY_MS: Final = 24 * 60 * 60 * 1000
_MIB: Final = 1024 * 1024
MAX_EVENT_BYTES: Final = 256 * 1024
"""Larger events and states are refused when they are published."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and how it must be set up. Its `.v1` is its key and partition layout, not that of its events."""

    service: str
    flow: Flow
    partitions: int
    config: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The topic's name on the broker."""
        return f"sunmao.{self.service}.{self.flow}.v1"


def _events(service: str) -> Topic:
    return Topic(service, "events", 12, {"retention.ms": str(30 * _DAY_MS), "max.message.bytes": str(_MIB)})


def _state(service: str) -> Topic:
    config = {
        "cleanup.policy": "compact",
        "min.cleanable.dirty.ratio": "0.1",
        "segment.ms": str(60 * 60 * 1000),
        "delete.retention.ms": str(7 * _DAY_MS),
        "min.compaction.lag.ms": "0",
        "max.compaction.lag.ms": str(_DAY_MS),
        "max.message.bytes": str(_MIB),
    }
    return Topic(service, "state", 12, config)


def _dead_letters(service: str) -> Topic:
    return Topic(service, "dead-letters", 3, {"retention.ms": str(30 * _DAY_MS), "max.message.bytes": str(2 * _MIB)})


def topics_of(service: str) -> Iterator[Topic]:
    """The three topics that a service owns: what happened, what is, and what it could not digest."""
    yield _events(service)
    yield _state(service)
    yield _dead_letters(service)


TOPICS: Final = tuple(topic for service in SERVICES for topic in topics_of(service))


def topic_of(wire: Wire) -> str:
    """The name of the topic on which a body travels."""
    return f"sunmao.{wire.service}.{'state' if wire.is_state else 'events'}.v1"


def key_of(wire: Wire, subject: str) -> str:
    """The key of a body on its topic: the aggregate's id, on the state topic with its kind before it."""
    return f"{wire.aggregate}/{subject}" if wire.is_state else subject
