"""What a batch of recognition has come to, and what of it a university may let be approved before it publishes it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_batch import BatchStatus, RecognitionBatch
from services.training.domain.faculty.recognition_steps import SETTLED, RecognitionStatus
from shared.kernel.aggregate import Aggregate

_GRANTED: Final = frozenset({RecognitionStatus.ACTIVE, RecognitionStatus.EXPIRING, RecognitionStatus.EXPIRED})
"""What the calendar makes of a recognition is no other result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchResults(Aggregate):
    """A batch with all that was applied for in it. It is looked at as one thing, and kept nowhere.

    Drafts that were never handed in are no applications.
    """

    kind: ClassVar[str] = RecognitionBatch.kind
    batch: RecognitionBatch
    applications: tuple[Recognition, ...]

    @classmethod
    def of(cls, batch: RecognitionBatch, found: Iterable[Recognition]) -> Self:
        """The results of a batch, of all that is found in it."""
        handed_in = tuple(one for one in found if one.status is not RecognitionStatus.DRAFT)
        return cls(id=batch.id, story=batch.story, batch=batch, applications=handed_in)

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return self.batch.owners

    def announce(self) -> RecognitionBatch:
        """Publish them, once every application is settled."""
        return self.batch.announce(outstanding=sum(one.status not in SETTLED for one in self.applications))


def may_be_approved(batch: RecognitionBatch) -> bool:
    """Whether an approval of its results may be under way: while the committee meets, and not once they are told."""
    return batch.status is BatchStatus.REVIEWING


def mark_of(results: BatchResults) -> str:
    """SHA-256 of who has come to what, by which decision."""
    told = [_told(one) for one in sorted(results.applications, key=lambda one: one.id)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, default=str).encode()).hexdigest()


def require_announceable(results: BatchResults, _organization_id: str) -> None:
    """Raise `BatchNotInOrder` or `ApplicationsOutstanding` unless the results can be published now."""
    results.announce()


def _told(one: Recognition) -> list[object]:
    result = RecognitionStatus.ACTIVE if one.status in _GRANTED else one.status
    minutes = one.decision.minutes if one.decision else None
    return [one.id, one.teacher_id, one.level.value, result.value, one.starts_on, one.ends_on, minutes]
