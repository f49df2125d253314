"""What is in a backup. It is written last: a folder without it is no backup, however much lies in it."""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from shared.operations.backup.refusal import BackupRefusedError

Edition = Literal["embedded", "distributed"]
Name = Annotated[str, Field(pattern=r"^(identity/|documents/[a-z]+/[0-9a-f]{2}/)?[\w-][\w.-]*$")]
"""A file of a backup; nothing that leads out of it."""

NAME: Final = "manifest.json"
_BLOCK: Final = 1 << 20


class Kept(BaseModel):
    """One file of a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    bytes: int
    sha256: str


class Manifest(BaseModel):
    """Which release made the backup, of which edition, when, and every file with its checksum.

    `began_at` comes before the moment that the backup shows. `moments` has it for each service of the distributed
    edition, whose restore asks for it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition: Edition
    release: str
    began_at: AwareDatetime
    moments: Mapping[str, AwareDatetime] = {}
    files: Mapping[Name, Kept]

    @property
    def bytes(self) -> int:
        """How large all files are together."""
        return sum(kept.bytes for kept in self.files.values())


def write_manifest(
    folder: Path, edition: Edition, began_at: datetime, moments: Mapping[str, datetime] | None = None
) -> Manifest:
    """Say what lies in the folder, and by that make it a backup."""
    files = {str(file.relative_to(folder)): kept(file) for file in _files(folder)}
    manifest = Manifest(
        edition=edition, release=version("sunmao"), began_at=began_at, moments=moments or {}, files=files
    )
    draft = folder / f"{NAME}.draft"
    draft.write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    written(draft)
    draft.rename(folder / NAME)
    for made in (folder, folder.parent):
        written(made)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """What a backup says of itself. Raises `BackupRefusedError`, also for one of a newer release."""
    try:
        content = (folder / NAME).read_text(encoding="utf-8")
        _refuse_newer(folder, json.loads(content))
        return Manifest.model_validate_json(content)
    except FileNotFoundError:
        raise BackupRefusedError(f"{folder} is no backup, or one that was never finished: it has no {NAME}") from None
    except (OSError, ValueError, ValidationError) as error:
        if isinstance(error, BackupRefusedError):
            raise
        raise BackupRefusedError(f"{folder / NAME} cannot be read: {str(error).splitlines()[0]}") from None


def verified(folder: Path) -> Manifest:
    """The manifest of a backup of which every file is as it was written. Raises `BackupRefusedError`."""
    manifest = read_manifest(folder)
    for name, expected in manifest.files.items():
        compare(folder / name, expected)
    return manifest


def compare(file: Path, expected: Kept) -> None:
    """Raises `BackupRefusedError` unless the file is what the manifest says."""
    if not file.is_file():
        raise BackupRefusedError(f"{file} is missing: the backup is not whole")
    if kept(file) != expected:
        raise BackupRefusedError(f"{file} is not what was backed up: its checksum is another one")


def kept(file: Path) -> Kept:
    """Size and checksum of a file."""
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return Kept(bytes=size, sha256=digest.hexdigest())


def written(path: Path) -> None:
    """Return once the file, or what is in the folder, is on the disk and not only in its cache."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _files(folder: Path) -> Iterable[Path]:
    return sorted(file for file in folder.rglob("*") if file.is_file())


def _refuse_newer(folder: Path, content: object) -> None:
    release, ours = content.get("release") if isinstance(content, dict) else None, version("sunmao")
    if isinstance(release, str) and _order(release) > _order(ours):
        raise BackupRefusedError(f"{folder} was made by release {release}, which is newer than this one ({ours})")


def _order(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", release)[:3])
