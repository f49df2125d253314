"""Where secrets come from, for sites that keep them in a vault: objects for the External Secrets operator."""

from collections.abc import Iterator, Mapping
from typing import Final

from deploy.manifests.objects import Manifest, labels, manifest
from shared.operations.addresses import PORTS

STORE: Final = "sunmao"
"""The ClusterSecretStore that a site sets up for its vault."""


def secrets() -> Iterator[Manifest]:
    """The address of each service's database, and the key of the bucket that documents lie in.

    Passwords for Kafka are made by its own operator.
    """
    for service in PORTS:
        yield _secret(f"{service}-database", service, {"url": "database-url"})
    yield _secret("documents-key", "documents", {"id": "key-id", "secret": "secret"})


def _secret(name: str, owner: str, properties: Mapping[str, str]) -> Manifest:
    data = [
        {"secretKey": key, "remoteRef": {"key": f"sunmao/{owner}", "property": there}}
        for key, there in properties.items()
    ]
    specification = {
        "refreshInterval": "1h",
        "secretStoreRef": {"kind": "ClusterSecretStore", "name": STORE},
        "target": {"name": name, "creationPolicy": "Owner"},
        "data": data,
    }
    return manifest("external-secrets.io/v1", "ExternalSecret", name, labels(owner, "secret"), spec=specification)
