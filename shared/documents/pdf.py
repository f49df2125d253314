"""A look into a PDF for what acts by itself: scripts, actions, forms that send, files inside, encryption.

Nothing is drawn, and no table is believed that says where objects are: names are looked for in everything that a reader
could take for an object, which is what stands outside of streams, and inside of packed object streams. What could hide
an object in any other way is refused as opaque. It finds no viruses; it keeps out what evidence has no need of.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from shared.documents.refusals import ActivePdf, LockedPdf, OpaquePdf
from shared.tables.packed import inflated
from shared.words import Verbatim

_MOST_UNPACKED: Final = 64 * 1024 * 1024
_TAIL: Final = 2048
_WINDOW: Final = 64
_MOST_ACTIONS: Final = 10
_MOST_ESCAPES: Final = 100_000
_LONGEST_ACTION: Final = 4096

_ENDS: Final = rb"(?![^\s/\[\]<>(){}%\x00])"
_STREAM: Final = re.compile(rb"(?<![A-Za-z0-9/#])stream(?![A-Za-z0-9])")
_LINE_ENDS: Final = re.compile(rb"[ \t]*(?:\r\n|\n|\r)")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT: Final = re.compile(rb"(?<![0-9])([0-9]+)\s+[0-9]+\s*obj(?![a-z])")
_PACKED: Final = re.compile(rb"/ObjStm" + _ENDS + rb"|/First\s*[0-9]+(?![0-9]|\s+[0-9]+\s+R)")
_FIRST: Final = re.compile(rb"/First\s*([0-9]{1,9})(?![0-9]|\s+[0-9]+\s+R)")
_FIRST_ELSEWHERE: Final = re.compile(rb"/First\s*([0-9]+)\s+[0-9]+\s+R")
_NUMBER_ALONE: Final = re.compile(rb"\s*[0-9]+\s*endobj")
_PAIRS: Final = re.compile(rb"(?:\s*[0-9]{1,10}\s+[0-9]{1,10}){0,50000}")
_FILTER: Final = re.compile(rb"/Filter" + _ENDS)
_UNREADABLE: Final = re.compile(
    rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|RL|Crypt|DCTDecode|DCT|JPXDecode|JBIG2Decode"
    rb"|CCITTFaxDecode|CCF|DecodeParms|DP)" + _ENDS
)
_ENCRYPTED: Final = re.compile(rb"/Encrypt" + _ENDS)
_LONG: Final = rb"JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|Rendition"
_ACTIVE: Final = re.compile(rb"/(" + _LONG + rb"|JS|AA|XFA|GoToE|GoToR|FileAttachment|EF)" + _ENDS)
_ACTIVE_IN_DATA: Final = re.compile(rb"/(" + _LONG + rb"|OpenAction)" + _ENDS)
"""Data of a picture holds short names by chance, and never these."""
_OPENS: Final = re.compile(rb"/OpenAction" + _ENDS + rb"\s*(\[|<<[^>]{0,256}>>|([0-9]{1,10})\s+[0-9]+\s+R)?")
_GOES: Final = re.compile(rb"\s*(\[|(?=.*/S\s*/GoTo" + _ENDS + rb")(?!.*/Next" + _ENDS + rb"))", re.DOTALL)
"""A place in the document, or an action that goes there and nowhere else."""


def require_inert_pdf(file: bytes) -> None:
    """Raise `ActivePdf`, `LockedPdf` or `OpaquePdf` unless the PDF only shows something."""
    if b"%%EOF" not in file[-_TAIL:]:
        raise OpaquePdf
    looked = _look_through(file)
    if any(map(_ENCRYPTED.search, looked.texts)):
        raise LockedPdf
    found = {name.decode() for text in looked.texts for name in _ACTIVE.findall(text)}
    if found or not looked.opens_quietly():
        raise ActivePdf(found=tuple(map(Verbatim, sorted(found or {"OpenAction"}))))


@dataclass(frozen=True, slots=True)
class _Looked:
    """All text in which a PDF has objects, and the packed streams among it with where their first object begins."""

    texts: list[bytes] = field(default_factory=list)
    packed: list[tuple[int, bytes]] = field(default_factory=list)

    def opens_quietly(self) -> bool:
        """Whether all that happens when the document is opened is that a place in it is shown."""
        opened = {match.groups() for text in self.texts for match in _OPENS.finditer(text)}
        return len(opened) <= _MOST_ACTIONS and all(self._goes(*groups) for groups in opened)

    def _goes(self, inline: bytes | None, number: bytes | None) -> bool:
        if number is None:
            return inline is not None and _GOES.match(inline) is not None
        # One number may stand before several objects, of which a reader takes the last; so many do it in good faith.
        bodies = list(islice(self._bodies(number), _MOST_ACTIONS + 1))
        return 0 < len(bodies) <= _MOST_ACTIONS and all(map(_GOES.match, bodies))

    def _bodies(self, number: bytes) -> Iterator[bytes]:
        for first, text in self.packed:
            yield from _packed_bodies(first, text, number)
        for text in self.texts:
            for match in _OBJECT.finditer(text):
                if match[1] == number:
                    yield text[match.end() : match.end() + _LONGEST_ACTION].partition(b"endobj")[0]

    def require_known_beginnings(self) -> None:
        """Raise `OpaquePdf` where it is said elsewhere at which place a packed stream's objects begin.

        What has such an entry and is no packed stream, an outline, names another object and no number.
        """
        named = {number for text in self.texts for number in _FIRST_ELSEWHERE.findall(text)}
        for text in self.texts if named else ():
            for match in _OBJECT.finditer(text):
                if match[1] in named and _NUMBER_ALONE.match(text, match.end()):
                    raise OpaquePdf


def _look_through(file: bytes) -> _Looked:
    looked, left = _Looked(), _MOST_UNPACKED
    for before, stream in _parts(file):
        looked.texts.append(before)
        if _PACKED.search(before):
            unpacked = _unpacked(before, stream, left)
            left -= len(unpacked)
            looked.texts.append(_plain(unpacked))
            looked.packed.append((_first_place(before), unpacked))
        elif _OBJECT.search(stream) or _ACTIVE_IN_DATA.search(_plain(stream)):
            raise OpaquePdf
    looked.require_known_beginnings()
    return looked


def _parts(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each stream, names written out, and the stream; at the end what stands after the last."""
    place = 0
    while (begins := _beginning(file, place)) is not None:
        ends = file.find(b"endstream", begins)
        if ends < 0:
            raise OpaquePdf
        yield _plain(file[place:begins]), file[begins:ends]
        place = ends + len(b"endstream")
    yield _plain(file[place:]), b""


