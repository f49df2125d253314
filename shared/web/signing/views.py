"""Signings as callers ask for them and see them."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.contracts.document import Sha256
from shared.contracts.fields import Instant, Name
from shared.contracts.ids import DocumentId
from shared.contracts.signing import PartyName
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.documents.signing.signature import Signer

_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
_Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class SignerBody(_Body):
    """Who signs, and by whose hand where that is known; the name is shown to all who may see the signing."""

    party: PartyName
    name: Name | None = None

    @property
    def signer(self) -> Signer:
        """The signer as the domain has it."""
        return Signer(party=self.party, name=self.name)


class SigningBody(_Body):
    """A document that is to be signed. `signers` give those who must sign it in another order than the usual one."""

    document_id: DocumentId
    ordered: bool = False
    signers: Annotated[tuple[SignerBody, ...], Field(min_length=1, max_length=100)] | None = None
    due_on: _Day | None = None


class GivenBody(_Body):
    """A signature by account, on the bytes with this hash: those that were read."""

    sha256: Sha256


class SigningLinkBody(_Body):
    """For whom a link is made, and who is to sign with it."""

    party: PartyName
    signatory: Name


class ScanBody(_Body):
    """Who has signed on paper, by whose hand and when, and the document that is its scan."""

    scan_id: DocumentId
    signed_by: Annotated[tuple[PartyName, ...], Field(min_length=1, max_length=100)]
    signatory: Name
    signed_on: _Day


class WithdrawalBody(_Body):
    """Why the signatures are asked for no more."""

    reason: _Reason


class SignerView(_View):
    """Who is asked."""

    party: str
    name: str | None


class SignatureView(_View):
    """A signature: who gave it for which party, how and when, and on which bytes."""

    party: str
    how: str
    signatory: str
    sha256: str
    given_at: Instant
    scan_id: str | None
    signed_on: date | None


class SigningView(_View):
    """A round of signatures. `turn` are those who may sign now."""

    id: str
    document_id: str
    document_kind: str
    about: str
    sha256: str
    organization_id: str
    ordered: bool
    signers: list[SignerView]
    signatures: list[SignatureView]
    pending: list[str]
    turn: list[str]
    due_on: date | None
    asked_at: Instant
    remind_at: Instant | None
    cause: str | None
    status: str
    version: int

    @classmethod
    def of(cls, round: SigningRound) -> Self:
        """The view of a round."""
        return cls.model_validate(round)


class SigningLinkView(_View):
    """A link that an office gave out, and whether it was used."""

    id: str
    signing_id: str
    party: str
    signatory: str
    expires_at: Instant
    used_at: Instant | None

    @classmethod
    def of(cls, link: SigningLink) -> Self:
        """The view of a link."""
        return cls.model_validate(link)


class NewSigningLinkView(SigningLinkView):
    """A new link. `token` is told this once, and nobody can look it up; `path` is the page for a phone."""

    token: str
    path: str
