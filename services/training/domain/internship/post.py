"""A post for interns: what work an enterprise offers, where, under which conditions, and to how many at once."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Final, Self

from services.training.domain.agreement import Agreement, AgreementStatus, NotParty
from services.training.domain.internship.post_refusals import (
    AgreementEnded,
    NoRest,
    NotAnInternshipAgreement,
    NotAtTheBase,
    NotThePostsEnterprise,
    PostIsClosed,
    RegionMissing,
)
from services.training.domain.internship.post_terms import PostPay, PostTerms, Schedule, Shift, WorkConditions
from services.training.domain.training_base import TrainingBase
from shared.contracts.training import PostClosed, PostCreated, PostState, PostUpdated
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.words import AgreementType, word_of

HOME: Final = "CN"
INTERNSHIP_BASE: Final = "internship_base"
"""The type of the agreements under which posts are offered."""


class PostStatus(State):
    """Whether interns may still be placed on a post."""

    OPEN = "open", "招收中", "open"
    CLOSED = "closed", "已关闭", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post(Aggregate):
    """A post. Its fields are those of `PostTerms`, which says what they mean; everybody in the alliance may read it."""

    kind: ClassVar[str] = "post"
    visibility: ClassVar[str] = "alliance"
    enterprise_id: str
    agreement_id: str | None
    title: str
    occupation_code: str
    site: str
    country: str
    region_code: str | None
    places: int
    independent: bool
    programme_categories: tuple[str, ...]
    typical_tasks: tuple[str, ...]
    schedule: Schedule
    pay: PostPay
    conditions: WorkConditions
    filing_no: str | None
    base_id: str | None = None
    status: PostStatus = PostStatus.OPEN

    @classmethod
    def create(
        cls, id: str, *, enterprise_id: str, agreement: Agreement | None, terms: PostTerms
    ) -> tuple[Self, PostCreated]:
        """Offer a post, under an agreement on internships where there is one."""
        _require_sound(terms)
        if agreement is not None:
            _require_for(enterprise_id, agreement)
        created = cls(
            id=id,
            story=agreement.story if agreement else id,
            enterprise_id=enterprise_id,
            agreement_id=agreement.id if agreement else None,
            **_said(terms),
        )
        return created, PostCreated.model_validate(created._told())

    @property
    def owners(self) -> frozenset[str]:
        """The enterprise."""
        return frozenset({self.enterprise_id})

    @property
    def is_open(self) -> bool:
        """Whether interns may still be placed on it."""
        return self.status is PostStatus.OPEN

    def require_open(self) -> None:
        """Raise `PostIsClosed` unless it is open."""
        if not self.is_open:
            raise PostIsClosed

    def update(self, terms: PostTerms, *, by: str) -> tuple[Self, PostUpdated]:
        """Say anew what the post is; whoever was placed before keeps the conditions that were checked."""
        self._require_own(by)
        self.require_open()
        _require_sound(terms)
        updated = replace(self, **_said(terms))
        return updated, PostUpdated.model_validate(updated._told())

    def close(self, *, by: str) -> tuple[Self, PostClosed]:
        """Offer it no more; internships that are approved go on."""
        self._require_own(by)
        self.require_open()
        closed = replace(self, status=PostStatus.CLOSED)
        return closed, PostClosed.model_validate(closed._told())

    def state(self) -> PostState:
        """The post as it is now."""
        return PostState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _require_own(self, organization_id: str) -> None:
        if organization_id != self.enterprise_id:
            raise NotThePostsEnterprise

    def _told(self) -> dict[str, object]:
        return {
            "post_id": self.id,
            "enterprise_id": self.enterprise_id,
            "agreement_id": self.agreement_id,
            "title": self.title,
            "occupation_code": self.occupation_code,
            "site": self.site,
            "country": self.country,
            "region_code": self.region_code,
            "headcount": self.places,
            "hazards": list(self.conditions.hazards),
            "venue_kind": self.conditions.venue_kind,
            "labour_grade": self.conditions.labour_grade,
            "programme_categories": self.programme_categories,
        }


def _said(terms: PostTerms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in PostTerms.__dataclass_fields__}


def _require_for(enterprise_id: str, agreement: Agreement) -> None:
    if agreement.agreement_type != INTERNSHIP_BASE:
        raise NotAnInternshipAgreement(type=word_of(AgreementType, agreement.agreement_type))
    if enterprise_id not in agreement.enterprise_ids:
        raise NotParty
    if agreement.status is AgreementStatus.ENDED:
        raise AgreementEnded


def _require_sound(terms: PostTerms) -> None:
    if (terms.country == HOME) != (terms.region_code is not None):
        raise RegionMissing
    minutes = [shift_minutes(shift) for shift in terms.schedule.shifts]
    if min(minutes) <= 0 or terms.schedule.weekly_minutes > sum(minutes) * len(terms.schedule.weekdays):
        raise NoRest


def require_at(base: TrainingBase | None, enterprise_id: str) -> None:
    """Raise `NotAtTheBase` unless the base is known, and operated by the enterprise or open to it as a partner."""
    if base is None or enterprise_id not in base.owners:
        raise NotAtTheBase


def shift_minutes(shift: Shift) -> int:
    """The working time of a shift, without its breaks."""
    return _minutes_between(shift.starts_at, shift.ends_at) - shift.break_minutes


def _minutes_between(start: time, end: time) -> int:
    day = date.min
    last = day if end > start else day + timedelta(days=1)
    return int((datetime.combine(last, end) - datetime.combine(day, start)) / timedelta(minutes=1))
