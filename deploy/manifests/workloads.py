"""One service: its account, its API and its workers, how it is reached, and how much of it may be away at once."""

from collections.abc import Iterator
from typing import Final

from deploy.manifests.objects import ROLES, Manifest, labels, manifest
from deploy.manifests.pods import GATE, MEMORY, TOLD, container, database_of, template
from shared.operations.addresses import PORTS
from shared.web.service import installed_services

PORT_NAME: Final = "http"
REPLICAS: Final = 2
GRACE_SECONDS: Final = 45
"""Longer than everything together that a process does between being told to stop and its end."""
PAUSE_SECONDS: Final = 5
"""Until every node has heard that no more requests should come."""
_MEMORY_OF_PAPERS: Final = "640Mi"
"""Room for one paper that is printed, in a process that may have 160 MiB, and for a document that is looked into."""


def service_of(name: str) -> Iterator[Manifest]:
    """All objects of one service beside its migration."""
    yield manifest("v1", "ServiceAccount", name, labels(name, "account"), automountServiceAccountToken=False)
    port = {"name": PORT_NAME, "port": PORTS[name], "targetPort": PORT_NAME}
    yield manifest("v1", "Service", name, labels(name, "api"), spec={"selector": labels(name, "api"), "ports": [port]})
    for role in ROLES:
        yield _deployment(name, role)
        yield _budget(name, role)


def _deployment(name: str, role: str) -> Manifest:
    found = labels(name, role)
    specification = {
        "replicas": REPLICAS,
        "revisionHistoryLimit": 5,
        "selector": {"matchLabels": found},
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
        "template": _pod(name, role),
    }
    return manifest("apps/v1", "Deployment", f"{name}-{role}", found, spec=specification)


def _pod(name: str, role: str) -> Manifest:
    variables, volume, mount = database_of(name)
    serving = container(
        name,
        memory=_MEMORY_OF_PAPERS if role == "api" and installed_services()[name].documented else MEMORY,
        args=["serve", name, "--role", role],
        envFrom=TOLD,
        env=variables,
        ports=[{"name": PORT_NAME, "containerPort": PORTS[name]}],
        volumeMounts=[mount],
        lifecycle={"preStop": {"sleep": {"seconds": PAUSE_SECONDS}}},
        **_probes(),
    )
    return template(
        name,
        role,
        serving,
        initContainers=[_gate(name)],
        volumes=[volume],
        terminationGracePeriodSeconds=GRACE_SECONDS,
        topologySpreadConstraints=[_spread(name, role, over) for over in ("zone", "hostname")],
    )


def _gate(name: str) -> Manifest:
    """No process runs on a schema older than its code: a worker would set aside what only has to wait."""
    variables, _, mount = database_of(name)
    command = ["python", "-m", "shared.operations.migrated"]
    return container(name, name=GATE, command=command, args=[name], env=variables, volumeMounts=[mount])


def _probes() -> Manifest:
    """Only liveness ends a process, and it looks at nothing outside it: a worker is not ready without Kafka, and may
    read states for minutes before it is, but no restart would help it."""
    alive = {"httpGet": {"path": "/livez", "port": PORT_NAME}, "timeoutSeconds": 3}
    ready = {"httpGet": {"path": "/readyz", "port": PORT_NAME}, "timeoutSeconds": 3}
    return {
        "startupProbe": alive | {"periodSeconds": 2, "failureThreshold": 30},
        "livenessProbe": alive | {"periodSeconds": 10, "failureThreshold": 3},
        "readinessProbe": ready | {"periodSeconds": 5, "failureThreshold": 2},
    }


def _spread(name: str, role: str, over: str) -> Manifest:
    key = "kubernetes.io/hostname" if over == "hostname" else f"topology.kubernetes.io/{over}"
    return {
        "maxSkew": 1,
        "topologyKey": key,
        "whenUnsatisfiable": "ScheduleAnyway",
        "labelSelector": {"matchLabels": labels(name, role)},
        # Old and new replicas of a rollout are spread each for themselves.
        "matchLabelKeys": ["pod-template-hash"],
    }


def _budget(name: str, role: str) -> Manifest:
    found = labels(name, role)
    specification = {"maxUnavailable": 1, "selector": {"matchLabels": found}}
    return manifest("policy/v1", "PodDisruptionBudget", f"{name}-{role}", found, spec=specification)
