"""A workbook held against bounds before anything reads it: it is a packed archive, and its cells say where they are.

Neither what an archive says of its sizes nor what a sheet says of its extent is believed: the parts are unpacked and
counted, and every place that a cell names is looked at. A few bytes could otherwise ask for all of the memory.
"""

import io
import re
import zipfile
import zlib
from typing import Final

from shared.tables.packed import member
from shared.tables.refusals import BrokenWorkbook, SwollenWorkbook

MAX_UNPACKED: Final = 256 * 1024 * 1024
MAX_COLUMN: Final = 64
MAX_ROW: Final = 110_000
_OVERLAP: Final = 32
_MAX_PARTS: Final = 500
_PLACE: Final = re.compile(rb"""\br\s{0,9}=\s{0,9}["']([A-Za-z]{0,9})([0-9]{1,12})""")


def require_bounded(file: bytes) -> None:
    """Raise `SwollenWorkbook` if the workbook unpacks to too much, or has cells too far out."""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            parts = archive.infolist()
        if len(parts) > _MAX_PARTS:
            raise _swollen()
        for part in parts:
            end = b""
            for chunk in member(file, part):
                left -= len(chunk)
                if left < 0 or _reaches_far(end + chunk):
                    raise _swollen()
                end = chunk[-_OVERLAP:]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError):
        raise BrokenWorkbook from None


def _reaches_far(xml: bytes) -> bool:
    return any(int(row) > MAX_ROW or _number(letters) > MAX_COLUMN for letters, row in _PLACE.findall(xml))


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _swollen() -> SwollenWorkbook:
    return SwollenWorkbook(megabytes=MAX_UNPACKED // 1024 // 1024, rows=MAX_ROW, columns=MAX_COLUMN)
