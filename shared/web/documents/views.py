"""Documents and checklists as callers see them."""

from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from shared.documents.checklist import Line
from shared.documents.document import Document
from shared.documents.documented import Documented
from shared.rules import Finding


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


class AskedView(BaseModel):
    """What is to be said of a paper that is there, by which role, and how that is done."""

    model_config = ConfigDict(frozen=True)

    facts: list[str]
    givers: list[str]
    remedy: str

    @classmethod
    def of(cls, finding: Finding, language: str) -> Self:
        """What a rule misses, in a language."""
        facts, givers = zip(*((missing.fact, missing.giver) for missing in finding.missing), strict=True)
        remedy = finding.remedy.say(language) if finding.remedy else ""
        return cls(facts=list(facts), givers=sorted(set(givers)), remedy=remedy)


class ChecklistLineView(BaseModel):
    """A paper that the object needs. `rule` is what asks for it, `needed_until` how long it must hold.

    `asked` is what the rule has still to be told of a paper that is there.
    """

    model_config = ConfigDict(frozen=True)

    kind: str
    title: str
    standing: str
    rule: str | None
    needed_until: date | None
    number: str | None
    valid_to: date | None
    document_id: str | None
    asked: AskedView | None

    @classmethod
    def of(cls, line: Line, documented: Documented[Any], language: str, missed: Finding | None) -> Self:
        """The line in a language; `missed` is what its rule says for want of what is asked."""
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
            asked=AskedView.of(missed, language) if missed else None,
        )


class ChecklistView(BaseModel):
    """What an object needs, and how it stands with it today; complete once all is there, long enough and in full."""

    model_config = ConfigDict(frozen=True)

    object_id: str
    complete: bool
    lines: list[ChecklistLineView]
