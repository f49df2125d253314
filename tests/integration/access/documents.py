"""A document about a thing of a service, and how its routes are asked."""

import hashlib
from dataclasses import dataclass
from typing import Any

from shared.contracts.ids import new_id
from shared.documents.content import Content
from shared.documents.document import Document, NewDocument
from shared.documents.keeping import keep_document
from shared.kernel.aggregate import Aggregate

CONTENT = b"%PDF-1.7 a paper"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@dataclass(frozen=True)
class Kept:
    """A document that is to be kept about a thing."""

    shape: type[Aggregate]
    about: str
    kind: str

    @property
    def queries(self) -> dict[str, dict[str, str]]:
        """What the routes of documents are asked by, where no path says it."""
        named = {"about": self.about}
        return {"GET /v1/documents": named, "POST /v1/documents": {**named, "kind": self.kind, "title": "a paper"}}

    def ids(self, document: Document) -> dict[str, str]:
        """What stands in the paths."""
        return {
            "documents/{document_id}": document.id,
            "documents/{sha256}": SHA256,
            "checklists/{object_id}": self.about,
        }


async def keep(kept: Kept, work: Any) -> Document:
    """Keep it."""
    content = Content(sha256=SHA256, size=len(CONTENT), media_type="application/pdf")
    about = await work.repository(kept.shape).get(kept.about)
    new = NewDocument(id=new_id("document"), about=about, document_kind=kept.kind, content=content, title="a paper")
    return await keep_document(new, work)
