"""The lines of a file as cells of text, whatever kind of file it is, within bounds that no file can move."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from shared.tables.refusals import BrokenText, BrokenWorkbook, EmptyTable, OldWorkbook, OtherCharacters
from shared.tables.unpacking import require_bounded

MAX_TABLE_BYTES: Final = 16 * 1024 * 1024
MAX_CELL: Final = 4000
_CHUNK: Final = 1 << 20
_UNICODE: Final = "utf-8-sig"
_ZIP: Final = b"PK\x03\x04"
_OLD: Final = b"\xd0\xcf\x11\xe0"
_PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
"""Letters that mean nothing to everybody. What GB18030 makes such of was in another encoding."""
_SEPARATORS: Final = ",;\t"

Line = tuple[int, list[str]]


def lines(file: bytes) -> Iterator[Line]:
    """Each line that is not empty, with its number as a spreadsheet counts, from 1."""
    if file.startswith(_OLD):
        raise OldWorkbook
    numbered = _of_workbook(file) if file.startswith(_ZIP) else _of_text(file)
    return ((number, cells) for number, cells in numbered if any(cells))


def encoding_of(file: bytes) -> str:
    """UTF-8, with or without its mark, or GB18030: the one in which every byte makes sense. Raises `OtherCharacters`.

    What UTF-8 allows is never also meant as GB18030: two Chinese characters in it are hardly ever valid UTF-8.
    """
    for encoding in (_UNICODE, "gb18030"):
        if b"\x00" not in file and _decodes(file, encoding):
            return encoding
    raise OtherCharacters


def _decodes(file: bytes, encoding: str) -> bool:
    try:
        with io.TextIOWrapper(io.BytesIO(file), encoding, newline="") as text:
            while chunk := text.read(_CHUNK):
                if encoding != _UNICODE and _PRIVATE.search(chunk):
                    return False
    except UnicodeDecodeError:
        return False
    return True


def _of_text(file: bytes) -> Iterator[Line]:
    encoding = encoding_of(file)
    with io.TextIOWrapper(io.BytesIO(file), encoding, newline="") as text:
        reader = csv.reader(text, delimiter=_separator(text.readline()), strict=True)
        text.seek(0)
        try:
            for number, cells in enumerate(reader, start=1):
                yield number, [_bounded(cell.strip(), reader.line_num) for cell in cells]
        except csv.Error:
            raise BrokenText(line=reader.line_num, longest=MAX_CELL) from None


def _separator(heading: str) -> str:
    """Spreadsheets write a comma, a semicolon or a tab, by the country they are set to."""
    return max(_SEPARATORS, key=heading.count)


def _bounded(cell: str, line: int) -> str:
    if len(cell) > MAX_CELL:
        raise BrokenText(line=line, longest=MAX_CELL)
    return cell


def _of_workbook(file: bytes) -> Iterator[Line]:
    require_bounded(file)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file)) as book:
            if not book.sheet_names:
                raise EmptyTable
            sheet = book.get_sheet_by_index(0)
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                yield number, [_bounded(_text(cell), number) for cell in cells]
    except CalamineError:
        raise BrokenWorkbook from None


def _text(cell: float | str | bool | time | date | datetime | timedelta) -> str:
    """A cell as one would type it; of a formula it is what the spreadsheet last made of it."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return (cell.date() if cell.time() == time() else cell).isoformat()
        case date():
            return cell.isoformat()
        case _:
            return str(cell).strip()
