"""What a placement says: its days, its people, its pay, and why it was stopped or let through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Self

from services.training.domain.internship.placement_refusals import NotForStudentsToPlan, SegmentsOverlap
from shared.rules import Decision, Finding, Severity


class InternshipKind(StrEnum):
    """The two forms of internship there are: to get to know a trade, and to work on a post."""

    COGNITION = "cognition"
    POST = "post"


class Mode(StrEnum):
    """Who found the unit."""

    ARRANGED = "arranged"
    SELF_FOUND = "self_found"


class Grade(StrEnum):
    """What a finished internship is worth."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASS = "pass"  # noqa: S105
    FAIL = "fail"


class Cause(StrEnum):
    """On whose account, or for the sake of what, a placement is stopped."""

    STUDENT = "student"
    UNIT = "unit"
    SCHOOL = "school"
    SAFETY = "safety"
    AGREEMENT = "agreement"


class OverrideReason(StrEnum):
    """Why what a rule refuses in principle is accepted all the same."""

    FILED_EXCEPTION = "filed_exception"
    TRAINING_NEED = "training_need"
    REGIONAL_SHORTAGE = "regional_shortage"
    EVIDENCE_FOLLOWS = "evidence_follows"


class PayForm(StrEnum):
    """In what an intern is paid."""

    MONEY = "money"
    GOODS = "goods"
    VOUCHER = "voucher"


class Payee(StrEnum):
    """To whom an intern's pay goes."""

    STUDENT = "student"
    SCHOOL = "school"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Days in a row, both ends included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """Its calendar days."""
        return (self.ends_on - self.starts_on).days + 1

    def meets(self, other: "Segment") -> bool:
        """Whether both share a day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTerms:
    """What the student is to be paid: fen a month, every so many days, in what and to whom. None: not agreed yet."""

    stipend_fen: int | None
    cycle_days: int | None
    form: PayForm
    payee: Payee


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementTerms:
    """What may be said anew of a placement until it is approved.

    `supervisor_id` is a teacher of the university, `mentor_id` who guides the student at the enterprise. `forced`:
    somebody made the school send the student to this unit; `for_profit`: the school or somebody else earns by it. Both
    are the school's statements, None where it has not said.
    """

    supervisor_id: str | None
    mentor_id: str | None
    pay: PayTerms
    forced: bool | None = None
    for_profit: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guides:
    """Who guides the student: a teacher of the university, and somebody at the enterprise."""

    supervisor_id: str
    mentor_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementPlan:
    """What a university plans for one student on one post."""

    post_id: str
    internship_kind: InternshipKind
    mode: Mode
    segments: tuple[Segment, ...]
    terms: PlacementTerms

    def require_of_student(self) -> None:
        """Raise `NotForStudentsToPlan` for more than a student may plan: a unit that they found themselves."""
        schools = (self.terms.supervisor_id, self.terms.forced, self.terms.for_profit)
        if self.mode is not Mode.SELF_FOUND or any(said is not None for said in schools):
            raise NotForStudentsToPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How a school grades an internship, what of the enterprise's it took over, and the enterprise's own 1 to 5."""

    grade: Grade
    copied_from: tuple[str, ...] | None
    employer_rating: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleException:
    """What an approver accepted of what a rule refuses in principle; the decision holds the facts of that moment."""

    rule: str
    case: str
    actual: int | str | None
    limit: int | str | None
    decision_id: str
    approver_role: str
    reason: str

    @classmethod
    def of(cls, finding: Finding, *, decision_id: str, approver_role: str, reason: str) -> Self:
        """The exception from what a rule says now."""
        return cls(
            rule=finding.rule,
            case=finding.case,
            actual=finding.actual,
            limit=finding.limit,
            decision_id=decision_id,
            approver_role=approver_role,
            reason=reason,
        )

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is what was accepted, or nearer to the limit than that."""
        if not finding.refuses or (finding.rule, finding.case) != (self.rule, self.case):
            return False
        if finding.severity is not Severity.BLOCK_IN_PRINCIPLE:
            return False
        if (finding.actual, finding.limit) == (self.actual, self.limit):
            return True
        now, then = _distance(finding.actual, finding.limit), _distance(self.actual, self.limit)
        return now is not None and then is not None and now <= then


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationRequest:
    """A student asked for the end of the internship; only the school can end it."""

    requested_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the rules said last: under which decision, on which day, and which of them refused."""

    decision_id: str
    judged_on: date
    refusing: tuple[str, ...]

    @classmethod
    def of(cls, decision: Decision, *, on: date) -> Self:
        """What a decision says."""
        refusing = tuple(finding.rule for finding in decision.refusing)
        return cls(decision_id=decision.id, judged_on=on, refusing=refusing)


def in_order(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments by their first days. Raises `SegmentsOverlap` unless they are sound and share no day."""
    ordered = tuple(sorted(segments, key=lambda segment: segment.starts_on))
    sound = all(segment.starts_on <= segment.ends_on for segment in ordered)
    apart = all(one.ends_on < following.starts_on for one, following in pairwise(ordered))
    if not (ordered and sound and apart):
        raise SegmentsOverlap
    return ordered


def _distance(actual: int | str | None, limit: int | str | None) -> int | None:
    return abs(actual - limit) if isinstance(actual, int) and isinstance(limit, int) else None
