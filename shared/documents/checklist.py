"""What an object needs, and how it stands with it: there, missing, expired, expiring, or ending before it may."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shared.documents.document import Document
from shared.words import Worded


class Standing(Worded):
    """How it stands with a paper that is needed."""

    THERE = "there", "齐备", "there"
    MISSING = "missing", "缺少", "missing"
    EXPIRED = "expired", "已过期", "expired"
    EXPIRING = "expiring", "即将到期", "expires soon"
    TOO_SHORT = "too_short", "有效期不足", "ends too early"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A paper that the object itself names, by its number; `document_id` is where it is kept, if it is."""

    number: str | None = None
    valid_to: date | None = None
    document_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A kind of paper that an object needs: by which rule, until when it must hold, and what the object names of it.

    `asks` are facts of that rule that nobody has said yet of the paper that is there.
    """

    kind: str
    rule: str | None = None
    until: date | None = None
    held: tuple[Held, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a checklist, with the paper that holds longest."""

    needed: Needed
    standing: Standing
    held: Held | None

    @property
    def is_there(self) -> bool:
        """Whether it holds today."""
        return self.standing not in {Standing.MISSING, Standing.EXPIRED}

    @property
    def lasts(self) -> bool:
        """Whether it holds for as long as it is needed."""
        until, end = self.needed.until, self.held.valid_to if self.held else None
        return self.is_there and (until is None or end is None or end >= until)

    @property
    def asked(self) -> tuple[str, ...]:
        """What is to be said of the paper, once it is there."""
        return self.needed.asks if self.is_there else ()

    @property
    def is_settled(self) -> bool:
        """Whether it is there for as long as it is needed and nothing is asked of it any more."""
        return self.lasts and not self.asked


def checklist(needed: Iterable[Needed], documents: Sequence[Document], *, on: date, soon: timedelta) -> Iterator[Line]:
    """How it stands on a day with each paper that is needed. `soon` is how long before its end a paper is expiring."""
    for need in needed:
        best = max((*need.held, *_kept(documents, need.kind)), key=_last_day, default=None)
        yield Line(needed=need, standing=_standing(need, best, on, soon), held=best)


def _kept(documents: Sequence[Document], kind: str) -> Iterator[Held]:
    for document in documents:
        # What the service itself printed is not signed by that.
        if document.stands and document.origin == "uploaded" and document.document_kind == kind:
            yield Held(number=document.number, valid_to=document.valid_to, document_id=document.id)


def _last_day(held: Held) -> tuple[date, bool]:
    return held.valid_to or date.max, held.document_id is not None


def _standing(need: Needed, held: Held | None, on: date, soon: timedelta) -> Standing:
    if held is None:
        return Standing.MISSING
    if held.valid_to is None:
        return Standing.THERE
    if held.valid_to < on:
        return Standing.EXPIRED
    if need.until is not None and held.valid_to >= need.until:
        return Standing.THERE
    if held.valid_to < on + soon:
        return Standing.EXPIRING
    return Standing.THERE if need.until is None else Standing.TOO_SHORT
