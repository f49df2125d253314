"""Through whom a party signs: its own office, or somebody to whom that office gave a one-time link."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Self

from services.partnership.domain.agreement import Agreement
from services.partnership.domain.agreement_refusals import NotAParty
from shared.kernel.one_time_link import LINK_STANDS, OneTimeLink
from shared.words import roles_told

OFFICES: Final = {
    "university": "university_coop_office",
    "enterprise": "enterprise_admin",
    "base_operator": "base_operator",
    "government": "government",
    "other": "enterprise_admin",
}
"""Who signs for a party in each role."""


def require_signatory(agreement: Agreement, organization_id: str, roles: Collection[str]) -> None:
    """Raise `NotAParty` unless somebody of this organisation with these roles may sign for one of the parties."""
    offices = {party.organization_id: OFFICES[party.role] for party in agreement.parties}
    if offices.get(organization_id) not in roles:
        own = offices.get(organization_id)
        raise NotAParty(roles=roles_told([own] if own else sorted(set(offices.values()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureLink(OneTimeLink):
    """A party's permission for a named person to sign once without an account."""

    kind: ClassVar[str] = "signature_link"
    agreement_id: str
    organization_id: str
    signatory: str

    @classmethod
    def create(
        cls,
        id: str,
        agreement: Agreement,
        *,
        organization_id: str,
        signatory: str,
        token_hash: str,
        by: str,
        at: datetime,
    ) -> Self:
        """Let somebody sign for a party whose signature is still waited for."""
        agreement.require_pending(organization_id)
        return cls(
            id=id,
            story=agreement.story,
            agreement_id=agreement.id,
            organization_id=organization_id,
            signatory=signatory,
            token_hash=token_hash,
            created_by=by,
            expires_at=at + LINK_STANDS,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The party."""
        return frozenset({self.organization_id})

    def use(self, *, at: datetime) -> Self:
        """Use it up."""
        self.require_standing(at)
        return replace(self, used_at=at)
