"""Tables over HTTP: taken as a file, held against their shape, and answered with what is wrong with which cell."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Final, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from shared.tables import Checked, Fault, TableShape, check, template
from shared.web.requests import TABLE_TYPES

B = TypeVar("B", bound=BaseModel)
T = TypeVar("T")

_AT_ONCE: Final = 500
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
TABLE_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "CSV in UTF-8 or GB18030, or an .xlsx workbook; the template says what stands in its columns.",
        "content": dict.fromkeys(TABLE_TYPES, _FILE),
    }
}
"""What a route that takes a table gives as `openapi_extra`."""


class FaultView(BaseModel):
    """A cell that does not fit, by its row as a spreadsheet counts and its heading; the whole row where it has none."""

    model_config = ConfigDict(frozen=True)

    row: int
    column: str | None
    message: str

    @classmethod
    def of(cls, fault: Fault, language: str) -> "FaultView":
        """The fault in a language."""
        column = fault.column.heading.say(language) if fault.column else None
        return cls(row=fault.row, column=column, message=fault.message.say(language))


class ImportReport(BaseModel):
    """How many rows the table has, and how many were taken: all, or none where anything does not fit, or on trial.

    `faulty` counts what does not fit; `faults` tells of the first thousand.
    """

    model_config = ConfigDict(frozen=True)

    rows: int
    taken: int
    dry_run: bool
    faulty: int
    faults: list[FaultView]

    @classmethod
    def on_trial(cls, checked: Checked[T], language: str) -> "ImportReport":
        """What would become of the table."""
        faults = [FaultView.of(fault, language) for fault in checked.faults]
        return cls(rows=checked.count, taken=0, dry_run=True, faulty=checked.faulty, faults=faults)

    @classmethod
    def of_all(cls, count: int) -> "ImportReport":
        """All rows were taken."""
        return cls(rows=count, taken=count, dry_run=False, faulty=0, faults=[])


async def _sent(request: Request) -> bytes:
    return await request.body()


async def checked_table(shape: TableShape[B], file: bytes, keep: Callable[[B], T]) -> Checked[T]:
    """The table that was sent, read beside the event loop: a large one takes seconds."""
    return await asyncio.to_thread(check, shape, file, keep)


def template_file(shape: TableShape[B], language: str) -> Response:
    """The empty table, to be saved under its name."""
    headers = {"Content-Disposition": f'attachment; filename="{shape.name}.csv"'}
    return Response(template(shape, language), headers=headers, media_type="text/csv; charset=utf-8")


def parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """The rows in parts, each of which one unit of work takes."""
    return (rows[place : place + _AT_ONCE] for place in range(0, len(rows), _AT_ONCE))


TableIn = Annotated[bytes, Depends(_sent)]
DryRun = Annotated[bool, Query(description="only say what would become of it")]
