"""How many workers of a service there are, by how far its group lags behind: objects for the KEDA operator."""

from collections.abc import Iterator
from typing import Final

from deploy.manifests.objects import Manifest, labels, manifest
from deploy.manifests.workloads import REPLICAS
from shared.operations.access import topics_read
from shared.web.service import Service, installed_services

MOST: Final = 6
"""Workers of one service. More than partitions would stand idle, and each holds connections to the database."""
AUTHENTICATION: Final = "kafka"

_VERSION: Final = "keda.sh/v1alpha1"
_LAG_PER_WORKER: Final = 5000
"""A worker takes some thousand events a second: what it has before it in a few seconds is no reason for another."""
_SETTLE_SECONDS: Final = 300
"""Every change of the number makes the group give out its partitions anew."""


def scaling() -> Iterator[Manifest]:
    """One for the workers of each service."""
    for service in installed_services().values():
        yield _scaled(service)


def _scaled(service: Service) -> Manifest:
    name = f"{service.name}-worker"
    specification = {
        "scaleTargetRef": {"name": name},
        # One must be there to relay what is committed, a second to take over from it.
        "minReplicaCount": REPLICAS,
        "maxReplicaCount": MOST,
        "pollingInterval": 15,
        "cooldownPeriod": _SETTLE_SECONDS,
        "advanced": {"horizontalPodAutoscalerConfig": {"behavior": _behaviour()}},
        "triggers": [_trigger(topic, service.group) for topic in sorted(topics_read(service))],
    }
    return manifest(_VERSION, "ScaledObject", name, labels(service.name, "worker"), spec=specification)


def _behaviour() -> Manifest:
    slowly = {"type": "Pods", "value": 1, "periodSeconds": _SETTLE_SECONDS}
    return {"scaleDown": {"stabilizationWindowSeconds": _SETTLE_SECONDS, "policies": [slowly]}}


def _trigger(topic: str, group: str) -> Manifest:
    return {
        "type": "kafka",
        "metadata": {
            "bootstrapServers": "sunmao-kafka-bootstrap:9093",
            "consumerGroup": group,
            "topic": topic,
            "lagThreshold": str(_LAG_PER_WORKER),
            "activationLagThreshold": "0",
            # As the consumers themselves begin.
            "offsetResetPolicy": "earliest",
            "allowIdleConsumers": "false",
            "limitToPartitionsWithLag": "true",
            # What does not move although somebody reads it would not move with more readers either.
            "excludePersistentLag": "true",
            # Unless told it speaks as in Kafka 1.0, of which brokers have forgotten a part.
            "version": "4.0.0",
            "sasl": "scram_sha512",
            "tls": "enable",
        },
        "authenticationRef": {"name": AUTHENTICATION},
    }
