"""A teacher's obligation as it is kept: how it stood when it was last looked at, and when to look again."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Final, Self

from services.training.domain.faculty.obligations import ObligationKind, ObligationStatus, Standing
from services.training.domain.teacher import Teacher
from shared.contracts.event import Event
from shared.contracts.training import (
    ObligationAtRisk,
    ObligationFulfilled,
    ObligationOpened,
    ObligationOverdue,
    ObligationRegressed,
    ObligationState,
)
from shared.kernel.aggregate import Aggregate

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation(Aggregate):
    """What one teacher owes. `review_on` is the first day on which time alone may change any of it; None is never.

    `begin_by` is the last day on which what is missing can begin and still be enough in time.
    """

    kind: ClassVar[str] = "obligation"
    teacher_id: str
    university_id: str
    obligation_kind: ObligationKind
    required_days: int
    done_days: int
    missing_days: int
    due_on: date
    begin_by: date | None
    review_on: date | None
    status: ObligationStatus

    @classmethod
    def open(cls, id: str, *, teacher: Teacher, standing: Standing) -> tuple[Self, tuple[Event, ...]]:
        """A teacher owes practice from now on; the facts after the first tell how it stands already."""
        opened = cls(
            id=id,
            story=teacher.id,
            teacher_id=teacher.id,
            university_id=teacher.university_id,
            obligation_kind=standing.kind,
            required_days=standing.required_days,
            done_days=0,
            missing_days=standing.required_days,
            due_on=standing.due_on,
            begin_by=None,
            review_on=None,
            status=ObligationStatus.NOT_STARTED,
        )
        reviewed, facts = opened.review(standing)
        return reviewed, (ObligationOpened.model_validate(opened._told()), *facts)

    @property
    def owners(self) -> frozenset[str]:
        """The teacher and the university."""
        return frozenset({self.teacher_id, self.university_id})

    def review(self, standing: Standing) -> tuple[Self, tuple[Event, ...]]:
        """How it stands now, and the fact that follows if that is news."""
        reviewed = replace(
            self,
            required_days=standing.required_days,
            done_days=standing.done_days,
            missing_days=standing.missing_days,
            due_on=standing.due_on,
            begin_by=standing.begin_by,
            review_on=standing.changes_on,
            status=standing.status,
        )
        return reviewed, reviewed._news(self.status)

    def rest(self) -> Self:
        """The teacher has left: the clock stands still."""
        return replace(self, review_on=None)

    def state(self) -> ObligationState:
        """The obligation as it is now."""
        return ObligationState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _news(self, before: ObligationStatus) -> tuple[Event, ...]:
        if self.status is before:
            return ()
        if before is ObligationStatus.FULFILLED:
            return (ObligationRegressed.model_validate(self._told()),)
        if self.status is ObligationStatus.OVERDUE:
            return (ObligationOverdue.model_validate({**self._told(), "overdue_on": self.due_on + _DAY}),)
        if self.status is ObligationStatus.FULFILLED:
            return (ObligationFulfilled.model_validate(self._told()),)
        if self.status is ObligationStatus.AT_RISK:
            return (ObligationAtRisk.model_validate(self._told()),)
        return ()

    def _told(self) -> dict[str, object]:
        return {
            "obligation_id": self.id,
            "teacher_id": self.teacher_id,
            "university_id": self.university_id,
            "kind": self.obligation_kind.value,
            "required_days": self.required_days,
            "done_days": self.done_days,
            "due_on": self.due_on,
        }
