"""What every service tells of its documents: about what, of which kind, until when, and the hash of the bytes.

Titles, numbers and names of files stay inside, for they may name people.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.contracts.event import Body, State
from shared.contracts.fields import Code, Known
from shared.contracts.ids import DocumentId

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
DocumentOrigin = Annotated[str, Known("uploaded", "generated")]


class DocumentNamed(Body):
    """Which document it is, about which object, and of which kind."""

    document_id: DocumentId
    about_id: Code
    document_kind: Code


class DocumentBody(DocumentNamed):
    """A document. `ends_on` is the last day on which it holds, if it has one.

    `person_id` is there where it is about a person; `owner_ids` are those of its object.
    """

    issued_on: date | None = None
    ends_on: date | None = None
    sha256: Sha256
    origin: DocumentOrigin
    person_id: Code | None = None
    owner_ids: list[Code] = Field(max_length=100)


class DocumentVoidedBody(DocumentNamed):
    """A document that no longer counts."""

    sha256: Sha256
    person_id: Code | None = None


class DocumentStateBody(DocumentNamed, State):
    """A document as it is now; of an erased one there is no hash."""

    issued_on: date | None = None
    ends_on: date | None = None
    sha256: Sha256 | None = None
    origin: DocumentOrigin
    person_id: Code | None = None
    owner_ids: list[Code] = Field(max_length=100)
    status: Annotated[str, Known("kept", "voided", "erased")]
