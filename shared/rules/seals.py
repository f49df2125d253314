"""Seals on published packs: what decides in them never changes, and a change that happens is told.

Sealed are the dates, the place, and of each rule its severity, numbers, source, confidence and reading. The sentences
in which a refusal is told may be improved; evidence, numbers, values and sources may be called by better names.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from shared.rules.pack import Pack

SEALS: Final = "published.json"
_TOLD: Final = {"title": True, "labels": True, "cases": True, "facts": True, "names": True}
_CALLED: Final = {"document_zh", "article_zh"}


def digest(pack: Pack) -> str:
    """What decides in a pack, as a hash: equal for equal rules, however the file is laid out."""
    said = pack.model_dump(
        mode="json", exclude_unset=True, exclude={"rules": {"__all__": {**_TOLD, "source": _CALLED}}}
    )
    said["rules"] = {rule["id"]: rule for rule in said["rules"]}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def read_seals(folder: Traversable) -> Mapping[str, str]:
    """The digests of what was published from this folder of packs, by `<pack>@<version>`."""
    file = folder / SEALS
    seals: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return seals


def broken(packs: Iterable[Pack], seals: Mapping[str, str]) -> list[str]:
    """One sentence for every published pack that says something else now, or is not there any more."""
    now = {pack.reference: digest(pack) for pack in packs}
    lost = [f"{reference} was published and is gone; put it back" for reference in seals if reference not in now]
    changed = [reference for reference in seals if now.get(reference, seals[reference]) != seals[reference]]
    return [*lost, *(sentence_on_change(reference) for reference in changed)]


def sentence_on_change(reference: str) -> str:
    """What to do where a published pack was changed."""
    name, _, version = reference.rpartition("@")
    successor = f"{name}@{int(version) + 1}"
    return f"{reference} was published and has changed since; put it back, and publish the change as {successor}"


def seal(packs: Iterable[Pack], folder: Path) -> None:
    """Seal these packs; what is sealed already stays as it was sealed."""
    sealed = {pack.reference: digest(pack) for pack in packs} | dict(read_seals(folder))
    (folder / SEALS).write_text(json.dumps(dict(sorted(sealed.items())), indent=2) + "\n", encoding="utf-8")
