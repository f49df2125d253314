"""`sunmao tables`: registers from files, and back again where a file was the wrong one."""

# As in the rest of the command line, a command imports only what it runs.
# ruff: noqa: PLC0415

import asyncio
from pathlib import Path
from typing import Annotated, Literal

import typer

from shared.operations.exits import Exit

Language = Annotated[Literal["en", "zh"], typer.Option(help="in which language headings and faults are told")]
ServiceName = Annotated[str, typer.Argument(help="partnership, training or talent")]
TableName = Annotated[str, typer.Argument(help="such as students; `sunmao tables list` names them")]
As = Annotated[str, typer.Option("--as", help="the role of the office, where SUNMAO_TOKEN gives no token")]
Organization = Annotated[str | None, typer.Option(help="the id of the office's organisation")]

tables = typer.Typer(no_args_is_help=True, help="Registers from tables: templates, imports, undoing.")


@tables.command("list")
def list_(service: ServiceName, role: As, organization: Organization = None, language: Language = "en") -> None:
    """What can be imported into a service, and by whom."""
    from shared.operations.table_sending import list_tables

    asyncio.run(list_tables(service, (role, organization), language))


@tables.command("template")
def template(  # noqa: PLR0917
    service: ServiceName,
    table: TableName,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="where it is written to: .csv or .xlsx")],
    role: As,
    organization: Organization = None,
    language: Language = "en",
) -> None:
    """Write the empty table; as a workbook it offers the values that are allowed."""
    from shared.operations.table_sending import fetch_template

    file.write_bytes(asyncio.run(fetch_template(service, table, file, (role, organization), language)))
    typer.echo(f"{file} was written")


@tables.command("import")
def import_(  # noqa: PLR0917
    service: ServiceName,
    table: TableName,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or .xlsx")],
    role: As,
    organization: Organization = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only say what would become of it")] = False,
    good_rows_only: Annotated[bool, typer.Option("--good-rows-only", help="leave out rows that do not fit")] = False,
    language: Language = "en",
) -> None:
    """Enter the rows of a file: all or none, unless good rows alone are wanted. 1 where some do not fit."""
    from shared.operations.table_sending import opened, send_table

    mode = "good_rows_only" if good_rows_only else "all_or_nothing"
    query = {"mode": mode, "dry_run": dry_run}
    if not asyncio.run(send_table(service, table, opened(file), (role, organization), query, language=language)):
        raise typer.Exit(Exit.FOUND)


@tables.command("undo")
def undo(
    service: ServiceName,
    import_id: Annotated[str, typer.Argument(help="imp_…, as the import told it")],
    role: As,
    organization: Organization = None,
) -> None:
    """Take back all that an import entered, while nobody has changed or used any of it."""
    from shared.operations.table_sending import undo_import

    asyncio.run(undo_import(service, import_id, (role, organization)))
