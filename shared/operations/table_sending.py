"""Tables as the command line fetches and sends them, over HTTP as anybody would."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import typer

from shared.operations.addresses import Addresses
from shared.operations.remote import show_table
from shared.operations.visitor import Visitor
from shared.web.requests import TABLE_TYPES

Office = tuple[str, str | None]
"""A role and the organisation in which it is held."""
Sent = tuple[bytes, str]
"""The bytes of a file, and its media type."""


@asynccontextmanager
async def _office(office: Office) -> AsyncIterator[tuple[Visitor, str]]:
    async with Visitor(Addresses.read(os.environ), token=os.environ.get("SUNMAO_TOKEN")) as visitor:
        yield visitor, await visitor.token(*office)


async def list_tables(service: str, office: Office, language: str) -> None:
    """One line for each table."""
    async with _office(office) as (visitor, token):
        headers = {"accept-language": language}
        answer = await visitor.call("GET", service, "/v1/tables", token=token, headers=headers)
    show_table(
        [
            {
                "table": table["name"],
                "by": ", ".join(table["roles"]),
                "columns": ", ".join(column["heading"] for column in table["columns"]),
            }
            for table in answer.json()["items"]
        ]
    )


async def fetch_template(service: str, table: str, file: Path, office: Office, language: str) -> bytes:
    """The empty table, of the kind that the file's name says."""
    wanted = {"format": "xlsx" if _is_workbook(file) else "csv"}
    async with _office(office) as (visitor, token):
        headers = {"accept-language": language}
        path = f"/v1/tables/{table}/template"
        answer = await visitor.call("GET", service, path, token=token, headers=headers, params=wanted)
    return answer.content


def opened(file: Path) -> Sent:
    """A file and what it is sent as."""
    text, workbook = TABLE_TYPES
    return file.read_bytes(), workbook if _is_workbook(file) else text


async def send_table(
    service: str, table: str, sent: Sent, office: Office, query: Mapping[str, Any], *, language: str
) -> bool:
    """Send a file, show what became of its rows, and say whether all of them fit.

    Raises `AnswerError` with each cell that does not where nothing was entered for it.
    """
    content, sent_as = sent
    headers = {"accept-language": language, "content-type": sent_as}
    async with _office(office) as (visitor, token):
        answer = await visitor.call(
            "POST",
            service,
            f"/v1/tables/{table}/imports",
            token=token,
            headers=headers,
            params=query,
            content=content,
            # A hundred thousand rows take their time.
            timeout=None,
        )
    report: dict[str, Any] = answer.json()
    _show(report)
    return not report["faulty"]


async def undo_import(service: str, import_id: str, office: Office) -> None:
    """Take it back."""
    async with _office(office) as (visitor, token):
        await visitor.call("POST", service, f"/v1/imports/{import_id}/undoing", token=token, timeout=None)
    typer.echo(f"{import_id} was undone")


def _show(report: Mapping[str, Any]) -> None:
    if report["faults"]:
        show_table(report["faults"])
    if report["dry_run"]:
        typer.echo(f"of {report['rows']} rows {report['faulty']} cells or rows do not fit; nothing was entered")
    else:
        typer.echo(f"{report['taken']} of {report['rows']} rows were entered as {report['import_id']}")


def _is_workbook(file: Path) -> bool:
    return file.suffix.lower() == ".xlsx"
