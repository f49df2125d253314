"""`sunmao backup`: which edition it is about, and what is said of it."""

import os
from collections.abc import Iterator
from pathlib import Path

from shared.contracts.fields import REGION_TIME
from shared.operations.backup import embedded
from shared.operations.backup.manifest import Manifest
from shared.operations.folder import Folder
from shared.operations.settings import read_settings


def create(folder: Path) -> Iterator[str]:
    """Make a backup. Raises `BackupRefusedError`."""
    made = embedded.back_up(_home(), folder)
    yield f"{_described(made)} are in {folder}"


def verify(folder: Path) -> Iterator[str]:
    """Read a backup whole. Raises `BackupRefusedError`."""
    yield f"{_described(embedded.check(folder))} are whole"


def restore(folder: Path, into: Path | None, *, replace: bool) -> Iterator[str]:
    """Put a backup in its place. Raises `BackupRefusedError` and `FolderTakenError`."""
    home = Folder(into) if into is not None else _home()
    manifest, before = embedded.put_back(folder, home, replace=replace)
    yield f"{_described(manifest)} are in {home.path}"
    if before is not None:
        yield f"what was there is in {before}"


def _home() -> Folder:
    return Folder(read_settings(os.environ).home)


def _described(manifest: Manifest) -> str:
    moment = manifest.began_at.astimezone(REGION_TIME).isoformat(timespec="seconds")
    return f"{len(manifest.files)} files, {manifest.bytes / 1e6:.1f} MB, as of {moment}"
