"""Publishes the contracts of a checkout: writes what is generated, says what drifted, freezes a release for ever."""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

from shared.contracts import seals
from shared.contracts.asyncapi import Subscriptions, document
from shared.contracts.compatibility import violations as between
from shared.contracts.components import Example
from shared.contracts.event import Message
from shared.contracts.registry import REGISTRY, SERVICES, Registry
from shared.contracts.schemas import reader_schema
from shared.contracts.shelf import Shelf, as_text
from shared.contracts.versions import TABLE

_GOLDEN: Final = Path("tests/contracts/golden")
_NUMBERS: Final = Path("shared/contracts") / TABLE


class Incompatible(Exception):
    """A release would break what an earlier one promised. The message has one sentence per line."""


@dataclass(frozen=True, slots=True)
class Contracts:
    """What is published: the bodies of a registry, and what each service's consumers bind."""

    registry: Registry = REGISTRY
    subscriptions: Mapping[str, Subscriptions] = field(default_factory=dict)

    @property
    def bodies(self) -> list[type[Message]]:
        """All bodies by type."""
        return sorted(self.registry, key=lambda body: body.wire.type)


TODAY: Final = Contracts()


def installed(services: Iterable[EntryPoint] | None = None) -> Contracts:
    """Today's bodies with what every installed service says of its `subscriptions` (entry points `sunmao.services`)."""
    found = entry_points(group="sunmao.services") if services is None else services
    return Contracts(subscriptions={point.name: point.load().subscriptions for point in found})


def write(root: Path, contracts: Contracts = TODAY) -> list[Path]:
    """Bring every generated file up to date and delete what belongs to nothing. Returns what changed."""
    generated = _generated(root, contracts)
    changed = [path for path, text in generated.items() if _differs(path, text)]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(generated[path])
    stray = _stray(root, generated)
    for path in stray:
        path.unlink()
    return changed + stray


def drift(root: Path, contracts: Contracts = TODAY) -> list[str]:
    """One sentence per file that is not what it should be; none if nothing is to be written and no seal is broken."""
    generated = _generated(root, contracts)
    outdated = [path for path, text in generated.items() if _differs(path, text)]
    return [
        *(f"{path.relative_to(root)} is not what the contracts say; run `make contracts`" for path in outdated),
        *(f"{path.relative_to(root)} belongs to nothing; run `make contracts`" for path in _stray(root, generated)),
        *seals.broken(root, Shelf(root).all_frozen()),
    ]


def violations(root: Path, contracts: Contracts = TODAY) -> list[str]:
    """One sentence per change that breaks what any frozen version promised (FULL_TRANSITIVE)."""
    shelf = Shelf(root)
    changed = [
        f"{body.wire.type} no longer keeps what its schema {number} promised: {sentence}"
        for body in contracts.bodies
        for number, schema in shelf.frozen(body).items()
        for sentence in between(schema, reader_schema(body))
    ]
    kept = {shelf.place(body) for body in contracts.bodies}
    lost = sorted({file.parent for file in shelf.all_frozen()} - kept)
    return changed + [f"{place.relative_to(root)} was released and has no body any more; keep it" for place in lost]


def freeze(root: Path, contracts: Contracts = TODAY) -> list[Path]:
    """Give each schema that changed since the last release its number, and seal it and the golden examples.

    Returns the new files. Raises `Incompatible` where an earlier promise would be broken, and then changes nothing.
    """
    shelf = Shelf(root)
    if wrong := [*violations(root, contracts), *seals.broken(root, shelf.all_frozen())]:
        raise Incompatible("\n".join(wrong))
    write(root, contracts)
    texts = {shelf.place(body) / f"{shelf.number_of(body)}.json": shelf.text_of(body) for body in contracts.bodies}
    new = [path for path in texts if not path.exists()]
    for path in new:
        path.write_text(texts[path])
    seals.seal(root, [*new, *sorted((root / _GOLDEN).glob("*.json"))])
    return new


def _generated(root: Path, contracts: Contracts) -> dict[Path, str]:
    shelf = Shelf(root)
    numbers = {body.wire.type: shelf.number_of(body) for body in contracts.bodies}
    return {
        **{shelf.place(body) / "unreleased.json": shelf.text_of(body) for body in contracts.bodies},
        **{shelf.folder / f"{name}.asyncapi.json": _asyncapi(root, name, contracts) for name in SERVICES},
        root / _NUMBERS: as_text(numbers),
    }


def _asyncapi(root: Path, service: str, contracts: Contracts) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return as_text(
        document(
            service,
            contracts.subscriptions.get(service),
            examples=golden_in(root),
            version=project["version"],
            registry=contracts.registry,
        )
    )


def golden_in(root: Path) -> dict[str, Example]:
    """The golden examples of a checkout by type."""
    return {file.stem: json.loads(file.read_text()) for file in sorted((root / _GOLDEN).glob("*.json"))}


def _stray(root: Path, generated: Mapping[Path, str]) -> list[Path]:
    folder = Shelf(root).folder
    found = [*folder.glob("*/v*/unreleased.json"), *folder.glob("*.asyncapi.json")]
    return sorted(path for path in found if path not in generated)


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text() != text


def main(arguments: Sequence[str] | None = None, contracts: Contracts | None = None) -> int:
    """`write` or `freeze` the contracts of the checkout in which this is run; prints the files that changed."""
    parser = argparse.ArgumentParser(prog="python -m shared.contracts.publish", description=__doc__)
    parser.add_argument("act", choices=("write", "freeze"))
    act = {"write": write, "freeze": freeze}[parser.parse_args(arguments).act]
    try:
        changed = act(Path.cwd(), contracts or installed())
    except Incompatible as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.writelines(f"{path.relative_to(Path.cwd())}\n" for path in changed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
