"""Who may speak to whom. Nothing is allowed that is not listed, each policy has one reason, and nobody answers calls
but where a component opens a door: services never call each other."""

from collections.abc import Iterator
from typing import Final

from deploy.manifests.jobs import TOPICS
from deploy.manifests.objects import PART_OF, Manifest, chosen, manifest
from shared.operations.addresses import PORTS
from shared.web.service import installed_services

SPEAKS_OUTSIDE: Final = "notify"
"""The one service that reaches the internet: e-mail servers, webhooks, messengers."""
KAFKA: Final = {"sunmao/part": "kafka"}
COLLECTOR: Final = {"app.kubernetes.io/name": "opentelemetry-collector"}
ISSUER: Final = {"sunmao/part": "issuer"}
DOCUMENTS: Final = {"sunmao/part": "documents"}

_LASTING: Final = ("api", "worker")
_ALL: Final = (*_LASTING, "migration", TOPICS)
_PRIVATE: Final = ["10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"]
_PRIVATE_V6: Final = ["::1/128", "fc00::/7", "fe80::/10"]


def policies() -> Iterator[Manifest]:
    """Deny everything, then allow what is listed."""
    yield _policy("deny-all", chosen(*_ALL), policyTypes=["Ingress", "Egress"])
    yield _outgoing("dns", chosen(*_ALL), [_in_namespace("kube-system", {"k8s-app": "kube-dns"})], _dns())
    for service in PORTS:
        yield _outgoing(
            f"database-of-{service}",
            chosen(*_LASTING, "migration", name=service),
            [_anywhere({f"sunmao/database-of-{service}": "true"})],
            _tcp(5432),
        )
    for service, keeps in installed_services().items():
        if keeps.documented:
            papers = chosen(*_LASTING, name=service)
            yield _outgoing(f"documents-of-{service}", papers, [_anywhere(DOCUMENTS)], _tcp(443, 8333, 9000))
    yield _outgoing("kafka", chosen(*_LASTING, TOPICS), [{"podSelector": {"matchLabels": KAFKA}}], _tcp(9092, 9093))
    yield _outgoing("traces", chosen(*_LASTING), [_anywhere(COLLECTOR)], _tcp(4318))
    yield _outgoing("issuer", chosen("api"), [_anywhere(ISSUER)], _tcp(8010, 8080, 8443))
    yield _outgoing("internet", chosen("worker", name=SPEAKS_OUTSIDE), _internet(), _tcp(443, 465, 587))


def _policy(name: str, pods: Manifest, **more: object) -> Manifest:
    given = {"app.kubernetes.io/part-of": PART_OF}
    return manifest("networking.k8s.io/v1", "NetworkPolicy", name, given, spec={"podSelector": pods, **more})


def _outgoing(name: str, pods: Manifest, peers: list[Manifest], ports: list[Manifest]) -> Manifest:
    return _policy(f"to-{name}", pods, policyTypes=["Egress"], egress=[{"to": peers, "ports": ports}])


def _anywhere(found: dict[str, str]) -> Manifest:
    """Pods of any namespace: databases, collectors and issuers mostly have one of their own."""
    return {"namespaceSelector": {}, "podSelector": {"matchLabels": found}}


def _in_namespace(namespace: str, found: dict[str, str]) -> Manifest:
    name = {"kubernetes.io/metadata.name": namespace}
    return {"namespaceSelector": {"matchLabels": name}, "podSelector": {"matchLabels": found}}


def _internet() -> list[Manifest]:
    """Everything but the cluster and its neighbours: an address that somebody enters must not lead inside."""
    return [
        {"ipBlock": {"cidr": "0.0.0.0/0", "except": _PRIVATE}},
        {"ipBlock": {"cidr": "::/0", "except": _PRIVATE_V6}},
    ]


def _tcp(*ports: int) -> list[Manifest]:
    return [{"protocol": "TCP", "port": port} for port in ports]


def _dns() -> list[Manifest]:
    return [{"protocol": protocol, "port": 53} for protocol in ("UDP", "TCP")]
