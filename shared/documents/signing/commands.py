"""What may be asked of signings, in the imperative. Ids are made by whoever asks; `parties` are all that they are."""

from dataclasses import dataclass
from datetime import date

from shared.documents.signing.signature import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSignatures:
    """Put a document out for signature. `signers` give their order, and names where they are known; None: as usual."""

    signing_id: str
    document_id: str
    organization_id: str
    signers: tuple[Signer, ...] | None
    ordered: bool
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Sign by account, having read the bytes with this hash."""

    signing_id: str
    parties: frozenset[str]
    organization_id: str | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSigningLink:
    """Let a named person sign once for a party."""

    link_id: str
    signing_id: str
    party: str
    parties: frozenset[str]
    organization_id: str
    signatory: str
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignByLink:
    """Sign with a link, having read the bytes with this hash."""

    token_hash: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadByLink:
    """Read what is to be signed with a link."""

    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeScan:
    """Take down that parties have signed on paper, of which a kept document is the scan."""

    signing_id: str
    signed_by: tuple[str, ...]
    scan_id: str
    signatory: str
    signed_on: date
    parties: frozenset[str]
    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSignatures:
    """Ask for the signatures no more."""

    signing_id: str
    organization_id: str
    reason: str
