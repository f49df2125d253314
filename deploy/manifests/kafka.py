"""Topics and users for the Strimzi operator, and how our processes are told of a broker that asks who they are."""

from collections.abc import Iterator
from typing import Final

from deploy.manifests.jobs import TOPICS as TOPICS_JOB
from deploy.manifests.objects import Manifest, manifest
from deploy.manifests.pods import CONTAINER, secret_file
from shared.contracts.topics import TOPICS, Topic
from shared.operations.access import (
    OPERATOR,
    WATCHER,
    Grant,
    grants_of,
    grants_of_operator,
    grants_of_watcher,
    user_of,
)
from shared.web.service import installed_services

CLUSTER: Final = "sunmao"
AUTHORITY: Final = f"{CLUSTER}-cluster-ca-cert"
"""The secret with the certificate of the authority that signed the brokers', as Strimzi calls it."""
REPLICATION: Final = 3

_VERSION: Final = "kafka.strimzi.io/v1"
_OF_CLUSTER: Final = {"strimzi.io/cluster": CLUSTER}
_RESOURCES: Final = {"topic": "topic", "group": "group", "transactional_id": "transactionalId"}
_PATTERNS: Final = {"literal": "literal", "prefixed": "prefix"}


def topics() -> list[Manifest]:
    """Every topic of the registry, as it must be set up."""
    return [_topic(topic) for topic in TOPICS]


def users() -> Iterator[Manifest]:
    """A user per service, one for the operator's job and one who only watches, each with its rights."""
    for service in installed_services().values():
        yield _user(user_of(service.name), grants_of(service))
    yield _user(OPERATOR, grants_of_operator())
    yield _user(WATCHER, grants_of_watcher())


def patches() -> Iterator[tuple[str, Manifest]]:
    """By whom it is for: what is added to each process so that it gives its name and password over TLS."""
    for service in installed_services():
        yield service, _patch("apps/v1", "Deployment", service, user_of(service))
    yield TOPICS_JOB, _patch("batch/v1", "Job", TOPICS_JOB, OPERATOR)


def _topic(topic: Topic) -> Manifest:
    specification = {
        "topicName": topic.name,
        "partitions": topic.partitions,
        "replicas": REPLICATION,
        "config": dict(topic.config),
    }
    return manifest(_VERSION, "KafkaTopic", topic.name, _OF_CLUSTER, spec=specification)


def _user(name: str, grants: list[Grant]) -> Manifest:
    specification = {
        "authentication": {"type": "scram-sha-512"},
        "authorization": {"type": "simple", "acls": [_rule(grant) for grant in grants]},
    }
    return manifest(_VERSION, "KafkaUser", name, _OF_CLUSTER, spec=specification)


def _rule(grant: Grant) -> Manifest:
    pattern = _PATTERNS[grant.pattern]
    resource = {"type": _RESOURCES[grant.resource], "name": grant.name, "patternType": pattern}
    operations = ["".join(word.title() for word in operation.split("_")) for operation in grant.operations]
    return {"resource": resource, "operations": operations, "host": "*"}


def _patch(api_version: str, kind: str, name: str, user: str) -> Manifest:
    password, at_password = secret_file("kafka", user)
    authority, at_authority = secret_file("kafka-authority", AUTHORITY)
    variables = {
        "SUNMAO_KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
        "SUNMAO_KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
        "SUNMAO_KAFKA_USERNAME": user,
        "SUNMAO_KAFKA_PASSWORD_FILE": f"{at_password['mountPath']}/password",
        "SUNMAO_KAFKA_CA_FILE": f"{at_authority['mountPath']}/ca.crt",
    }
    added = {
        "name": CONTAINER,
        "env": [{"name": variable, "value": value} for variable, value in variables.items()],
        "volumeMounts": [at_password, at_authority],
    }
    pod = {"spec": {"containers": [added], "volumes": [password, authority]}}
    return manifest(api_version, kind, name, spec={"template": pod})
