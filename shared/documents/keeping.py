"""Keeping, voiding and erasing documents: what the handlers of every service call."""

from typing import Protocol

from shared.documents.document import Document, NewDocument
from shared.documents.signing.terms import Cause
from shared.documents.signing.voiding import RoundsWork, void_signings
from shared.kernel.work import Repository


class DocumentWork(RoundsWork, Protocol):
    """One transaction of a service that has documents, and signatures on them."""

    @property
    def documents(self) -> Repository[Document]:
        """Its papers."""


async def keep_document(new: NewDocument, work: DocumentWork) -> Document:
    """Keep a paper whose bytes are in the store. The same bytes of one kind about one object are one document."""
    same = {"about": new.about.id, "document_kind": new.document_kind, "sha256": new.content.sha256}
    for known in await work.documents.where(**same, status="kept"):
        return known
    kept, fact = Document.keep(new, service=work.service)
    return work.documents.add(kept, fact)


async def void_document(id: str, reason: str, work: DocumentWork, *, organization_id: str | None = None) -> Document:
    """Say of a document that it no longer counts, and why. With it goes what was signed on it."""
    document = await work.documents.get(id)
    voided, fact = document.void()
    await void_signings(document, Cause.DOCUMENT_VOIDED, work)
    work.audit("document.void", id, organization_id=organization_id, reason=reason)
    return work.documents.save(voided, fact)


async def erase_document(id: str, work: DocumentWork) -> Document:
    """Forget what a document says; its bytes follow within minutes, where no other document names them."""
    document = await work.documents.get(id)
    if document.status == "erased":
        return document
    erased, fact = document.erase()
    await void_signings(document, Cause.DOCUMENT_ERASED, work)
    work.audit("document.erase", id)
    return work.documents.save(erased, fact)
