"""What every object of ours has in common: a version, labels by which it is chosen, a name."""

import tomllib
from pathlib import Path
from typing import Any, Final

Manifest = dict[str, Any]
"""One object of Kubernetes."""

ROOT: Final = Path(__file__).parents[2]
VERSION: Final[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
PART_OF: Final = "sunmao"
ROLES: Final = ("api", "worker")
"""The components of a service that last; beside them it has a `migration`."""

_NAME: Final = "app.kubernetes.io/name"
_COMPONENT: Final = "app.kubernetes.io/component"
_PART_OF: Final = "app.kubernetes.io/part-of"


def labels(name: str, component: str) -> dict[str, str]:
    """By which a pod is found: what it is, and in which role."""
    return {_NAME: name, _COMPONENT: component, _PART_OF: PART_OF}


def chosen(*components: str, name: str | None = None) -> Manifest:
    """A selector of our pods in these roles, of one service where it is named."""
    found: Manifest = {"matchLabels": {_PART_OF: PART_OF} | ({_NAME: name} if name else {})}
    if components:
        found["matchExpressions"] = [{"key": _COMPONENT, "operator": "In", "values": list(components)}]
    return found


def manifest(api_version: str, kind: str, name: str, /, given: dict[str, str] | None = None, **more: Any) -> Manifest:
    """An object with its labels, if it has any, and whatever else it says."""
    metadata: Manifest = {"name": name} | ({"labels": given} if given else {})
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata, **more}
