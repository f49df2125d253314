"""A student's internship on a post: planned, agreed to, judged by the rules, approved, lived through, graded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from services.training.domain.agreement import Agreement
from services.training.domain.internship.evidence import Evidence
from services.training.domain.internship.placement_amendment import AmendablePlacement
from services.training.domain.internship.placement_facts import failure_of, is_related, verdict_told
from services.training.domain.internship.placement_papers import Paper, require_issued
from services.training.domain.internship.placement_refusals import (
    AnotherStudent,
    GuidesMissing,
    InternshipNotOver,
    LogsNotReviewed,
    NoLongerOpen,
    NotAnIntern,
    NotASupervisor,
    NotOverridden,
    SafetyTrainingMissing,
    SelfFoundOnly,
    StartsAfterItsEnd,
    TooEarlyToStart,
)
from services.training.domain.internship.placement_status import BEFORE_APPROVAL, CONCURRENT, PlacementStatus, before
from services.training.domain.internship.placement_terms import (
    Assessment,
    Cause,
    Guides,
    Judgement,
    Mode,
    PlacementPlan,
    PlacementTerms,
    RuleException,
    TerminationRequest,
    in_order,
)
from services.training.domain.internship.post import Post
from services.training.domain.student import Student
from services.training.domain.teacher import Teacher
from shared.contracts.event import Event
from shared.contracts.training import (
    PlacementApproved,
    PlacementBlocked,
    PlacementCancelled,
    PlacementCompleted,
    PlacementGraded,
    PlacementPlanned,
    PlacementResumed,
    PlacementStarted,
    PlacementState,
    PlacementSuspended,
    PlacementTerminated,
    RuleOverridden,
)
from shared.rules import Decision, Finding, Severity, Verdict, override
from shared.words import Verbatim


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement(AmendablePlacement):
    """An internship and what may happen to it."""

    @classmethod
    def plan(
        cls,
        id: str,
        *,
        student: Student,
        post: Post,
        agreement: Agreement | None,
        supervisor: Teacher | None,
        plan: PlacementPlan,
    ) -> tuple[Self, PlacementPlanned]:
        """Plan an internship of a student on an open post. It takes no place before it is approved."""
        if not student.is_enrolled:
            raise NotAnIntern
        post.require_open()
        _require_supervisor(supervisor, student.university_id)
        segments = in_order(plan.segments)
        planned = cls(
            id=id,
            story=post.story,
            student_id=student.id,
            university_id=student.university_id,
            programme_id=student.programme_id,
            post_id=post.id,
            enterprise_id=post.enterprise_id,
            occupation_code=post.occupation_code,
            site=post.site,
            agreement_id=post.agreement_id,
            need_id=agreement.need_id if agreement else None,
            line_no=agreement.line_no if agreement else None,
            internship_kind=plan.internship_kind,
            mode=plan.mode,
            segments=segments,
            starts_on=segments[0].starts_on,
            ends_on=segments[-1].ends_on,
            **_said(plan.terms),
        )
        return planned, PlacementPlanned.model_validate(planned._told())

    def amend(self, terms: PlacementTerms, *, supervisor: Teacher | None) -> Self:
        """Say anew who guides the student and what is paid; the rules are asked again before approval."""
        self.require_open_to_judgement()
        _require_supervisor(supervisor, self.university_id)
        return replace(self, **_said(terms))

    def require_supervisor(self, supervisor: Teacher | None) -> None:
        """Raise `NotASupervisor` for somebody who does not teach at the student's university."""
        _require_supervisor(supervisor, self.university_id)

    def assign(self, guides: Guides, *, supervisor: Teacher) -> Self:
        """Name who guides the student on both sides, or somebody else when one of them leaves."""
        self._require_alive()
        _require_supervisor(supervisor, self.university_id)
        return replace(self, supervisor_id=guides.supervisor_id, mentor_id=guides.mentor_id)

    def consent(self) -> Self:
        """Student and guardian have agreed. Repeats and late consents change nothing."""
        if self.status is not PlacementStatus.PLANNED:
            return self
        consented = replace(self, status=PlacementStatus.CONSENTED)
        return consented._signed() if self.papers.tripartite else consented

    def take(self, paper: Paper, *, on: date) -> Self:
        """Take a paper in; the newest of its kind counts."""
        self._require_alive()
        require_issued(paper, on)
        added = replace(self, papers=self.papers.taking(paper))
        return added._signed() if added.papers.tripartite else added

    def approve_unit(self, approval: Evidence, *, on: date) -> Self:
        """The school agrees with the unit that the student has found (INT-06)."""
        self.require_open_to_judgement()
        if self.mode is not Mode.SELF_FOUND:
            raise SelfFoundOnly
        approval.require_issued(on)
        return replace(self, unit_approval=approval)

    def excused(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings as they count here: what an approver has accepted is overridden."""
        return tuple(self._excused(finding) for finding in findings)

    def with_exception(
        self, findings: Iterable[Finding], *, rule: str, decision_id: str, approver_role: str, reason: str, region: str
    ) -> tuple[Self, RuleOverridden]:
        """An approver accepts what one rule, by these findings, refuses in principle."""
        self.require_open_to_judgement()
        open_ = {finding.rule: finding for finding in self.excused(findings) if _is_in_principle(finding)}
        if rule not in open_:
            raise NotOverridden(rule=Verbatim(rule), possible=tuple(map(Verbatim, open_ or ["-"])))
        exception = RuleException.of(open_[rule], decision_id=decision_id, approver_role=approver_role, reason=reason)
        overridden = RuleOverridden(
            override_id=decision_id,
            subject_id=self.id,
            rule_id=rule,
            rule_version=open_[rule].version,
            approver_role=approver_role,
            reason=reason,
            region_code=region,
        )
        others = tuple(known for known in self.exceptions if known.rule != rule)
        return replace(self, exceptions=(*others, exception)), overridden

    def judged(self, decision: Decision, *, on: date) -> tuple[Self, tuple[Event, ...]]:
        """What the rules say of it as it is now. That the same rules still refuse it is not told again."""
        judgement = Judgement.of(decision, on=on)
        if decision.refused:
            blocked = replace(self._moved(PlacementStatus.BLOCKED), judgement=judgement)
            failures = [failure_of(finding) for finding in decision.refusing]
            fact = PlacementBlocked.model_validate({**blocked._told(), "failures": failures})
            return blocked, () if self._is_blocked_by(judgement) else (fact,)
        excused = any(finding.verdict is Verdict.OVERRIDDEN for finding in decision.findings)
        after = PlacementStatus.OVERRIDDEN if excused else PlacementStatus.CHECKED
        return replace(self._moved(after), judgement=judgement), ()

    def require_open_to_judgement(self) -> None:
        """Raise `OutOfTurn` once it was approved or called off."""
        self._require(*before(PlacementStatus.CHECKED))

    def require_checked(self) -> None:
        """Raise `OutOfTurn` unless the rules were asked and nothing stood in the way."""
        self._require(*before(PlacementStatus.APPROVED))

    def approve(self, decision: Decision, *, on: date) -> tuple[Self, tuple[Event, ...]]:
        """Approve it by this last judgement, or block it where something has changed since the one before."""
        self.require_checked()
        judged, blocked = self.judged(decision, on=on)
        if judged.status is PlacementStatus.BLOCKED:
            return judged, blocked
        approved = replace(judged._moved(PlacementStatus.APPROVED), related_major=is_related(decision.findings))
        told = {**approved._told(), "verdicts": [verdict_told(finding) for finding in decision.findings]}
        return approved, (PlacementApproved.model_validate(told),)

    def start(self, *, on: date, agreement: Agreement | None) -> tuple[Self, PlacementStarted]:
        """The first day has come, the agreement is in force, and the student knows how to stay safe."""
        started = self._moved(PlacementStatus.ONGOING, PlacementStatus.APPROVED)
        if agreement is not None:
            agreement.require_active()
        if on < self.starts_on:
            raise TooEarlyToStart(first=self.starts_on)
        if on > self.ends_on:
            raise StartsAfterItsEnd(last=self.ends_on)
        if self.supervisor_id is None or self.mentor_id is None:
            raise GuidesMissing
        if not self.papers.is_trained(on):
            raise SafetyTrainingMissing
        return started, PlacementStarted.model_validate(started._told())

    def suspend(self, cause: Cause) -> tuple[Self, PlacementSuspended]:
        """It rests for a while; its place stays taken."""
        suspended = self._moved(PlacementStatus.SUSPENDED)
        return suspended, PlacementSuspended.model_validate({**suspended._told(), "cause": cause.value})

    def resume(self, *, agreement: Agreement | None) -> tuple[Self, PlacementResumed]:
        """It goes on, if its agreement is in force."""
        resumed = self._moved(PlacementStatus.ONGOING, PlacementStatus.SUSPENDED)
        if agreement is not None:
            agreement.require_active()
        return resumed, PlacementResumed.model_validate(resumed._told())

    def cancel(self, cause: Cause) -> tuple[Self, PlacementCancelled]:
        """It will not take place."""
        cancelled = self._moved(PlacementStatus.CANCELLED)
        return cancelled, PlacementCancelled.model_validate({**cancelled._told(), "cause": cause.value})

    def request_termination(self, request: TerminationRequest, *, by: frozenset[str]) -> Self:
        """The student asks for the end; that alone changes nothing, and a later request replaces an earlier one."""
        if self.student_id not in by:
            raise AnotherStudent
        self._require(*before(PlacementStatus.TERMINATED))
        return replace(self, termination_request=request)

    def terminate(self, cause: Cause, *, on: date) -> tuple[Self, PlacementTerminated]:
        """The school ends it before its last day."""
        terminated = self._moved(PlacementStatus.TERMINATED)
        told = {**terminated._told(), "cause": cause.value, "terminated_on": on}
        return terminated, PlacementTerminated.model_validate(told)

    def complete(self, *, on: date, hours: int) -> tuple[Self, PlacementCompleted]:
        """The last day has passed; `hours` are those that the logs prove."""
        completed = replace(self._moved(PlacementStatus.COMPLETED), hours=hours)
        if on <= self.ends_on:
            raise InternshipNotOver(last=self.ends_on)
        return completed, PlacementCompleted.model_validate({**completed._told(), **completed._outcome()})

    def graded(self, assessment: Assessment, *, logs: int, reviewed: int) -> tuple[Self, PlacementGraded]:
        """The school grades it, after the supervisor has reviewed all of its logs."""
        said = {name: getattr(assessment, name) for name in Assessment.__dataclass_fields__}
        graded = replace(self._moved(PlacementStatus.GRADED), **said)
        if not logs or reviewed < logs:
            raise LogsNotReviewed(logs=logs, reviewed=reviewed)
        told = {"grade": assessment.grade.value, "employer_rating": assessment.employer_rating}
        return graded, PlacementGraded.model_validate({**graded._told(), **graded._outcome(), **told})

    def reviewed(self, decision: Decision, *, on: date) -> Self:
        """What the rules say of it in the end; nothing is refused any more."""
        return replace(self, judgement=Judgement.of(decision, on=on))

    def archive(self) -> Self:
        """Nothing is left to do."""
        return self._moved(PlacementStatus.ARCHIVED)

    def state(self) -> PlacementState:
        """The placement as it is now."""
        return PlacementState.model_validate({**self._told(), **self._now()})

    def _require_alive(self) -> None:
        if self.status not in BEFORE_APPROVAL | CONCURRENT:
            raise NoLongerOpen(status=self.status)

    def _is_blocked_by(self, judgement: Judgement) -> bool:
        known = self.judgement.refusing if self.judgement else ()
        return self.status is PlacementStatus.BLOCKED and known == judgement.refusing

    def _signed(self) -> Self:
        consented = self.status is PlacementStatus.CONSENTED
        return replace(self, status=PlacementStatus.AGREEMENT_SIGNED) if consented else self

    def _excused(self, finding: Finding) -> Finding:
        accepted = next((exception for exception in self.exceptions if exception.covers(finding)), None)
        if accepted is None:
            return finding
        return override(finding, approver_role=accepted.approver_role, reason=accepted.reason)


def _is_in_principle(finding: Finding) -> bool:
    return finding.refuses and finding.severity is Severity.BLOCK_IN_PRINCIPLE


def _said(terms: PlacementTerms) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in PlacementTerms.__dataclass_fields__}


def _require_supervisor(supervisor: Teacher | None, university_id: str) -> None:
    if supervisor is not None and not (supervisor.is_active and supervisor.university_id == university_id):
        raise NotASupervisor
