"""A round of recognition at one university: it takes applications, then the committee meets, then results are told."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Self

from services.training.domain.faculty.recognition_refusals import (
    ApplicationsOutstanding,
    BatchNotInOrder,
    BatchNotOpen,
    BatchNotUnderReview,
    ClosesBeforeItOpens,
)
from services.training.domain.faculty.recognition_rules.facts import Level
from services.training.domain.faculty.recognition_rules.validity import ValidityFacts, last_day_of_validity
from shared.contracts.training import RecognitionBatchState
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.rules import jurisdiction_of


class BatchStatus(State):
    """How far a batch has come."""

    DRAFT = "draft", "草稿", "a draft"
    PUBLISHED = "published", "已发布", "published"
    OPEN = "open", "受理中", "open"
    CLOSED = "closed", "已截止", "closed"
    REVIEWING = "reviewing", "评审中", "under review"
    RESULT_PUBLISHED = "result_published", "结果已公布", "closed with its result published"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPlan:
    """What a university plans: for which levels, until which day, how long results are public and valid."""

    title: str
    levels: tuple[Level, ...]
    closes_on: date
    publicity_days: int
    validity_months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionBatch(Aggregate):
    """A batch. The day on which it opens chooses the version of the rules, for all its applications and for good."""

    kind: ClassVar[str] = "recognition_batch"
    university_id: str
    region_code: str
    title: str
    levels: tuple[Level, ...]
    closes_on: date
    publicity_days: int
    validity_months: int
    opened_on: date | None = None
    rule_packs: str | None = None
    visibility: str = "parties"
    status: BatchStatus = BatchStatus.DRAFT

    @classmethod
    def draft(cls, id: str, *, university_id: str, region_code: str, plan: BatchPlan) -> Self:
        """Plan a batch."""
        return cls(
            id=id,
            story=id,
            university_id=university_id,
            region_code=region_code,
            title=plan.title,
            levels=plan.levels,
            closes_on=plan.closes_on,
            publicity_days=plan.publicity_days,
            validity_months=plan.validity_months,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    @property
    def jurisdiction(self) -> str:
        """Where its applications are decided: at home of the university."""
        return jurisdiction_of(self.region_code, self.university_id)

    @property
    def judged_on(self) -> date:
        """The business date of its decisions. Raises `BatchNotOpen` before there is one."""
        if self.opened_on is None:
            raise BatchNotOpen(status=self.status, last=self.closes_on)
        return self.opened_on

    def publish(self) -> Self:
        """Let teachers know of it: from now on everybody of the alliance may read it."""
        return replace(self._moved(BatchStatus.DRAFT, BatchStatus.PUBLISHED), visibility="alliance")

    def validity_from(self, on: date) -> ValidityFacts:
        """What a recognition would be whose publicity begins on a day."""
        ends_on = self.publicity_from(on)
        starts_on = ends_on + timedelta(days=1)
        return ValidityFacts(
            levels=self.levels,
            publicity_starts_on=on,
            publicity_ends_on=ends_on,
            starts_on=starts_on,
            ends_on=last_day_of_validity(starts_on, self.validity_months),
        )

    def publicity_from(self, on: date) -> date:
        """The last day of a publicity that begins on a day."""
        return on + timedelta(days=self.publicity_days - 1)

    def open(self, *, on: date, packs: Iterable[str]) -> Self:
        """Take applications from today, under the rules of today."""
        opened = self._moved(BatchStatus.PUBLISHED, BatchStatus.OPEN)
        if self.closes_on < on:
            raise ClosesBeforeItOpens
        return replace(opened, opened_on=on, rule_packs=",".join(sorted(set(packs))))

    def require_open(self, on: date) -> None:
        """Raise `BatchNotOpen` unless applications are taken on this day."""
        if self.status is not BatchStatus.OPEN or on > self.closes_on:
            raise BatchNotOpen(status=self.status, last=self.closes_on)

    def close(self) -> Self:
        """Take no more applications."""
        return self._moved(BatchStatus.OPEN, BatchStatus.CLOSED)

    def review(self) -> Self:
        """Let the committee begin."""
        return self._moved(BatchStatus.CLOSED, BatchStatus.REVIEWING)

    def require_review(self) -> None:
        """Raise `BatchNotUnderReview` unless the committee meets."""
        if self.status is not BatchStatus.REVIEWING:
            raise BatchNotUnderReview(status=self.status)

    def announce(self, *, outstanding: int) -> Self:
        """Publish the results, once every application is settled."""
        announced = self._moved(BatchStatus.REVIEWING, BatchStatus.RESULT_PUBLISHED)
        if outstanding:
            raise ApplicationsOutstanding(count=outstanding)
        return announced

    def state(self) -> RecognitionBatchState:
        """The batch as it is now."""
        return RecognitionBatchState(
            batch_id=self.id,
            university_id=self.university_id,
            closes_on=self.closes_on,
            status=self.status.value,
            version=self.version,
        )

    def _moved(self, before: BatchStatus, after: BatchStatus) -> Self:
        if self.status is not before:
            raise BatchNotInOrder(status=self.status, wanted=before)
        return replace(self, status=after)
