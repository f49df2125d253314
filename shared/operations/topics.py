"""Creates the topics from the one table that declares them, and compares those that exist with it."""

from collections.abc import Iterator, Mapping
from typing import Any

from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType

from shared.contracts.topics import TOPICS, Topic
from shared.operations.administration import SECONDS, administrators_brokers, connected, refusals_told
from shared.operations.settings import SettingsError


class TopicsDifferError(SettingsError):
    """A topic exists with other partitions or another configuration than declared."""


def provision(environ: Mapping[str, str], replication: int, *, check_only: bool = False) -> list[str]:
    """Create what is missing and compare the rest; one line per topic. Raises `TopicsDifferError`, `SettingsError`.

    A topic with another number of partitions is never changed: that would break the order of its keys.
    """
    brokers = administrators_brokers(environ)
    admin = connected(brokers)
    with refusals_told(brokers):
        return _provided(admin, replication, check_only=check_only)


def _provided(admin: AdminClient, replication: int, *, check_only: bool) -> list[str]:
    existing = {name: len(topic.partitions) for name, topic in admin.list_topics(timeout=SECONDS).topics.items()}
    missing = [topic for topic in TOPICS if topic.name not in existing]
    if missing and not check_only:
        _create(admin, missing, replication)
    lines = [f"created {topic.name}" if not check_only else f"missing {topic.name}" for topic in missing]
    present = [topic for topic in TOPICS if topic.name in existing]
    differences = [*_differences(admin, present, existing), *(lines if check_only else [])]
    if differences:
        raise TopicsDifferError("; ".join(differences))
    return [*lines, *(f"unchanged {topic.name}" for topic in present)]


def _create(admin: AdminClient, topics: list[Topic], replication: int) -> None:
    wanted = [NewTopic(topic.name, topic.partitions, replication, config=dict(topic.config)) for topic in topics]
    for future in admin.create_topics(wanted, operation_timeout=SECONDS).values():
        future.result(SECONDS)


def _differences(admin: AdminClient, topics: list[Topic], existing: Mapping[str, int]) -> Iterator[str]:
    configs = _configs(admin, topics)
    for topic in topics:
        if existing[topic.name] != topic.partitions:
            yield f"{topic.name} has {existing[topic.name]} partitions, declared are {topic.partitions}"
        for name, wanted in topic.config.items():
            found = configs[topic.name][name].value
            if found != wanted:
                yield f"{topic.name} has {name}={found}, declared is {wanted}"


def _configs(admin: AdminClient, topics: list[Topic]) -> dict[str, Any]:
    if not topics:
        return {}
    asked = [ConfigResource(ResourceType.TOPIC, topic.name) for topic in topics]
    answers = admin.describe_configs(asked, request_timeout=SECONDS)
    return {resource.name: future.result(SECONDS) for resource, future in answers.items()}
