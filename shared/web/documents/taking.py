"""How a document is taken in: looked at, put into the store, and kept in the transaction that may name it."""

import asyncio
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.ids import new_id
from shared.documents.content import Content, media_type_of
from shared.documents.document import Document, NewDocument
from shared.documents.documented import Documented
from shared.documents.keeping import keep_document, void_document
from shared.documents.store import stored
from shared.web.documents.refusals import EndsBeforeItIsIssued, IssuedAhead
from shared.web.documents.shelf import Shelf
from shared.web.documents.views import DocumentView
from shared.web.requests import DOCUMENT_TYPES

ObjectId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,8}_[0-9A-HJKMNP-TV-Z]{26}$")]
Kind = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,64}$")]
_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
_Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2199, 12, 31))]
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
DOCUMENT_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "A PDF, PNG, JPEG, DOCX or XLSX of at most 20 MB. What it is, its content decides.",
        "content": dict.fromkeys(DOCUMENT_TYPES, _FILE),
    }
}
"""What the route that takes a document gives as `openapi_extra`."""


class DocumentSaid(BaseModel):
    """What is said of a document that is handed in: about which object it is, of which kind, and what stands on it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    about: ObjectId
    kind: Kind
    title: _Words
    number: _Words | None = None
    issuer: _Words | None = None
    issued_on: _Day | None = None
    valid_to: _Day | None = None

    def require_possible(self, on: date) -> None:
        """Raise unless it was issued by a day, and did not end before."""
        if self.issued_on is not None and self.issued_on > on:
            raise IssuedAhead
        if self.issued_on and self.valid_to and self.valid_to < self.issued_on:
            raise EndsBeforeItIsIssued


class Voiding(BaseModel):
    """Why a document no longer counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=2, max_length=500, pattern=r"^[^\x00]*$")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _HandedIn:
    """A document as it is kept: its bytes are in the store."""

    id: str
    said: DocumentSaid
    content: Content
    documented: Documented[Any]
    organization_id: str | None


async def take(shelf: Shelf, said: DocumentSaid, sent: bytes) -> DocumentView:
    """Keep what was sent, as whoever may add documents of this kind about this object."""
    said.require_possible(shelf.edge.today)
    documented = await shelf.require_addable(said.about, said.kind)
    media_type = await asyncio.to_thread(media_type_of, sent)
    async with stored(shelf.runtime.documents, sent, media_type) as content:
        return await shelf.edge.act(
            _keep,
            _HandedIn(
                id=new_id("document"),
                said=said,
                content=content,
                documented=documented,
                organization_id=shelf.edge.who.organization_id,
            ),
            on=(documented.shape, said.about),
            check=shelf.adding(documented, said.kind),
            answer=partial(DocumentView.of, on=shelf.edge.today),
            location="/v1/documents/{id}",
        )


async def void(shelf: Shelf, id: str, reason: str) -> DocumentView:
    """Void a document, as whoever may add such."""
    document = await shelf.voidable(id)
    return await shelf.edge.act(
        lambda why, work: void_document(id, why, work, organization_id=shelf.edge.who.organization_id),
        reason,
        on=(Document, document.id),
        check=lambda _who, found: found,
        answer=partial(DocumentView.of, on=shelf.edge.today),
    )


async def _keep(handed_in: _HandedIn, work: Any) -> Document:
    said, documented = handed_in.said, handed_in.documented
    thing = await work.repository(documented.shape).get(said.about)
    new = NewDocument(
        id=handed_in.id,
        about=thing,
        document_kind=said.kind,
        content=handed_in.content,
        title=said.title,
        number=said.number,
        issuer=said.issuer,
        issued_on=said.issued_on,
        valid_to=said.valid_to,
        person_id=documented.person(thing),
    )
    kept = await keep_document(new, work)
    work.audit("document.keep", kept.id, organization_id=handed_in.organization_id)
    return kept
