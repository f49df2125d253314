"""Documents and checklists as callers see them."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from shared.documents.checklist import Line
from shared.documents.document import Document
from shared.documents.documented import Documented


class DocumentView(BaseModel):
    """A document, without its content. `expired` says whether its last day is over today."""

    model_config = ConfigDict(frozen=True)

    id: str
    about: str
    kind: str
    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    valid_to: date | None
    expired: bool
    sha256: str
    size: int
    media_type: str
    origin: str
    person_id: str | None
    status: str
    version: int

    @classmethod
    def of(cls, document: Document, *, on: date) -> Self:
        """The view of a document on a day."""
        same = {name: getattr(document, name) for name in cls.model_fields if name not in ("kind", "expired")}
        return cls.model_validate({**same, "kind": document.document_kind, "expired": document.expired(on)})


class VerificationView(BaseModel):
    """Whether a document with this hash is kept here and stands; nothing else is said."""

    model_config = ConfigDict(frozen=True)

    ours: bool


class ChecklistLineView(BaseModel):
    """A paper that the object needs. `rule` is what asks for it, `needed_until` how long it must hold."""

    model_config = ConfigDict(frozen=True)

    kind: str
    title: str
    standing: str
    rule: str | None
    needed_until: date | None
    number: str | None
    valid_to: date | None
    document_id: str | None

    @classmethod
    def of(cls, line: Line, documented: Documented[Any], language: str) -> Self:
        """The line in a language."""
        held, kind = line.held, documented.kind(line.needed.kind)
        return cls(
            kind=line.needed.kind,
            title=kind.title.say(language) if kind else line.needed.kind,
            standing=line.standing.value,
            rule=line.needed.rule,
            needed_until=line.needed.until,
            number=held.number if held else None,
            valid_to=held.valid_to if held else None,
            document_id=held.document_id if held else None,
        )


class ChecklistView(BaseModel):
    """What an object needs, and how it stands with it today."""

    model_config = ConfigDict(frozen=True)

    object_id: str
    complete: bool
    lines: list[ChecklistLineView]
