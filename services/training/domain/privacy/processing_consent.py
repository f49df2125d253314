"""That a person consents to the processing of their data, as one edition of the notice describes it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Self

from services.training.domain.privacy.refusals import ConsentWithdrawn
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingConsent(Aggregate):
    """A consent to one edition, whose hash is `digest`. What was withdrawn stays, as proof of what was done until then.

    It is another thing than the consent to an internship, which is given for that internship alone.
    """

    kind: ClassVar[str] = "processing_consent"
    person_id: str
    institution_id: str
    edition: int
    digest: str
    given_at: datetime
    withdrawn_at: datetime | None = None

    @property
    def owners(self) -> frozenset[str]:
        """The institution and the person."""
        return frozenset({self.institution_id, self.person_id})

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None

    def withdraw(self, *, at: datetime) -> Self:
        """Take it back; it ends what rests on it from now on."""
        if not self.stands:
            raise ConsentWithdrawn
        return replace(self, withdrawn_at=at)
