"""What may be asked of partnership, in the imperative. Ids are made by whoever asks."""

from dataclasses import dataclass

from services.partnership.domain.agreement_draft import Draft, DraftChanges
from services.partnership.domain.capability import Offer
from services.partnership.domain.need_terms import DetailChanges, NeedChanges, NeedTerms
from services.partnership.domain.organization import OrganizationChanges, OrganizationEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOrganization:
    """Enter an organisation into the alliance's register; `uscc` of the entry is as it was written."""

    organization_id: str
    decision_id: str
    entry: OrganizationEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOrganization:
    """Confirm that an entry agrees with the organisation's papers."""

    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendOrganization:
    """Take an organisation out of the alliance's doings."""

    organization_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateOrganization:
    """Bring an organisation's numbers up to date."""

    organization_id: str
    changes: OrganizationChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNeed:
    """Look for something on behalf of an organisation."""

    need_id: str
    organization_id: str
    terms: NeedTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendNeed:
    """Change what is looked for."""

    need_id: str
    organization_id: str
    changes: NeedChanges
    details: DetailChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawNeed:
    """Look for it no longer."""

    need_id: str
    organization_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishCapability:
    """Offer something on behalf of an organisation."""

    capability_id: str
    organization_id: str
    offer: Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCapability:
    """Offer it no longer."""

    capability_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptMatch:
    """Say yes for the sides that this organisation and these roles answer for."""

    match_id: str
    organization_id: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineMatch:
    """Say no for one's side."""

    match_id: str
    organization_id: str
    roles: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAgreement:
    """Put an agreement down in writing, as one of its parties."""

    agreement_id: str
    organization_id: str
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseAgreement:
    """Change a draft."""

    agreement_id: str
    changes: DraftChanges


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitAgreement:
    """Ask the parties for their signatures."""

    agreement_id: str
    organization_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAgreement:
    """Sign for a party through its own office."""

    agreement_id: str
    organization_id: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSignatureLink:
    """Let a named person sign once for a party, by the token that has this hash."""

    link_id: str
    agreement_id: str
    organization_id: str
    roles: frozenset[str]
    signatory: str
    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignByLink:
    """Sign with the token that has this hash."""

    token_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateAgreement:
    """End an agreement before its time."""

    agreement_id: str
    organization_id: str
    reason: str
