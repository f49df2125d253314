"""Which files there are and what is in them; whether those that are committed say the same."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from deploy.manifests import ingress, jobs, kafka, network, scaling, secrets, watching, workloads
from deploy.manifests.objects import ROOT, Manifest, manifest
from shared.operations.addresses import PORTS

FOLDER: Final = ROOT / "deploy/kubernetes"
HEAD: Final = "# Written by `python -m deploy.manifests write` from the code; changes here are lost.\n"
_SCRIPT: Final = ROOT / "deploy/postgres/10-services.sh"


class _Plain(yaml.SafeDumper):
    """YAML as a person would write it: no references, and a text of several lines as a block."""

    def ignore_aliases(self, _data: Any) -> bool:
        """Nothing is written as a reference to what stands elsewhere."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Plain.add_representer(str, _text)


def written() -> dict[Path, str]:
    """Every file that is generated, with what must be in it."""
    return {path: HEAD + _documents(objects) for path, objects in _files()}


def differences() -> list[str]:
    """What is missing, old, or there without a reason; one line each."""
    wanted = written()
    old = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stray = [path for path in FOLDER.rglob("*.yaml") if path not in wanted and path.read_text().startswith(HEAD)]
    return [str(path.relative_to(ROOT)) for path in sorted([*old, *stray])]


def write() -> None:
    """Bring the committed files up to date."""
    for path, text in written().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _files() -> Iterator[tuple[Path, Iterable[Manifest]]]:
    base, components = FOLDER / "base", FOLDER / "components"
    for service in PORTS:
        yield base / f"{service}.yaml", [*workloads.service_of(service), jobs.migration_of(service)]
    yield base / "topics.yaml", jobs.topics()
    yield base / "network.yaml", network.policies()
    for name, patch in kafka.patches():
        yield components / "kafka-security" / f"{name}.yaml", [patch]
    yield components / "strimzi/topics.yaml", kafka.topics()
    yield components / "strimzi/users.yaml", kafka.users()
    yield components / "keda/workers.yaml", scaling.scaling()
    yield components / "ingress/ingresses.yaml", ingress.ingresses()
    yield components / "external-secrets/databases.yaml", secrets.secrets()
    yield components / "monitoring/rules.yaml", watching.rules()
    yield components / "servers/databases.yaml", [_script()]
    yield ROOT / "deploy/grafana/kustomization.yaml", [watching.dashboards()]


def _script() -> Manifest:
    """What gives each service a database and a role, where PostgreSQL's image looks for it."""
    return manifest("v1", "ConfigMap", "postgres-init", data={_SCRIPT.name: _SCRIPT.read_text(encoding="utf-8")})


def _documents(objects: Iterable[Manifest]) -> str:
    text: str = yaml.dump_all(objects, Dumper=_Plain, sort_keys=False, width=120, allow_unicode=True)
    return text
