"""The erasure of a person: asked for, done here at once, and complete when every other service has confirmed it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from services.training.domain.privacy.refusals import StillOpen
from shared.contracts.training import ErasureCompleted, PersonErased
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.words import Verbatim

RECEIPT_WAITS: Final = timedelta(days=1)
"""How long a receipt is waited for before the erasure is told again and counts as late."""


class ErasureStatus(State):
    """Whether the others have confirmed. `late`: one of them has not within its time."""

    WAITING = "waiting", "办理中", "waiting"
    LATE = "late", "已逾期", "late"
    COMPLETE = "complete", "已完成", "complete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom an erasure is about, by reference."""

    person_id: str
    person_kind: str
    institution_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure(Aggregate):
    """An erasure. `awaited` are the services that must confirm, `receipts` when each of them did."""

    kind: ClassVar[str] = "erasure"
    person_id: str
    person_kind: str
    institution_id: str
    asked_by: str
    asked_at: datetime
    awaited: tuple[str, ...]
    receipts: dict[str, datetime]
    due_at: datetime | None
    status: ErasureStatus

    @classmethod
    def begin(cls, id: str, subject: Subject, *, by: str, at: datetime, awaited: Iterable[str]) -> Self:
        """The person is erased here; now the others are waited for."""
        return cls(
            id=id,
            story=subject.person_id,
            person_id=subject.person_id,
            person_kind=subject.person_kind,
            institution_id=subject.institution_id,
            asked_by=by,
            asked_at=at,
            awaited=tuple(sorted(awaited)),
            receipts={},
            due_at=at + RECEIPT_WAITS,
            status=ErasureStatus.WAITING,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The institution and the person."""
        return frozenset({self.institution_id, self.person_id})

    @property
    def missing(self) -> tuple[str, ...]:
        """The services that have not confirmed."""
        return tuple(service for service in self.awaited if service not in self.receipts)

    def confirm(self, service: str, *, at: datetime) -> tuple[Self, tuple[ErasureCompleted, ...]]:
        """A service has forgotten the person; the first time counts."""
        if service not in self.missing:
            return self, ()
        confirmed = replace(self, receipts={**self.receipts, service: at})
        if confirmed.missing:
            return confirmed, ()
        complete = replace(confirmed, status=ErasureStatus.COMPLETE, due_at=None)
        return complete, (ErasureCompleted.model_validate(complete._told()),)

    def remind(self, *, at: datetime) -> tuple[Self, PersonErased]:
        """A receipt is late: tell the erasure again."""
        late = replace(self, status=ErasureStatus.LATE, due_at=at + RECEIPT_WAITS)
        return late, self.told()

    def told(self) -> PersonErased:
        """That the person's data are gone here."""
        return PersonErased.model_validate(self._told())

    def _told(self) -> dict[str, object]:
        return {"erasure_id": self.id, "person_id": self.person_id, "person_kind": self.person_kind}


def require_settled(open_: Iterable[str]) -> None:
    """Raise `StillOpen` where something is under way that needs to know whom it is about."""
    if ids := sorted(open_):
        raise StillOpen(open=tuple(map(Verbatim, ids)))
