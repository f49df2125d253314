"""A university's recruitment of teachers: from the notice, whose date chooses the rule, to the public result."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.faculty.candidate import CandidateStatus, RecruitmentCheck
from services.training.domain.faculty.recruitment_refusals import (
    CandidatesUndecided,
    NotPublicised,
    PublicBeforeNotice,
    PublicityBackwards,
    PublicityNotOver,
    RecruitmentNotOpen,
    TooManySelected,
)
from shared.errors import State
from shared.kernel.aggregate import Aggregate


class RecruitmentStatus(State):
    """How far a recruitment has come."""

    OPEN = "open", "进行中", "open"
    PUBLICISED = "publicised", "公示中", "publicised"
    CLOSED = "closed", "已办结", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a university seeks: how many, for which programmes, since when it is announced."""

    title: str
    programme_ids: tuple[str, ...]
    places: int
    notice_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recruitment(Aggregate):
    """A recruitment of one university. Its row is the lock under which its candidates are decided."""

    kind: ClassVar[str] = "recruitment"
    university_id: str
    title: str
    programme_ids: tuple[str, ...]
    places: int
    notice_on: date
    selected: int = 0
    publicised_from: date | None = None
    publicised_to: date | None = None
    status: RecruitmentStatus = RecruitmentStatus.OPEN

    @classmethod
    def announce(cls, id: str, *, university_id: str, notice: Notice) -> Self:
        """Publish the notice."""
        return cls(
            id=id,
            story=id,
            university_id=university_id,
            title=notice.title,
            programme_ids=notice.programme_ids,
            places=notice.places,
            notice_on=notice.notice_on,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    def require_open(self) -> None:
        """Raise `RecruitmentNotOpen` once the result is public."""
        if self.status is not RecruitmentStatus.OPEN:
            raise RecruitmentNotOpen(status=self.status)

    def with_selected(self) -> Self:
        """One more candidate is selected. Raises `TooManySelected`."""
        self.require_open()
        if self.selected >= self.places:
            raise TooManySelected(places=self.places)
        return replace(self, selected=self.selected + 1)

    def publicise(self, candidates: Iterable[RecruitmentCheck], *, first: date, last: date) -> Self:
        """Make the result public from `first` to `last`, both included, once every candidate is decided."""
        self.require_open()
        if last < first:
            raise PublicityBackwards
        if first < self.notice_on:
            raise PublicBeforeNotice(notice=self.notice_on)
        if undecided := sum(candidate.status is CandidateStatus.CHECKED for candidate in candidates):
            raise CandidatesUndecided(undecided=undecided)
        return replace(self, status=RecruitmentStatus.PUBLICISED, publicised_from=first, publicised_to=last)

    def close(self, *, on: date) -> Self:
        """The time of publicity is over."""
        if self.status is not RecruitmentStatus.PUBLICISED or self.publicised_to is None:
            raise NotPublicised(status=self.status)
        if on <= self.publicised_to:
            raise PublicityNotOver(last=self.publicised_to)
        return replace(self, status=RecruitmentStatus.CLOSED)
