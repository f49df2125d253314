"""A look at a store of documents: whether bytes that are put there come back and can be removed."""

import hashlib
from typing import Final

from shared.documents.store import ContentMissing, DocumentStore, StoreUnavailable
from shared.operations.doctoring.finding import Finding, bad, good, look
from shared.web.service import Service

_PROBE: Final = b"sunmao doctor was here"
_HASH: Final = hashlib.sha256(_PROBE).hexdigest()
_REMEDY: Final = "mend SUNMAO_DOCUMENTS_URL and its key, or the rights on the folder"


async def papers(service: Service, store: DocumentStore, apart: str | None) -> Finding:
    """How the store is. `apart` says why other machines do not see it."""
    try:
        await store.put(_HASH, _PROBE)
        whole = await store.get(_HASH) == _PROBE
        await store.remove(_HASH)
    except (StoreUnavailable, ContentMissing) as error:
        reason = str(error.__cause__ or error).splitlines()[0][:200]
        return bad(service.name, "documents", f"cannot be kept: {reason}", _REMEDY)
    if not whole:
        return bad(service.name, "documents", "come back otherwise than they were put there", _REMEDY)
    if apart:
        return look(service.name, "documents", apart, "name a bucket with SUNMAO_DOCUMENTS_URL")
    return good(service.name, "documents", "are kept and come back")
