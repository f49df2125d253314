"""`sunmao backup`: which edition it is about, and what is said of it."""

import asyncio
import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import typer

from shared.contracts.fields import REGION_TIME
from shared.operations.backup import embedded
from shared.operations.backup.manifest import Manifest
from shared.operations.folder import Folder
from shared.operations.settings import read_settings
from shared.web.service import installed_services


def create(folder: Path, *, documents: bool) -> Iterator[str]:
    """Make a backup; without documents only of the distributed edition. Raises `BackupRefusedError`."""
    made, said = _dumped(folder, documents=documents) if _is_distributed() else (embedded.back_up(_home(), folder), ())
    yield f"{_described(made)} are in {folder}"
    yield from said


def verify(folder: Path) -> Iterator[str]:
    """Read a backup whole. Raises `BackupRefusedError`."""
    yield f"{_described(embedded.check(folder))} are whole"


def restore(folder: Path, into: Path | None, *, replace: bool, margin: int) -> Iterator[str]:
    """Put a backup in its place. Raises `BackupRefusedError`, `RestoreRefusedError` and `FolderTakenError`."""
    if into is None and _is_distributed():
        _put_back(folder, replace=replace, margin=timedelta(minutes=margin))
        return
    home = Folder(into) if into is not None else _home()
    manifest, before = embedded.put_back(folder, home, replace=replace)
    yield f"{_described(manifest)} are in {home.path}"
    if before is not None:
        yield f"what was there is in {before}"


def _dumped(folder: Path, *, documents: bool) -> tuple[Manifest, Sequence[str]]:
    # It needs PostgreSQL's driver, which the embedded edition does without.
    from shared.operations.backup import distributed  # noqa: PLC0415

    return asyncio.run(distributed.back_up(folder, documents=documents))


def _put_back(folder: Path, *, replace: bool, margin: timedelta) -> None:
    from shared.operations.backup import distributed  # noqa: PLC0415

    async def tell() -> None:
        async for line in distributed.put_back(folder, replace=replace, margin=margin):
            typer.echo(line)

    asyncio.run(tell())


def _is_distributed() -> bool:
    return any(read_settings(os.environ, name).database_url for name in installed_services())


def _home() -> Folder:
    return Folder(read_settings(os.environ).home)


def _described(manifest: Manifest) -> str:
    moment = manifest.began_at.astimezone(REGION_TIME).isoformat(timespec="seconds")
    return f"{len(manifest.files)} files, {manifest.bytes / 1e6:.1f} MB, as of {moment}"
