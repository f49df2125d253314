"""What the world may ask: the routes of each service by their first word, and nothing that is the operators'."""

from collections.abc import Iterator
from typing import Final

from fastapi.routing import APIRoute

from deploy.manifests.objects import Manifest, labels, manifest
from deploy.manifests.workloads import PORT_NAME
from shared.documents.content import MAX_DOCUMENT_BYTES
from shared.tables import MAX_TABLE_BYTES
from shared.web.app import routers_of
from shared.web.service import Service, installed_services

DOMAIN: Final = "sunmao.example"
"""Stands where a site has its own."""
KEPT_INSIDE: Final = {"/v1/operations", "/v1/alerts"}

_DOCUMENTS: Final = ("/openapi.json", "/asyncapi.json", "/docs")
_VERSION: Final = "/v1/"
_CLASS: Final = "nginx"
# A stream of events is silent for a while and lasts an hour; nginx itself lets nothing above 1 MB in.
_STREAMS_AND_FILES: Final = {
    "nginx.ingress.kubernetes.io/proxy-body-size": f"{max(MAX_TABLE_BYTES, MAX_DOCUMENT_BYTES) // 1024 // 1024}m",
    "nginx.ingress.kubernetes.io/proxy-buffering": "off",
    "nginx.ingress.kubernetes.io/proxy-read-timeout": "3700",
}


def ingresses() -> Iterator[Manifest]:
    """One per service, under a host of its own."""
    for service in installed_services().values():
        yield _ingress(service)


def paths_of(service: Service) -> list[str]:
    """The first two words of every route that it answers, but those that are kept inside, and its documents."""
    routes = {route.path for router in routers_of(service) for route in router.routes if isinstance(route, APIRoute)}
    words = {"/".join(path.split("/")[:3]) for path in routes if path.startswith(_VERSION)}
    return [*sorted(words - KEPT_INSIDE), *_DOCUMENTS]


def _ingress(service: Service) -> Manifest:
    host = f"{service.name}.{DOMAIN}"
    backend = {"service": {"name": service.name, "port": {"name": PORT_NAME}}}
    paths = [{"path": path, "pathType": "Prefix", "backend": backend} for path in paths_of(service)]
    specification = {
        "ingressClassName": _CLASS,
        "tls": [{"hosts": [host], "secretName": f"{service.name}-tls"}],
        "rules": [{"host": host, "http": {"paths": paths}}],
    }
    found = manifest("networking.k8s.io/v1", "Ingress", service.name, labels(service.name, "api"), spec=specification)
    found["metadata"]["annotations"] = dict(_STREAMS_AND_FILES)
    return found
