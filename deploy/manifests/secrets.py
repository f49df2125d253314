"""Where secrets come from, for sites that keep them in a vault: objects for the External Secrets operator."""

from collections.abc import Iterator
from typing import Final

from deploy.manifests.objects import Manifest, labels, manifest
from shared.operations.addresses import PORTS

STORE: Final = "sunmao"
"""The ClusterSecretStore that a site sets up for its vault."""


def secrets() -> Iterator[Manifest]:
    """The address of each service's database; passwords for Kafka are made by its own operator."""
    for service in PORTS:
        yield _secret(service)


def _secret(service: str) -> Manifest:
    name = f"{service}-database"
    specification = {
        "refreshInterval": "1h",
        "secretStoreRef": {"kind": "ClusterSecretStore", "name": STORE},
        "target": {"name": name, "creationPolicy": "Owner"},
        "data": [{"secretKey": "url", "remoteRef": {"key": f"sunmao/{service}", "property": "database-url"}}],
    }
    return manifest("external-secrets.io/v1", "ExternalSecret", name, labels(service, "secret"), spec=specification)
