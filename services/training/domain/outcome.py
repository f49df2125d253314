"""A learning outcome: registered in its learner's account with evidence, then recognised as worth so many credits."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Self

from services.training.domain.account import CreditAccount
from services.training.domain.cohort import Cohort, Enrolment
from services.training.domain.faculty.practice import Practice, PracticeStatus
from shared.contracts.training import OutcomeRecognised, OutcomeRegistered, OutcomeRevoked, OutcomeState
from shared.errors import Conflict, Duplicate, Invalid, RuleRefused, State
from shared.kernel.aggregate import Aggregate
from shared.rules import Finding


class OutcomeExists(Duplicate):
    """The same thing learnt, with the same evidence, is registered once."""

    en = "This outcome is registered already: the same kind and course with the same evidence."
    zh = "该成果（同类、同课程、同一依据）已登记。"


class NotEvidence(Invalid):
    """An outcome has evidence in the learner's own name."""

    en = "Name as evidence a running cohort in which the learner is enrolled, or the learner's own verified practice."
    zh = "依据须为学习者所在的在读班级，或本人已核实的企业实践。"


class RecognisedBefore(Conflict):
    """An outcome is recognised once."""

    en = "The outcome is {status}; one that is registered can be recognised."
    zh = "成果状态为{status}；仅已登记的成果可以认定。"


class OutcomeKind(StrEnum):
    """What may be registered on the evidence that this service holds: cohorts and practice."""

    ACADEMIC_COURSE = "academic_course"
    TRAINING_COURSE = "training_course"
    ENTERPRISE_PRACTICE = "enterprise_practice"


class OutcomeStatus(State):
    """How far an outcome has come."""

    REGISTERED = "registered", "已登记", "registered"
    RECOGNISED = "recognised", "已认定", "recognised"
    REVOKED = "revoked", "已撤销", "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What proves an outcome, and the story that it belongs to."""

    id: str
    story: str

    @classmethod
    def of_cohort(cls, cohort: Cohort | None, enrolment: Enrolment | None) -> Self:
        """A class in which the learner sits. Raises `NotEvidence`."""
        if cohort is None or enrolment is None or not cohort.is_running:
            raise NotEvidence
        return cls(id=cohort.id, story=cohort.story)

    @classmethod
    def of_practice(cls, practice: Practice | None, *, person_id: str) -> Self:
        """A verified practice of the learner. Raises `NotEvidence`."""
        if practice is None or practice.status is not PracticeStatus.VERIFIED or practice.teacher_id != person_id:
            raise NotEvidence
        return cls(id=practice.id, story=practice.story)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Aggregate):
    """What a learner has learnt, in class hours. `course` is the course's code, empty where there is none."""

    kind: ClassVar[str] = "outcome"
    account_id: str
    person_id: str
    university_id: str
    outcome_kind: OutcomeKind
    hours: int
    evidence_id: str
    course: str
    half_credits: int | None = None
    status: OutcomeStatus = OutcomeStatus.REGISTERED

    @classmethod
    def register(
        cls,
        id: str,
        *,
        account: CreditAccount,
        evidence: Evidence,
        outcome_kind: OutcomeKind,
        hours: int,
        course: str = "",
    ) -> tuple[Self, OutcomeRegistered]:
        """Store an outcome in its learner's account."""
        registered = cls(
            id=id,
            story=evidence.story,
            account_id=account.id,
            person_id=account.person_id,
            university_id=account.university_id,
            outcome_kind=outcome_kind,
            hours=hours,
            evidence_id=evidence.id,
            course=course,
        )
        return registered, OutcomeRegistered.model_validate(registered._told())

    @property
    def owners(self) -> frozenset[str]:
        """The learner and the university."""
        return frozenset({self.person_id, self.university_id})

    def recognise(self, finding: Finding, *, half_credits: int) -> tuple[Self, OutcomeRecognised]:
        """It is worth these half credits, if X-03 finds no fault with its hours. Raises `RuleRefused`."""
        if self.status is not OutcomeStatus.REGISTERED:
            raise RecognisedBefore(status=self.status)
        if finding.refuses:
            raise RuleRefused(finding)
        recognised = replace(self, status=OutcomeStatus.RECOGNISED, half_credits=half_credits)
        told = {**recognised._told(), "half_credits": half_credits}
        return recognised, OutcomeRecognised.model_validate(told)

    @property
    def convertible(self) -> int | None:
        """The half credits that may be converted of it; None where it is not recognised, or no longer."""
        return self.half_credits if self.status is OutcomeStatus.RECOGNISED else None

    def revoke(self, *, reason: str) -> tuple[Self, OutcomeRevoked]:
        """What proved it holds no longer. What was converted of it stands until the academic office takes it back."""
        revoked = replace(self, status=OutcomeStatus.REVOKED)
        return revoked, OutcomeRevoked.model_validate({**revoked._told(), "reason": reason})

    def state(self) -> OutcomeState:
        """The outcome as it is now."""
        now = {"status": self.status.value, "version": self.version, "half_credits": self.half_credits}
        return OutcomeState.model_validate({**self._told(), **now})

    def _told(self) -> dict[str, object]:
        return {
            "outcome_id": self.id,
            "account_id": self.account_id,
            "person_id": self.person_id,
            "university_id": self.university_id,
            "kind": self.outcome_kind.value,
            "hours": self.hours,
            "evidence_id": self.evidence_id,
        }
