"""Office files: which kind they are, by what they hold, and that they hold nothing that acts."""

import io
import re
import zlib
from html import unescape
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from shared.documents.refusals import ActiveOffice, BrokenOffice, NoDocument, SwollenOffice
from shared.tables.packed import member

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_UNPACKED: Final = 256 * 1024 * 1024
_MOST_PARTS: Final = 2000
_MOST_TEXT: Final = 4 * 1024 * 1024
"""What kinds of parts and relations of a part take."""
_CONTENTS: Final = "[Content_Types].xml"
_KINDS: Final = ((DOCX, b"wordprocessingml.document.main+xml"), (XLSX, b"spreadsheetml.sheet.main+xml"))
_ACTS: Final = re.compile(
    r"vbaproject|macrosheets/|activex/|embeddings/|dialogsheets/|\.(bin|exe|dll|js|vbs)$", re.IGNORECASE
)
"""Parts that hold macros of either age, controls, or other files. Printer settings are the one `.bin` that is plain."""
_PLAIN: Final = re.compile(r"(word|xl)/printersettings/[^/]+\.bin$", re.IGNORECASE)
_MACROS: Final = (b"macroenabled", b"vbaproject", b"ms-office.activex", b"oleobject")
_REMOTE: Final = re.compile(r"""\btype\s*=\s*["'][^"']*/(attachedtemplate|oleobject|frame|subdocument)\s*["']""")
"""Relations that fetch something when the file is opened; what they name lies elsewhere, whatever they say of it."""
_LINKS: Final = re.compile(r"xl/externallinks/[^/]+\.xml$", re.IGNORECASE)
_STARTS: Final = b"ddelink"
"""A link to a program, which the spreadsheet starts; one to another workbook only names it."""


def require_inert_office(file: bytes) -> str:
    """The media type of a DOCX or XLSX without macros, controls, embedded objects and templates from elsewhere."""
    try:
        with ZipFile(io.BytesIO(file)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
        if _CONTENTS not in parts:
            raise NoDocument
        return _looked_through(file, parts)
    except (BadZipFile, zlib.error, NotImplementedError, ValueError):
        raise BrokenOffice from None


def _looked_through(file: bytes, parts: dict[str, ZipInfo]) -> str:
    _require_few(file, parts)
    if any(_ACTS.search(name) and not _PLAIN.match(name) for name in parts):
        raise ActiveOffice
    contents = _text(file, parts[_CONTENTS])
    if any(macro in contents for macro in _MACROS):
        raise ActiveOffice
    for name, part in parts.items():
        if name.lower().endswith(".rels") and _fetches(_text(file, part)):
            raise ActiveOffice
        if _LINKS.match(name) and _STARTS in _text(file, part):
            raise ActiveOffice
    return _kind(contents)


def _require_few(file: bytes, parts: dict[str, ZipInfo]) -> None:
    left = _MOST_UNPACKED if len(parts) <= _MOST_PARTS else -1
    for part in parts.values():
        for piece in member(file, part):
            left -= len(piece)
            if left < 0:
                raise _swollen()


def _text(file: bytes, part: ZipInfo) -> bytes:
    text = bytearray()
    for piece in member(file, part):
        text += piece
        if len(text) > _MOST_TEXT:
            raise _swollen()
    return bytes(text).replace(b"\x00", b"").lower()


def _swollen() -> SwollenOffice:
    return SwollenOffice(megabytes=_MOST_UNPACKED // 1024 // 1024, parts=_MOST_PARTS)


def _fetches(relations: bytes) -> bool:
    # XML may write any letter by its number.
    return _REMOTE.search(unescape(relations.decode("latin-1")).lower()) is not None


def _kind(contents: bytes) -> str:
    for kind, mark in _KINDS:
        if mark in contents:
            return kind
    raise NoDocument
