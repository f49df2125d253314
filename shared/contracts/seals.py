"""Seals on what was released: the hash of every frozen file, so that a change of one does not go unnoticed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from shared.contracts.shelf import as_text

SEALS: Final = Path("docs/events/frozen.json")


def seal(root: Path, files: Iterable[Path]) -> None:
    """Remember these files as they are; what is sealed already stays as it was sealed."""
    sealed = _sealed(root)
    fresh = {str(file.relative_to(root)): _hash(file) for file in files}
    (root / SEALS).write_text(as_text(dict(sorted((fresh | sealed).items()))))


def broken(root: Path, files: Iterable[Path]) -> list[str]:
    """One sentence per sealed file that was changed or removed, and per file among `files` that never was sealed."""
    sealed = _sealed(root)
    strangers = sorted({str(file.relative_to(root)) for file in files} - sealed.keys())
    return [
        *(f"{name} was released and has changed since; put it back" for name in sealed if _changed(root, sealed, name)),
        *(f"{name} was not made by a release; delete it" for name in strangers),
    ]


def _changed(root: Path, sealed: dict[str, str], name: str) -> bool:
    return not (root / name).exists() or _hash(root / name) != sealed[name]


def _sealed(root: Path) -> dict[str, str]:
    if not (root / SEALS).exists():
        return {}
    sealed: dict[str, str] = json.loads((root / SEALS).read_text())
    return sealed


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
