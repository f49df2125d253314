"""`sunmao batch`: the same act done to many objects."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

import asyncio
from pathlib import Path
from typing import Annotated, Literal

import typer

from shared.operations.exits import Exit


def batch(  # noqa: PLR0917
    service: Annotated[str, typer.Argument(help="partnership or training")],
    act: Annotated[str, typer.Argument(help="such as agreements/submission; docs/batches.md names them")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="an id, or a row as JSON, on each line")],
    role: Annotated[str, typer.Option("--as", help="the role, where SUNMAO_TOKEN gives no token")],
    organization: Annotated[str | None, typer.Option(help="the id of the organisation")] = None,
    language: Annotated[Literal["en", "zh"], typer.Option(help="in which language refusals are told")] = "en",
) -> None:
    """Do the same act to many objects, a thousand at a time; the same file is done once."""
    from shared.operations.batch_sending import send_batches

    if not asyncio.run(send_batches(service, act, file.read_bytes(), (role, organization), language=language)):
        raise typer.Exit(Exit.FOUND)
