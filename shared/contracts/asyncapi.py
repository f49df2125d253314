"""The AsyncAPI 3 document of a service: its topics, what it sends on them, and what its consumers receive."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed
from typing import Any, Final

from shared.contracts.components import DEAD_LETTER, Example, messages_of, ref, schemas_of
from shared.contracts.event import Message
from shared.contracts.registry import REGISTRY, Registry
from shared.contracts.topics import TOPICS, Topic, topic_of

Document = dict[str, Any]
Subscriptions = Mapping[str, Sequence[type[Message]]]
"""The bodies that each consumer of a service binds, by the consumer's name (`talent.match`)."""

_BINDING: Final = {"bindingVersion": "0.5.0"}
_TOPICS: Final = {topic.name: topic for topic in TOPICS}
_FLOWS: Final = {
    "events": "What happened: kept for 30 days, in order per key, delivered at least once.",
    "state": "What is: the newest record of a key replaces the older ones, and a record without a value erases it.",
    "dead-letters": "What this service's consumers set aside, as it came, with the cause in its headers.",
}
_ABOUT: Final = (
    "Each record is a CloudEvent in Kafka's binary mode. A repeat has the same `ce_id`. Bodies are open: pass over "
    "fields that you do not know, and treat an unlisted value of an enumeration (`x-known-values`) as unknown."
)


def document(
    service: str,
    subscriptions: Subscriptions | None = None,
    *,
    examples: Mapping[str, Example] | None = None,
    version: str | None = None,
    registry: Registry = REGISTRY,
) -> Document:
    """The document of one service. `examples` are golden ones by type; `version` is the package's by default."""
    bound = subscriptions or {}
    own = registry.of(service)
    bodies = sorted({*own, *(body for some in bound.values() for body in some)}, key=lambda body: body.wire.type)
    return {
        "asyncapi": "3.0.0",
        "id": f"urn:sunmao:{service}",
        "info": _info(service, version or _installed_version()),
        "defaultContentType": "application/json",
        "channels": _channels(service, bodies),
        "operations": _sends(service, own) | _receives(service, bound),
        "components": {
            "messages": messages_of(bodies, examples or {}),
            "schemas": schemas_of(bodies),
        },
    }


def _installed_version() -> str:
    try:
        return installed("sunmao")
    except PackageNotFoundError:
        return "0+unknown"


def _info(service: str, version: str) -> Document:
    return {
        "title": f"Sunmao: {service}",
        "version": version,
        "description": f"What the {service} service tells the others, and what it listens to. {_ABOUT}",
        "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
        "tags": [{"name": service}],
    }


def _channels(service: str, bodies: Sequence[type[Message]]) -> Document:
    of_topic = _by_topic(bodies)
    channels = {name: _channel(_TOPICS[name], [body.wire.type for body in some]) for name, some in of_topic.items()}
    dead_letters = next(topic for topic in TOPICS if (topic.service, topic.flow) == (service, "dead-letters"))
    return channels | {dead_letters.name: _channel(dead_letters, [DEAD_LETTER])}


def _by_topic(bodies: Iterable[type[Message]]) -> dict[str, list[type[Message]]]:
    of_topic: dict[str, list[type[Message]]] = {}
    for body in bodies:
        of_topic.setdefault(topic_of(body.wire), []).append(body)
    return dict(sorted(of_topic.items()))


def _channel(topic: Topic, messages: Sequence[str]) -> Document:
    return {
        "address": topic.name,
        "description": _FLOWS[topic.flow],
        "messages": {name: ref("components/messages", name) for name in messages},
        "tags": [{"name": topic.service}, {"name": topic.flow}],
        "bindings": {"kafka": _topic_binding(topic)},
    }


def _topic_binding(topic: Topic) -> Document:
    settings = {key: _setting(key, value) for key, value in sorted(topic.config.items())}
    return {"topic": topic.name, "partitions": topic.partitions, "topicConfiguration": settings, **_BINDING}


def _setting(key: str, value: str) -> object:
    if key == "cleanup.policy":
        return value.split(",")
    return int(value) if value.isdecimal() else value


def _sends(service: str, own: Sequence[type[Message]]) -> Document:
    sent = {name: [body.wire.type for body in some] for name, some in _by_topic(own).items()}
    sent[f"sunmao.{service}.dead-letters.v1"] = [DEAD_LETTER]
    return {f"send.{name}": _operation("send", name, types) for name, types in sent.items()}


def _receives(service: str, subscriptions: Subscriptions) -> Document:
    group = {"kafka": {"groupId": {"type": "string", "const": f"sunmao.{service}"}, **_BINDING}}
    return {
        f"receive.{consumer}.{name}": {
            **_operation("receive", name, [body.wire.type for body in some]),
            "summary": f"What the consumer {consumer} acts on.",
            "tags": [{"name": consumer}],
            "bindings": group,
        }
        for consumer, bodies in sorted(subscriptions.items())
        for name, some in _by_topic(bodies).items()
    }


def _operation(action: str, topic: str, messages: Sequence[str]) -> Document:
    return {
        "action": action,
        "channel": ref("channels", topic),
        "messages": [ref(f"channels/{topic}/messages", name) for name in messages],
    }
