"""Files over HTTP that people fill in: taken and held against the shape of their table, and given out empty."""

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, Final, TypeVar

from fastapi import Query, Response
from pydantic import BaseModel

from shared.tables import Checked, TableShape, check, template, template_book
from shared.web.pages import FORMATS
from shared.web.requests import TABLE_TYPES

B = TypeVar("B", bound=BaseModel)
T = TypeVar("T")

_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
TABLE_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "CSV in UTF-8 or GB18030, or an .xlsx workbook; the template says what stands in its columns.",
        "content": dict.fromkeys(TABLE_TYPES, _FILE),
    }
}
"""What a route that takes a table gives as `openapi_extra`."""


async def checked_table(shape: TableShape[B], file: bytes, keep: Callable[[B], T]) -> Checked[T]:
    """The table that was sent, read beside the event loop: a large one takes seconds."""
    return await asyncio.to_thread(check, shape, file, keep)


def template_file(shape: TableShape[B], language: str, format: str = "csv") -> Response:
    """The empty table, to be saved under its name."""
    headers = {"Content-Disposition": f'attachment; filename="{shape.name}.{format}"'}
    if format == "xlsx":
        return Response(template_book(shape, language), headers=headers, media_type=FORMATS["xlsx"])
    return Response(template(shape, language), headers=headers, media_type="text/csv; charset=utf-8")


DryRun = Annotated[bool, Query(description="only say what would become of it")]
