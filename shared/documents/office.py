"""Office files: which kind they are, by what they hold, and that they hold nothing that acts."""

import io
import re
import zlib
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
_REMOTE: Final = (b"attachedtemplate", b"oleobject", b"/frame", b"subdocument")
"""Relations that fetch something from elsewhere when the file is opened."""


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
        if name.endswith(".rels") and _fetches(_text(file, part)):
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
    outside = (line for line in relations.split(b"<") if b'targetmode="external"' in line)
    return any(relation in line for line in outside for relation in _REMOTE)


def _kind(contents: bytes) -> str:
    for kind, mark in _KINDS:
        if mark in contents:
            return kind
    raise NoDocument
