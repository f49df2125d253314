"""Documents of partnership: kept, voided, erased."""

from shared.contracts.document import DocumentBody, DocumentNamed, DocumentStateBody, DocumentVoidedBody
from shared.contracts.event import Event, named


@named("partnership.document.kept", key="document_id")
class DocumentKept(DocumentBody, Event):
    """A document was uploaded or generated."""


@named("partnership.document.voided", key="document_id")
class DocumentVoided(DocumentVoidedBody, Event):
    """A document no longer counts."""


@named("partnership.document.erased", key="document_id")
class DocumentErased(DocumentNamed, Event):
    """What a document said is forgotten, and its bytes go."""


@named("partnership.document.state", key="document_id")
class DocumentState(DocumentStateBody):
    """A document as it is now."""
