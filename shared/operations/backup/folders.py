"""The folder that a backup goes into, and what both editions put there."""

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from shared.operations.backup.manifest import written
from shared.operations.backup.refusal import BackupRefusedError, doing, told
from shared.operations.folder import Folder

_HASH: Final = re.compile(r"[0-9a-f]{64}")


def copy_issuer(home: Folder, folder: Path) -> None:
    """The local issuer's keys and clients, and the runs of demonstrations, so that they can be continued."""
    for file in [*sorted(home.keys.glob("*.json")), *home.demo_runs]:
        if file.exists():
            target = folder / file.relative_to(home.path)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            copy_private(file, target)


def copy_documents(home: Folder, folder: Path) -> None:
    """The bytes of every document that lies in the home.

    Copied after the databases: bytes are there before any row names them, so that none is missed. What the sweeper
    removes meanwhile, an erased document's, is missed rightly.
    """
    for file in sorted(home.every_document.glob("*/*/*")):
        if _HASH.fullmatch(file.name):
            target = folder / file.relative_to(home.path)
            private_folder(target.parent)
            try:
                copy_private(file, target)
            except FileNotFoundError:
                target.unlink()


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """A folder that a backup goes into; nothing stays of one that does not come to its end."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupRefusedError(f"{folder} is not empty; a backup goes into a folder of its own")
    with whatever_goes_wrong(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            yield
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise


@contextmanager
def whatever_goes_wrong(folder: Path) -> Iterator[None]:
    """What the disk or a file refuses is one sentence, with what was being done."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise BackupRefusedError(f"{folder} cannot be made: {told(error)}") from None


def private_folder(folder: Path) -> None:
    """A folder that only its owner enters, and likewise what it lies in, as far as that is not there yet."""
    if not folder.exists():
        private_folder(folder.parent)
        folder.mkdir(mode=0o700)


def copy_private(source: Path, target: Path) -> None:
    """A copy that only its owner reads, on the disk when this returns."""
    with doing(f"copying {source}"):
        target.touch(mode=0o600)
        shutil.copyfile(source, target)
        written(target)
