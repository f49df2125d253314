"""A person's request that their entry be put right: asked by the person, decided by their institution's office."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Self

from services.training.domain.privacy.proposal import Proposal
from services.training.domain.privacy.refusals import CorrectionDecided as Decided
from shared.contracts.training import CorrectionDecided, CorrectionRequested
from shared.errors import State
from shared.kernel.aggregate import Aggregate


class CorrectionStatus(State):
    """What became of a request."""

    REQUESTED = "requested", "待处理", "requested"
    GRANTED = "granted", "已同意", "granted"
    REFUSED = "refused", "未同意", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Aggregate):
    """A request. What should stand there is kept until it is decided, and not a moment longer."""

    kind: ClassVar[str] = "correction"
    person_id: str
    institution_id: str
    fields: tuple[str, ...]
    proposal: Proposal | None
    reason: str | None
    asked_at: datetime
    answer: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    status: CorrectionStatus = CorrectionStatus.REQUESTED

    @classmethod
    def request(
        cls, id: str, *, person_id: str, institution_id: str, proposal: Proposal, reason: str | None, at: datetime
    ) -> tuple[Self, CorrectionRequested]:
        """Ask for it."""
        asked = cls(
            id=id,
            story=person_id,
            person_id=person_id,
            institution_id=institution_id,
            fields=proposal.fields,
            proposal=proposal,
            reason=reason,
            asked_at=at,
        )
        return asked, CorrectionRequested.model_validate(asked._told())

    @property
    def owners(self) -> frozenset[str]:
        """The institution and the person."""
        return frozenset({self.institution_id, self.person_id})

    def decide(self, *, granted: bool, answer: str | None, by: str, at: datetime) -> tuple[Self, CorrectionDecided]:
        """Say yes or no."""
        if self.status is not CorrectionStatus.REQUESTED:
            raise Decided
        status = CorrectionStatus.GRANTED if granted else CorrectionStatus.REFUSED
        decided = replace(self, proposal=None, answer=answer, decided_by=by, decided_at=at, status=status)
        return decided, CorrectionDecided.model_validate({**decided._told(), "granted": granted})

    def _told(self) -> dict[str, object]:
        return {
            "correction_id": self.id,
            "person_id": self.person_id,
            "institution_id": self.institution_id,
            "fields": list(self.fields),
        }
