"""`sunmao calendar`: which days are holidays and made-up working days, and to enter a year from its notice."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

import asyncio
from pathlib import Path
from typing import Annotated, Literal

import typer

Language = Annotated[Literal["en", "zh"], typer.Option(help="in which language faults are told")]
Year = Annotated[int | None, typer.Option(min=2004, max=2199, help="the year; see below what is meant without it")]

calendar = typer.Typer(no_args_is_help=True, help="Holidays and made-up working days of the region.")


@calendar.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or .xlsx with date, kind and note")],
    year: Year = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only look whether the file fits")] = False,
    language: Language = "en",
) -> None:
    """Enter a year whole, in place of what was entered of it; without --year the first that is not known yet.

    The file is looked through first: unless every row fits, nothing is entered. A kind is holiday, rest or working;
    days of no row go by their weekday.
    """
    from shared.operations.calendar_entering import enter_year
    from shared.web.requests import TABLE_TYPES

    text, workbook = TABLE_TYPES
    sent_as = workbook if file.suffix.lower() == ".xlsx" else text
    asyncio.run(enter_year(file.read_bytes(), sent_as, year, dry_run=dry_run, language=language))


@calendar.command("show")
def show(year: Year = None) -> None:
    """What is known of a year, this one if none is named, and until when all is known."""
    from shared.operations.calendar_entering import show_year

    asyncio.run(show_year(year))