def _beginning(file: bytes, place: int) -> int | None:
    """Where the next stream's data begins. Readers forgive more than one way to write that; others are opaque."""
    for keyword in _STREAM.finditer(file, place):
        if (line := _LINE_ENDS.match(file, keyword.end())) is not None:
            return line.end()
        before = file[max(0, keyword.start() - _WINDOW) : keyword.start()].rstrip(b" \t\x00\x0c")
        if not before or before.endswith((b">", b"\r", b"\n")):
            raise OpaquePdf
    return None


def _plain(text: bytes) -> bytes:
    """The text with its names as they are meant: `/J#53` is `/JS`."""
    if next(islice(_ESCAPED.finditer(text), _MOST_ESCAPES, None), None) is not None:
        raise OpaquePdf
    return _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), text)


def _unpacked(before: bytes, stream: bytes, left: int) -> bytes:
    if _UNREADABLE.search(before):
        raise OpaquePdf
    pieces: list[bytes] = []
    try:
        for piece in inflated(stream) if _FILTER.search(before) else [stream]:
            pieces.append(piece)
            left -= len(piece)
            if left < 0:
                raise OpaquePdf
    except zlib.error:
        raise OpaquePdf from None
    return b"".join(pieces)


def _first_place(before: bytes) -> int:
    if not (first := _FIRST.findall(before)):
        raise OpaquePdf
    return int(first[-1])


def _packed_bodies(first: int, text: bytes, number: bytes) -> Iterator[bytes]:
    """The objects of this number in a packed stream, which begins with pairs of number and place."""
    head = _PAIRS.match(text)
    words = head[0].split() if head else []
    for place, word in enumerate(words[::2]):
        if word == number:
            begins = first + int(words[2 * place + 1])
            ends = first + int(words[2 * place + 3]) if 2 * place + 3 < len(words) else len(text)
            yield text[begins : min(ends, begins + _LONGEST_ACTION)]
