"""Who may do what on the broker, worked out from the registry: no right is written down a second time.

A right that a service has is one that its code uses. Nobody may create topics but the operator, and nobody at all
needs `IdempotentWrite`: a producer with a transactional id is idempotent by its right to write under that id.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from shared.contracts.registry import REGISTRY, Registry
from shared.contracts.topics import TOPICS, topic_of, topics_of
from shared.web.service import Service

Resource = Literal["topic", "group", "transactional_id"]
Pattern = Literal["literal", "prefixed"]
Operation = Literal["create", "describe", "describe_configs", "read", "write"]

OPERATOR: Final = "sunmao-operations"
"""The user of the topics job. Whoever gives rights is a superuser of the broker and needs no grant."""
WATCHER: Final = "sunmao-watcher"
"""The user of whoever measures how far groups lag behind: an exporter, a scaler."""
_OURS: Final = "sunmao"
_SUBSCRIBER: Final = re.compile(r"(?!sunmao(-|$))[a-z][a-z0-9-]{0,62}")


class SubscriberError(ValueError):
    """A subscriber cannot have this name, or asks for a type that nobody tells."""


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One resource, and what may be done with it."""

    resource: Resource
    name: str
    pattern: Pattern
    operations: tuple[Operation, ...]


def user_of(service: str) -> str:
    """The broker's name for a service."""
    return f"{_OURS}-{service}"


def topics_read(service: Service) -> set[str]:
    """Every topic that a consumer of the service reads: to react, to fill projections, or again."""
    events = [topic.name for topic in TOPICS if topic.flow == "events"]
    return {topic for consumer in service.consumers for topic in consumer.topics(events)}


def grants_of(service: Service) -> list[Grant]:
    """All that a service needs, and nothing more: what its consumers read, what it tells, its group and its relay.

    Projections are filled and topics read again without a group, so one right per topic covers that too. It reads its
    own events and states, because `sunmao restore` compares a restored database with what was told of it.
    """
    own = {topic.name: topic for topic in topics_of(service.name)}
    restored = {name for name, topic in own.items() if topic.flow != "dead-letters"}
    read, written = topics_read(service) | restored, _topics_written(service.name)
    topics = [_topic(name, read=name in read, written=name in written) for name in sorted(read | written)]
    return [
        *topics,
        Grant("group", service.group, "literal", ("describe", "read")),
        Grant("transactional_id", f"{_OURS}.{service.name}.relay", "literal", ("describe", "write")),
    ]


def grants_of_operator() -> list[Grant]:
    """What the topics job needs: to create topics under our name, and to compare those that exist."""
    return [Grant("topic", f"{_OURS}.", "prefixed", ("create", "describe", "describe_configs"))]


def grants_of_watcher() -> list[Grant]:
    """What it takes to see how far our groups have come, and no record."""
    kinds: tuple[Resource, ...] = ("topic", "group")
    return [Grant(kind, f"{_OURS}.", "prefixed", ("describe",)) for kind in kinds]


def grants_of_subscriber(name: str, types: Iterable[str], registry: Registry = REGISTRY) -> list[Grant]:
    """What an outside subscriber to these types needs; its groups begin with its name. Raises `SubscriberError`.

    The broker knows topics, not types: who reads a topic can read every type on it.
    """
    if not _SUBSCRIBER.fullmatch(name):
        raise SubscriberError(f"{name!r} is no name for a subscriber: small letters, digits and -, not ours (sunmao)")
    wanted = sorted({_topic_of_type(type, registry) for type in types})
    if not wanted:
        raise SubscriberError(f"{name} asks for no type")
    topics = [_topic(topic, read=True, written=False) for topic in wanted]
    return [*topics, Grant("group", f"{name}.", "prefixed", ("describe", "read"))]


def _topics_written(service: str) -> set[str]:
    """Events and states as far as it has any, and what its consumers set aside."""
    told = {topic_of(body.wire) for body in REGISTRY.of(service)}
    return told | {topic.name for topic in topics_of(service) if topic.flow == "dead-letters"}


def _topic(name: str, *, read: bool, written: bool) -> Grant:
    operations: list[Operation] = ["describe"]
    operations += ["read"] if read else []
    operations += ["write"] if written else []
    return Grant("topic", name, "literal", tuple(operations))


def _topic_of_type(type: str, registry: Registry) -> str:
    body = registry.get(type)
    if body is None:
        raise SubscriberError(f"nobody tells {type}; docs/events lists the types")
    return topic_of(body.wire)
