"""A technician's engagement at a university: proposed by it, approved by the enterprise, taught day by day, ended."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, Self

from services.training.domain.faculty.engagement_refusals import (
    EngagementEndsBeforeItStarts,
    EngagementNotActive,
    EngagementNotApproved,
    EngagementOver,
    EngagementTooEarly,
    HoursLeft,
    NoPostHere,
    NothingTaught,
    NotProposed,
    NotTheEnterprise,
    NotTheUniversity,
    PostMissing,
)
from services.training.domain.faculty.special_post import PostKind, PostOfAnotherKind, SpecialPost
from services.training.domain.faculty.technician import Technician
from shared.contracts.training import TechnicianEngaged, TechnicianEngagementCompleted
from shared.errors import Conflict, State
from shared.kernel.aggregate import Aggregate

_MINUTES: Final = 60


class EngagementKind(StrEnum):
    """As what a technician comes."""

    SPECIAL_POST = "industry_teacher_special_post"
    MOBILE_POST = "mobile_post"
    PART_TIME = "part_time"
    LECTURE = "lecture"


class EngagementStatus(State):
    """How far an engagement has come; hours of active and completed ones count."""

    PROPOSED = "proposed", "待同意", "proposed"
    APPROVED = "approved", "已同意", "approved"
    ACTIVE = "active", "进行中", "active"
    COMPLETED = "completed", "已完成", "completed"
    ENDED_EARLY = "ended_early", "已提前结束", "ended early"


OVER: Final = frozenset({EngagementStatus.COMPLETED, EngagementStatus.ENDED_EARLY})
_ON_A_POST: Final = {EngagementKind.SPECIAL_POST: PostKind.SPECIAL, EngagementKind.MOBILE_POST: PostKind.MOBILE}


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementPlan:
    """What a university proposes, both days included; the fee is for all of it."""

    engagement_kind: EngagementKind
    starts_on: date
    ends_on: date
    minutes_planned: int
    fee_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianEngagement(Aggregate):
    """An engagement. Its days of teaching are `TaughtDay`s of their own; here is their sum."""

    kind: ClassVar[str] = "engagement"
    technician_id: str
    enterprise_id: str
    university_id: str
    engagement_kind: EngagementKind
    special_post_id: str | None
    starts_on: date
    ends_on: date
    minutes_planned: int
    minutes_done: int = 0
    fee_fen: int
    end_reason: str | None = None
    status: EngagementStatus = EngagementStatus.PROPOSED

    @classmethod
    def propose(
        cls,
        id: str,
        *,
        university_id: str,
        technician: Technician,
        post: SpecialPost | None,
        plan: EngagementPlan,
    ) -> Self:
        """Propose an engagement to the technician's enterprise. It takes no seat before it is approved."""
        if plan.ends_on < plan.starts_on:
            raise EngagementEndsBeforeItStarts
        technician.require_active()
        _require_post(plan.engagement_kind, post)
        return cls(
            id=id,
            story=id,
            technician_id=technician.id,
            enterprise_id=technician.enterprise_id,
            university_id=university_id,
            engagement_kind=plan.engagement_kind,
            special_post_id=post.id if post else None,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            minutes_planned=plan.minutes_planned,
            fee_fen=plan.fee_fen,
        )

    @property
    def owners(self) -> frozenset[str]:
        """Both sides and the technician."""
        return frozenset({self.university_id, self.enterprise_id, self.technician_id})

    def approve(self, *, by: str) -> Self:
        """The enterprise agrees."""
        if by != self.enterprise_id:
            raise NotTheEnterprise
        return self._moved(EngagementStatus.PROPOSED, EngagementStatus.APPROVED, NotProposed)

    def start(self, *, by: str, on: date) -> tuple[Self, TechnicianEngaged]:
        """The first day has come: the technician teaches."""
        self._require_university(by)
        active = self._moved(EngagementStatus.APPROVED, EngagementStatus.ACTIVE, EngagementNotApproved)
        if on < self.starts_on:
            raise EngagementTooEarly(first=self.starts_on)
        return active, TechnicianEngaged.model_validate(active._told())

    def taught(self, minutes: int, *, instead_of: int) -> Self:
        """Days were recorded with so many minutes, where `instead_of` stood before."""
        return replace(self, minutes_done=self.minutes_done + minutes - instead_of)

    def complete(self, *, by: str, on: date) -> tuple[Self, TechnicianEngagementCompleted]:
        """The last day has come, or all hours are done."""
        self._require_university(by)
        self.require_active()
        if not self.minutes_done:
            raise NothingTaught
        if on < self.ends_on and self.minutes_done < self.minutes_planned:
            done, planned = self.minutes_done // _MINUTES, self.minutes_planned // _MINUTES
            raise HoursLeft(last=self.ends_on, done=done, planned=planned)
        completed = replace(self, status=EngagementStatus.COMPLETED)
        return completed, completed._ended()

    def end_early(self, reason: str) -> tuple[Self, tuple[TechnicianEngagementCompleted, ...]]:
        """One side ends it before its time; that is told only where it was told that it began."""
        if self.status in OVER:
            raise EngagementOver
        ended = replace(self, status=EngagementStatus.ENDED_EARLY, end_reason=reason)
        return ended, (ended._ended(),) if self.status is EngagementStatus.ACTIVE else ()

    def require_active(self, *, by: str | None = None) -> None:
        """Raise `EngagementNotActive` unless it goes on; with `by`, `NotTheUniversity` unless that is who engages."""
        if by is not None:
            self._require_university(by)
        if self.status is not EngagementStatus.ACTIVE:
            raise EngagementNotActive(status=self.status)

    def _require_university(self, organization_id: str) -> None:
        if organization_id != self.university_id:
            raise NotTheUniversity

    def _moved(self, before: EngagementStatus, after: EngagementStatus, otherwise: type[Conflict]) -> Self:
        if self.status is not before:
            raise otherwise(status=self.status)
        return replace(self, status=after)

    def _ended(self) -> TechnicianEngagementCompleted:
        told = {
            **self._told(),
            "hours_done": self.minutes_done // _MINUTES,
            "ended_early": self.status is EngagementStatus.ENDED_EARLY,
        }
        return TechnicianEngagementCompleted.model_validate(told)

    def _told(self) -> dict[str, object]:
        return {
            "engagement_id": self.id,
            "technician_id": self.technician_id,
            "enterprise_id": self.enterprise_id,
            "university_id": self.university_id,
            "kind": self.engagement_kind.value,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "hours_planned": self.minutes_planned // _MINUTES,
        }


def _require_post(engagement_kind: EngagementKind, post: SpecialPost | None) -> None:
    wanted = _ON_A_POST.get(engagement_kind)
    if wanted is None and post is not None:
        raise NoPostHere
    if wanted is not None and post is None:
        raise PostMissing
    if post is not None and post.post_kind is not wanted:
        raise PostOfAnotherKind
