"""`sunmao backup`: everything of a region in one folder, and back from it."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

from pathlib import Path
from typing import Annotated

import typer

backup = typer.Typer(no_args_is_help=True, help="Everything in one folder, and back from it.")

BackupFolder = Annotated[Path, typer.Argument(help="the backup's folder")]


@backup.command("create")
def create_(
    folder: Annotated[Path, typer.Argument(help="a new folder, or an empty one")],
    without_documents: Annotated[
        bool, typer.Option("--without-documents", help="distributed: leave out what lies in the store of documents")
    ] = False,
) -> None:
    """Back up every service as it is at one moment, also while all of them run."""
    from shared.operations.backup.command import create

    for line in create(folder, documents=not without_documents):
        typer.echo(line)


@backup.command("verify")
def verify_(folder: BackupFolder) -> None:
    """Say whether a backup is whole: every checksum, and that its files belong together."""
    from shared.operations.backup.command import verify

    for line in verify(folder):
        typer.echo(line)


@backup.command("restore")
def restore_(
    folder: BackupFolder,
    into: Annotated[Path | None, typer.Option(help="another folder than SUNMAO_HOME")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="also where something is already")] = False,
    margin: Annotated[
        int, typer.Option(min=0, max=14400, help="distributed: as `sunmao restore` takes it, in minutes")
    ] = 60,
) -> None:
    """Put a backup in the place of what is stopped, all of it or nothing.

    Embedded, what was there is put aside. Distributed, every database is filled again, and then does what
    `sunmao restore` does.
    """
    from shared.operations.backup.command import restore

    for line in restore(folder, into, replace=replace, margin=margin):
        typer.echo(line)
