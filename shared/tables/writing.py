"""Rows written as a file that a spreadsheet opens, one after the other, and none of them run as a formula."""

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any, Final

import orjson
from xlsxwriter import Workbook

MARK: Final = "\ufeff"
"""By which spreadsheets know that a CSV is in UTF-8."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes a cell for a formula by; the last four are the wide signs of Chinese keyboards."""
_BETWEEN: Final = "; "
_CUT: Final = "…"
_LONGEST: Final = 16_000
"""A cell of a workbook holds 32,767 units of UTF-16, of which a letter takes one or two."""
_WIDTH: Final = 18
_CONSTANT_MEMORY: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
"""Rows leave memory as they come; what begins with an equals sign or looks like an address stays a text."""


class TableWriter(ABC):
    """Writes headings, then rows, and makes the file whole when it is closed.

    `plain` writes lists as people do, between semicolons; otherwise they are JSON, for programs.
    """

    def __init__(self, file: IO[bytes], *, plain: bool) -> None:
        self._file = file
        self._plain = plain

    @abstractmethod
    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows."""

    @abstractmethod
    def close(self) -> None:
        """Finish the file; nothing can be added afterwards."""

    def _text(self, value: object) -> object:
        """A value as one cell holds it."""
        if not isinstance(value, list | dict):
            return value
        if self._plain and isinstance(value, list) and all(isinstance(part, str) for part in value):
            return _BETWEEN.join(value)
        return orjson.dumps(value).decode()


class CsvWriter(TableWriter):
    """CSV in UTF-8; a text that a spreadsheet would run as a formula is put behind a quote."""

    def __init__(self, file: IO[bytes], *, plain: bool) -> None:
        super().__init__(file, plain=plain)
        self._lines = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._lines)
        if plain:
            self._lines.write(MARK)

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows."""
        self._writer.writerows([_harmless(self._text(value)) for value in row] for row in rows)

    def close(self) -> None:
        """Finish the file, which stays open."""
        self._lines.detach()


class WorkbookWriter(TableWriter):
    """A workbook of one sheet, whose rows lie on the disk until it is closed. Days are days there, and texts texts."""

    def __init__(self, file: IO[bytes], *, plain: bool) -> None:
        super().__init__(file, plain=plain)
        self._book: Any = Workbook(file, _CONSTANT_MEMORY)
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        self._row = 0

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows."""
        for row in rows:
            if not self._row:
                self._sheet.set_column(0, len(row) - 1, _WIDTH)
            for place, value in enumerate(row):
                self._cell(place, self._text(value))
            self._row += 1

    def close(self) -> None:
        """Finish the file, which stays open."""
        self._book.close()

    def _cell(self, place: int, value: object) -> None:
        match value:
            case None:
                pass
            case bool():
                self._sheet.write_boolean(self._row, place, value)
            case int() | float():
                self._sheet.write_number(self._row, place, value)
            case date() if not isinstance(value, datetime):
                self._sheet.write_datetime(self._row, place, value)
            case _:
                self._sheet.write_string(self._row, place, _short(str(value)))


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _short(text: str) -> str:
    """What is cut says so."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + _CUT
