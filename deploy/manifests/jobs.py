"""What runs once per release: each database's migration, and the topics.

A Job cannot be changed, so each release has its own, named after it.
"""

from typing import Any, Final

from deploy.manifests.objects import VERSION, Manifest, labels, manifest
from deploy.manifests.pods import TOLD, container, database_of, template

TOPICS: Final = "topics"
_MEMORY: Final = "256Mi"
_DAY_SECONDS: Final = 24 * 60 * 60


def migration_of(service: str) -> Manifest:
    """The migration of one service's database, from the service's own image."""
    variables, volume, mount = database_of(service)
    run = container(service, memory=_MEMORY, args=["migrate", service], env=variables, volumeMounts=[mount])
    return _job("migrate", service, "migration", run, volumes=[volume])


def topics() -> list[Manifest]:
    """The job that creates the topics and compares those that exist, and its account."""
    run = container("operations", memory=_MEMORY, args=["topics", "--replication", "3"], envFrom=TOLD)
    account = manifest("v1", "ServiceAccount", TOPICS, labels(TOPICS, "account"), automountServiceAccountToken=False)
    return [account, _job("provision", TOPICS, TOPICS, run)]


def _job(verb: str, name: str, component: str, run: Manifest, **pod: Any) -> Manifest:
    specification = {
        # A database or a broker may come up later than this.
        "backoffLimit": 6,
        "activeDeadlineSeconds": 900,
        "ttlSecondsAfterFinished": 7 * _DAY_SECONDS,
        "template": template(name, component, run, restartPolicy="Never", **pod),
    }
    full_name = f"{verb}-{name}-{VERSION.replace('.', '-')}"
    return manifest("batch/v1", "Job", full_name, labels(name, component), spec=specification)
