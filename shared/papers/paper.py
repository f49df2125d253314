"""A paper before it is printed: which template, in which language, with what in it, under which number."""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final, Literal, Protocol

from pydantic_core import to_jsonable_python
from ulid import ULID

from shared.kernel.calendar import business_date
from shared.papers.refusals import NotPrintable

Language = Literal["zh", "en"]

_UNPRINTABLE: Final = frozenset({"Cc", "Cs", "Co", "Cn"})
_BREAKS: Final = frozenset("\n\r\t")
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of what follows, so that it reads otherwise than it was entered."""


class PaperData(Protocol):
    """What stands on a paper, a frozen dataclass.

    `kind` is the kind of document that it becomes, and its template is `papers/<kind>.<language>.typ` of its service.
    """

    kind: ClassVar[str]
    code: ClassVar[str]

    @property
    def title_zh(self) -> str:
        """What the paper is called in Chinese."""

    @property
    def title_en(self) -> str:
        """What the paper is called in English."""

    @property
    def reference(self) -> str:
        """The id of what it is about."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper in one language. Whatever is the same in two of them is the same on paper, to the byte."""

    data: PaperData
    language: Language

    @property
    def title(self) -> str:
        """What it is called, without saying whose it is."""
        return self.data.title_zh if self.language == "zh" else self.data.title_en

    @property
    def dated(self) -> date:
        """The day in its metadata: that on which what it is about was entered, so that no clock is read."""
        return business_date(ULID.from_str(self.data.reference.rpartition("_")[2]).datetime)

    @property
    def number(self) -> str:
        """Its number follows from all that it says: another content has another number."""
        said = [self.data.kind, self.language, self._content]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        drawn = base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()
        return "-".join((self.data.code, drawn[:4], drawn[4:8], drawn[8:12]))

    def told(self, *, address: str) -> dict[str, Any]:
        """All that its template is given; `address` is where it can be verified. Raises `NotPrintable`."""
        content = self._content
        if not all(map(_is_printable, _texts(content))):
            raise NotPrintable
        return {
            "language": self.language,
            "title": self.title,
            "number": self.number,
            "dated": self.dated.isoformat(),
            "address": address,
            "data": content,
        }

    @property
    def _content(self) -> Any:
        return to_jsonable_python(self.data)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _is_printable(text: str) -> bool:
    return not any(
        letter in _TURNING or (letter not in _BREAKS and unicodedata.category(letter) in _UNPRINTABLE)
        for letter in text
    )
