"""Backing up the folder of the embedded edition, also while it is served, and putting a backup in its place."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

from shared.contracts.registry import SERVICES
from shared.kernel.clock import system_clock
from shared.operations.backup.folders import (
    copy_documents,
    copy_issuer,
    copy_private,
    new_folder,
    private_folder,
    whatever_goes_wrong,
)
from shared.operations.backup.manifest import Manifest, compare, verified, write_manifest, written
from shared.operations.backup.moment import copy, one_moment
from shared.operations.backup.refusal import BackupRefusedError
from shared.operations.backup.soundness import require_sound
from shared.operations.folder import Folder

_OWNER: Final = "owner"


def back_up(home: Folder, folder: Path) -> Manifest:
    """Copy a town as it is at one moment, documents and the issuer's keys included. Raises `BackupRefusedError`."""
    databases = [file for name in SERVICES if (file := home.path / f"{name}.db").exists()]
    if not databases:
        raise BackupRefusedError(f"there is no town in {home.path}; SUNMAO_HOME names its folder")
    began_at = system_clock()
    with new_folder(folder):
        # First: a run of the demonstration may be behind the services, which repeat what was done, but not ahead.
        copy_issuer(home, folder)
        with one_moment(databases) as snapshots:
            for file, snapshot in snapshots.items():
                copy(snapshot, folder / file.name)
                written(folder / file.name)
        copy_documents(home, folder)
        return write_manifest(folder, "embedded", began_at)


def check(folder: Path) -> Manifest:
    """The manifest of a backup whose files are whole and belong together. Raises `BackupRefusedError`."""
    manifest = verified(folder)
    if manifest.edition == "embedded":
        require_sound([folder.absolute() / name for name in manifest.files if name.endswith(".db")])
    return manifest


def put_back(folder: Path, home: Folder, *, replace: bool) -> tuple[Manifest, Path | None]:
    """Put a backup in the place of a town, all of it or nothing; where a town that was there before is now.

    Raises `BackupRefusedError`, and `FolderTakenError` while the town is served.
    """
    manifest = check(folder)
    if manifest.edition != "embedded":
        raise BackupRefusedError(f"{folder} holds databases of the distributed edition; their addresses are not set")
    with whatever_goes_wrong(home.path), home.owned():
        empty = [entry.name for entry in home.path.iterdir()] == [_OWNER]
        if not (empty or replace):
            raise BackupRefusedError(f"{home.path} is not empty; --replace puts what is in it aside")
        made = _copied(folder, manifest, home.path.with_name(f"{home.path.name}.restoring"))
        before = _make_room(home.path, empty=empty, now=system_clock())
        made.rename(home.path)
        written(home.path.parent)
    return manifest, before


def _copied(folder: Path, manifest: Manifest, beside: Path) -> Path:
    """The backup's files in a folder of their own, on the disk, each as the manifest says; or no such folder."""
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    try:
        for name, expected in manifest.files.items():
            target = beside / name
            private_folder(target.parent)
            copy_private(folder / name, target)
            compare(target, expected)
            written(target.parent)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return beside


def _make_room(home: Path, *, empty: bool, now: datetime) -> Path | None:
    if empty:
        (home / _OWNER).unlink()
        return None
    before = home.with_name(f"{home.name}.before-{now:%Y%m%dT%H%M%SZ}")
    home.rename(before)
    return before
