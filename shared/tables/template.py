"""An empty table to fill in: its headings, and below them, as remarks, what may stand in each column."""

import csv
import io
from typing import Any, Final, TypeVar

from pydantic import BaseModel
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from shared.tables.checking import MAX_ROWS
from shared.tables.shape import FLAGS, Column, TableShape
from shared.tables.writing import MARK

B = TypeVar("B", bound=BaseModel)

_FIRST: Final = 2
"""The row of a workbook in which people begin, counted from 0: headings and remarks stand above it."""
_WIDTH: Final = 18
_LONGEST_HINT: Final = 255
_VALUES: Final = {"zh": "取值", "en": "Values"}


def template(shape: TableShape[B], language: str) -> bytes:
    """The table as CSV; an asterisk marks the columns that must be filled in. Lines that begin with # are not read."""
    text = io.StringIO()
    csv.writer(text).writerows(_lines(shape, language))
    return (MARK + text.getvalue()).encode()


def template_book(shape: TableShape[B], language: str) -> bytes:
    """The same as a workbook: numbers of people keep their zeros, and cells offer the values that are allowed."""
    file = io.BytesIO()
    book: Any = Workbook(file, {"in_memory": True})
    sheet, values = book.add_worksheet(shape.name), book.add_worksheet(_VALUES[language])
    styles = book.add_format({"bold": True}), book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
    for row, (cells, style) in enumerate(zip(_lines(shape, language), styles, strict=True)):
        sheet.write_row(row, 0, cells, style)
    sheet.freeze_panes(_FIRST, 0)
    text = book.add_format({"num_format": "@"})
    for place, column in enumerate(shape.columns):
        sheet.set_column(place, place, _WIDTH, text if column.kind == "text" else None)
        if choices := _choices(column, language):
            values.write_column(0, place, (column.heading.say(language), *choices))
            allowed = f"='{_VALUES[language]}'!{xl_range_abs(1, place, len(choices), place)}"
            sheet.data_validation(_FIRST, place, MAX_ROWS + _FIRST, place, _offer(column, allowed, language))
    book.close()
    return file.getvalue()


def _lines(shape: TableShape[B], language: str) -> tuple[list[str], list[str]]:
    heads = [column.heading.say(language) + "*" * column.required for column in shape.columns]
    notes = [column.hint.say(language) for column in shape.columns]
    return heads, ["# " + notes[0], *notes[1:]]


def _choices(column: Column, language: str) -> tuple[str, ...]:
    if column.kind == "flag":
        return FLAGS[language]
    if column.kind == "list":
        return ()
    return tuple(words.say(language) for words in column.values.values())


def _offer(column: Column, allowed: str, language: str) -> dict[str, Any]:
    hint = column.hint.say(language)
    return {
        "validate": "list",
        "source": allowed,
        "error_message": hint if len(hint) <= _LONGEST_HINT else hint[: _LONGEST_HINT - 1] + "…",
    }
