"""Documents of training: kept, voided, erased."""

from shared.contracts.document import DocumentBody, DocumentNamed, DocumentStateBody, DocumentVoidedBody
from shared.contracts.event import Event, named


@named("training.document.kept", key="document_id")
class DocumentKept(DocumentBody, Event):
    """A document was uploaded or generated."""


@named("training.document.voided", key="document_id")
class DocumentVoided(DocumentVoidedBody, Event):
    """A document no longer counts."""


@named("training.document.erased", key="document_id")
class DocumentErased(DocumentNamed, Event):
    """What a document said is forgotten, and its bytes go."""


@named("training.document.state", key="document_id")
class DocumentState(DocumentStateBody):
    """A document as it is now."""
