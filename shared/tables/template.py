"""An empty table to fill in: its headings, and below them, as remarks, what may stand in each column."""

import csv
import io
from typing import Final, TypeVar

from pydantic import BaseModel

from shared.tables.shape import TableShape

B = TypeVar("B", bound=BaseModel)

_MARK: Final = "\ufeff"
"""By which spreadsheets know that a CSV is in UTF-8."""


def template(shape: TableShape[B], language: str) -> bytes:
    """The table as CSV; an asterisk marks the columns that must be filled in. Lines that begin with # are not read."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.heading.say(language) + "*" * column.required for column in shape.columns)
    notes = [column.hint.say(language) for column in shape.columns]
    writer.writerow(["# " + notes[0], *notes[1:]])
    return (_MARK + text.getvalue()).encode()
