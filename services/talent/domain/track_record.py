"""How a partner's earlier matches ended: what tells one partner from another where they offer the same."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from services.talent.domain.measure import Measure
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord(Aggregate):
    """Of how many matches that were answered, or should have been, this organisation's were confirmed.

    A match that ended because its need was closed says nothing about the partner and is not counted.
    """

    kind: ClassVar[str] = "track_record"
    confirmed: int = 0
    answered: int = 0

    @classmethod
    def none_yet(cls, organization_id: str) -> Self:
        """The record of an organisation of which nothing is known yet."""
        return cls(id=organization_id, story=organization_id)

    def counting(self, *, confirmed: bool) -> Self:
        """The record with one more match."""
        return replace(self, confirmed=self.confirmed + confirmed, answered=self.answered + 1)

    def share(self, measure: Measure) -> float:
        """The share confirmed, smoothed: as if the prior's matches had been there before."""
        return (self.confirmed + measure.prior_confirmed) / (self.answered + measure.prior_answered)
