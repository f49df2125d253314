"""A document: a paper about one object of a service, its bytes known by their hash."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal, Self

from shared.contracts.document import DocumentStateBody
from shared.contracts.event import Event
from shared.documents.content import Content
from shared.documents.wire import body_of
from shared.errors import Conflict
from shared.kernel.aggregate import Aggregate

Origin = Literal["uploaded", "generated"]
Status = Literal["kept", "voided", "erased"]


class DocumentNoLongerStands(Conflict):
    """Only a document that is kept is voided, read as evidence or signed."""

    en = "This document was voided or erased; name one that is kept."
    zh = "该文件已作废或已删除，请使用有效文件。"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A paper that is to be kept: about what, of which kind, with what content.

    `person_id` says whose personal data it is; with the person it is erased.
    """

    id: str
    about: Aggregate
    document_kind: str
    content: Content
    title: str
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    valid_to: date | None = None
    origin: Origin = "uploaded"
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Aggregate):
    """What a service knows of one paper. `about` is the id of its object, `owner_ids` are that object's owners.

    Of an erased one only ids, kind and days remain; its `sha256` is empty from the moment its bytes are gone.
    """

    kind: ClassVar[str] = "document"
    service: str
    about: str
    document_kind: str
    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    valid_to: date | None
    sha256: str
    size: int
    media_type: str
    origin: Origin
    person_id: str | None
    owner_ids: tuple[str, ...]
    status: Status = "kept"

    @classmethod
    def keep(cls, new: NewDocument, *, service: str) -> tuple[Self, Event]:
        """A new document, in the story of its object."""
        kept = cls(
            id=new.id,
            story=new.about.story,
            test=new.about.test,
            service=service,
            about=new.about.id,
            document_kind=new.document_kind,
            title=new.title,
            number=new.number,
            issuer=new.issuer,
            issued_on=new.issued_on,
            valid_to=new.valid_to,
            sha256=new.content.sha256,
            size=new.content.size,
            media_type=new.content.media_type,
            origin=new.origin,
            person_id=new.person_id,
            owner_ids=tuple(sorted(new.about.owners)),
        )
        return kept, kept._fact("kept", **kept._told())

    @property
    def owners(self) -> frozenset[str]:
        """Whoever owned its object when it was kept."""
        return frozenset(self.owner_ids)

    @property
    def stands(self) -> bool:
        """Whether it is neither voided nor erased."""
        return self.status == "kept"

    def expired(self, on: date) -> bool:
        """Whether its last day of validity is over."""
        return self.valid_to is not None and self.valid_to < on

    def void(self) -> tuple[Self, Event]:
        """Say that it no longer counts; it can still be read. Raises `DocumentNoLongerStands`."""
        if not self.stands:
            raise DocumentNoLongerStands
        return replace(self, status="voided"), self._fact("voided", sha256=self.sha256, person_id=self.person_id)

    def erase(self) -> tuple[Self, Event]:
        """Forget what it says and whose it was. Its bytes go where no other document names them."""
        if self.status == "erased":
            raise DocumentNoLongerStands
        forgotten = replace(self, status="erased", title="", number=None, issuer=None, person_id=None)
        return forgotten, self._fact("erased")

    def without_bytes(self) -> Self:
        """The same, once its bytes are gone."""
        return replace(self, sha256="", size=0)

    def state(self) -> DocumentStateBody:
        """What other services may know of it."""
        told = self._told()
        if self.status == "erased":
            del told["sha256"]
        body = body_of(self.service, "document.state", DocumentStateBody)
        return body.model_validate(self._named() | told | {"status": self.status, "version": self.version})

    def _told(self) -> dict[str, object]:
        return {
            "issued_on": self.issued_on,
            "ends_on": self.valid_to,
            "sha256": self.sha256,
            "origin": self.origin,
            "person_id": self.person_id,
            "owner_ids": list(self.owner_ids),
        }

    def _named(self) -> dict[str, object]:
        return {"document_id": self.id, "about_id": self.about, "document_kind": self.document_kind}

    def _fact(self, fact: str, **told: object) -> Event:
        body = body_of(self.service, f"document.{fact}", Event)
        return body.model_validate(self._named() | told)
