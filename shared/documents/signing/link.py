"""How somebody signs without an account: by a link that an office gives out and that opens once."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Self

from shared.documents.signing.offices import giver_of
from shared.documents.signing.round import SigningRound
from shared.kernel.one_time_link import LINK_STANDS, OneTimeLink


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningLink(OneTimeLink):
    """A party's permission for a named person to sign once. `organization_id` is whose office gave it out."""

    kind: ClassVar[str] = "signing_link"
    signing_id: str
    about: str
    party: str
    signatory: str
    organization_id: str

    @classmethod
    def create(
        cls, id: str, round: SigningRound, party: str, *, signatory: str, token_hash: str, by: str, at: datetime
    ) -> Self:
        """Let somebody sign for a party whose signature is waited for."""
        round.require_pending(party)
        return cls(
            id=id,
            story=round.story,
            signing_id=round.id,
            about=round.about,
            party=party,
            signatory=signatory,
            organization_id=giver_of(round, party),
            token_hash=token_hash,
            created_by=by,
            expires_at=at + LINK_STANDS,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The organisation that gave it out."""
        return frozenset({self.organization_id})

    def use(self, *, at: datetime) -> Self:
        """Use it up."""
        self.require_standing(at)
        return replace(self, used_at=at)

    def replaced(self, *, at: datetime) -> Self:
        """A newer link of the same party takes its place; what was used or has expired stays as it is."""
        return replace(self, expires_at=at) if self.stands(at) else self
