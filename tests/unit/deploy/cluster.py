"""What a cluster would be given: rendered by Kustomize, and every object judged by a schema of its kind."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "deploy/kubernetes"
COMPONENTS = sorted(folder.name for folder in (FOLDER / "components").iterdir())
OVERLAYS = sorted(folder.name for folder in (FOLDER / "overlays").iterdir())
KUBERNETES = "1.37"
FOREIGN: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "foreign_kinds.yaml").read_text())

Manifest = dict[str, Any]


@cache
def overlay(name: str) -> tuple[Manifest, ...]:
    """Everything that an overlay makes."""
    return _render(FOLDER / "overlays" / name)


def with_components(folder: Path, names: Sequence[str]) -> tuple[Manifest, ...]:
    """Everything that the base makes with these components; the kustomization is written into `folder`."""
    here = [f"{_up(folder)}/{part}" for part in ("base", *(f"components/{name}" for name in names))]
    kustomization = {"namespace": "any", "resources": here[:1], "components": here[1:]}
    (folder / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    return _render(folder)


def faults(manifest: Manifest) -> list[str]:
    """What the schema of its kind says against an object; a kind without a schema is a fault."""
    kind = f"{manifest['apiVersion']} {manifest['kind']}"
    if kind in FOREIGN:
        return [error.message for error in Draft202012Validator(_closed(kind)).iter_errors(manifest)]
    try:
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)
    except (kubernetes_validate.ValidationError, kubernetes_validate.SchemaNotFoundError) as error:
        return [str(getattr(error, "message", "") or error)]
    return []


def wrong(manifests: Sequence[Manifest]) -> list[str]:
    """Every fault of every object, under its kind and name."""
    found = [(manifest, _known_faults(json.dumps(manifest))) for manifest in manifests]
    return [f"{one['kind']} {one['metadata']['name']}: {fault}" for one, said in found for fault in said]


@cache
def _known_faults(text: str) -> tuple[str, ...]:
    """Most objects are the same in every rendering."""
    return tuple(faults(json.loads(text)))


def of_kind(manifests: Sequence[Manifest], *kinds: str) -> list[Manifest]:
    """Those of these kinds."""
    return [manifest for manifest in manifests if manifest["kind"] in kinds]


def pods(manifests: Sequence[Manifest]) -> Iterator[tuple[str, Manifest]]:
    """Every template of pods, under the name of what starts them."""
    for manifest in of_kind(manifests, "Deployment", "StatefulSet", "Job"):
        yield manifest["metadata"]["name"], manifest["spec"]["template"]


def containers(pod: Manifest) -> list[Manifest]:
    """All containers of a pod, those that run first included."""
    return [*pod["spec"].get("initContainers", []), *pod["spec"]["containers"]]


def chooses(selector: Manifest, labels: dict[str, str]) -> bool:
    """Whether a selector chooses what bears these labels."""
    plain = all(labels.get(key) == value for key, value in selector.get("matchLabels", {}).items())
    return plain and all(_holds(rule, labels) for rule in selector.get("matchExpressions", []))


def _holds(rule: Manifest, labels: dict[str, str]) -> bool:
    assert rule["operator"] == "In", "only this operator is understood here"
    return labels.get(rule["key"]) in rule["values"]


def _render(folder: Path) -> tuple[Manifest, ...]:
    kubectl = Path(sys.executable).with_name("kubectl")
    # Somebody else's cluster must not matter.
    said = subprocess.run(
        [kubectl, "kustomize", folder],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(folder)},
        timeout=60,
    )
    assert said.returncode == 0, said.stderr
    return tuple(yaml.load_all(said.stdout, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _up(folder: Path) -> str:
    """The way from a folder to ours: Kustomize takes no absolute paths."""
    return "/".join([".."] * len(folder.resolve().parts[1:])) + str(FOLDER)


@cache
def _closed(kind: str) -> Manifest:
    """The schema of a foreign kind: its `spec`, in which nothing is allowed that is not listed."""
    return {
        "type": "object",
        "required": ["apiVersion", "kind", "metadata", "spec"],
        "properties": {"apiVersion": True, "kind": True, "metadata": _METADATA, "spec": _close(FOREIGN[kind])},
        "additionalProperties": False,
    }


_TEXTS = {"type": "object", "additionalProperties": {"type": "string"}}
_METADATA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "pattern": r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$"},
        "namespace": {"type": "string"},
        "labels": _TEXTS,
        "annotations": _TEXTS,
    },
    "additionalProperties": False,
}


def _close(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_close(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _close(value) for key, value in schema.items()}
    named = isinstance(schema.get("properties"), dict) or schema.get("type") == "object"
    return {"additionalProperties": False, **closed} if named else closed
