"""What goes out and in over a one-time link."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from shared.contracts.document import Sha256
from shared.contracts.fields import Instant
from shared.documents.document import Document
from shared.documents.signing.round import SigningRound
from shared.web.signing.linked import Linked


class LinkedGivenBody(BaseModel):
    """A signature by link, on the bytes with this hash: those that were read. Also taken as a form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: Sha256
    agreed: bool = False


class LinkedSigningView(BaseModel):
    """What somebody is asked to sign, until when; once it is signed with the link, only that it was."""

    model_config = ConfigDict(frozen=True)

    sha256: str
    signed_at: Instant | None
    signatory: str | None = None
    title: str | None = None
    number: str | None = None
    media_type: str | None = None
    size: int | None = None
    has_its_turn: bool | None = None
    expires_at: Instant | None = None

    @classmethod
    def of(cls, linked: Linked) -> Self:
        """The view of what a link stands for."""
        if linked.signed_at is not None:
            return cls(sha256=linked.round.sha256, signed_at=linked.signed_at)
        return cls(
            sha256=linked.round.sha256,
            signed_at=None,
            signatory=linked.link.signatory,
            title=linked.document.title,
            number=linked.document.number,
            media_type=linked.document.media_type,
            size=linked.document.size,
            has_its_turn=linked.has_its_turn,
            expires_at=linked.link.expires_at,
        )


class SignedView(BaseModel):
    """That the signature was taken down, and whether it was the last."""

    model_config = ConfigDict(frozen=True)

    status: str
    sha256: str

    @classmethod
    def of(cls, round: SigningRound) -> Self:
        """The view of a round that was just signed."""
        return cls(status=round.status.value, sha256=round.sha256)


class Lying(BaseModel):
    """Which bytes are to be read."""

    id: str
    sha256: str
    media_type: str

    @classmethod
    def of(cls, document: Document) -> Self:
        """The bytes of a document."""
        return cls(id=document.id, sha256=document.sha256, media_type=document.media_type)
