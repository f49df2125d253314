"""`sunmao documents`: whether files are documents that are kept here."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from shared.operations.exits import Exit

documents = typer.Typer(no_args_is_help=True, help="Documents that are kept as evidence.")


@documents.callback()
def _documents() -> None:
    """Let `verify` be named though it is alone."""


@documents.command("verify")
def verify(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="files as they were received")],
) -> None:
    """Say of each file whether a service keeps it and it stands. Only hashes are sent; 1 if one is not ours."""
    from shared.operations.document_checking import all_ours

    sys.exit(Exit.DONE if asyncio.run(all_ours(files)) else Exit.FOUND)
