"""A candidate of a recruitment, held against the rule: what was found, what was excepted, what was decided."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from services.training.domain.faculty.recruiting import RecruitingFacts, reasons_of
from services.training.domain.faculty.recruitment_refusals import (
    CandidateDecided,
    ExceptionNotListed,
    FactsMissing,
    NoExceptionNeeded,
)
from shared.contracts.fields import Name
from shared.contracts.training import RecruitmentChecked, RuleOverridden
from shared.errors import RuleRefused, State
from shared.kernel.aggregate import Aggregate
from shared.rules import Facts, Finding, Rule, Verdict, override
from shared.words import Choice, Word


class CandidateStatus(State):
    """How far a candidate has come."""

    CHECKED = "checked", "已核查", "checked"
    SELECTED = "selected", "已录用", "selected"
    DECLINED = "declined", "未录用", "declined"


class GrantedException(Facts):
    """Why a candidate may be recruited although the rule refuses: a code that the rule lists, and a sentence."""

    decision_id: str
    approver_role: str
    code: str
    reason: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class RecruitmentCheck(Aggregate):
    """One candidate. Number, name and facts stay inside."""

    kind: ClassVar[str] = "recruitment_check"
    recruitment_id: str
    university_id: str
    candidate_no: str
    name: str
    facts: RecruitingFacts
    finding: Finding
    exception: GrantedException | None = None
    status: CandidateStatus = CandidateStatus.CHECKED

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    @property
    def verdict(self) -> Verdict:
        """What holds now, an exception counted."""
        return self.finding.verdict

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the candidate lacks, or what is not known of them."""
        return reasons_of(self.finding)

    def checked(self) -> RecruitmentChecked:
        """That the candidate was held against the rule."""
        return RecruitmentChecked(
            check_id=self.id,
            recruitment_id=self.recruitment_id,
            university_id=self.university_id,
            verdict=self.verdict.value,
            reasons=list(self.reasons),
            exception_code=self.exception.code if self.exception else None,
        )

    def check_again(self, *, name: str, facts: RecruitingFacts, finding: Finding) -> Self:
        """Facts were completed or corrected; an exception that was granted on others goes."""
        self.require_undecided()
        return replace(self, name=name, facts=facts, finding=finding, exception=None)

    def grant(self, exception: GrantedException, rule: Rule, *, region_code: str) -> tuple[Self, RuleOverridden]:
        """Accept the candidate for one of the reasons that the rule lists, as asked where the university lies."""
        self.require_undecided()
        if self.finding.verdict is Verdict.UNKNOWN:
            raise FactsMissing(missing=tuple(rule.facts[missing.fact].name for missing in self.finding.missing))
        if not self.finding.refuses:
            raise NoExceptionNeeded
        if exception.code not in rule.names("exceptions"):
            raise ExceptionNotListed(listed=_listed(rule))
        reason = f"{exception.code}: {exception.reason}"
        overridden = RuleOverridden(
            override_id=exception.decision_id,
            subject_id=self.id,
            rule_id=self.finding.rule,
            rule_version=self.finding.version,
            approver_role=exception.approver_role,
            reason=exception.code,
            region_code=region_code,
        )
        finding = override(self.finding, approver_role=exception.approver_role, reason=reason)
        return replace(self, exception=exception, finding=finding), overridden

    def select(self) -> Self:
        """Recruit the candidate. Raises `RuleRefused` where the rule refuses and no exception was granted."""
        self.require_undecided()
        if self.finding.refuses:
            raise RuleRefused(self.finding)
        return replace(self, status=CandidateStatus.SELECTED)

    def decline(self) -> Self:
        """Do not recruit the candidate."""
        self.require_undecided()
        return replace(self, status=CandidateStatus.DECLINED)

    def require_undecided(self) -> None:
        """Raise `CandidateDecided` once there is a decision."""
        if self.status is not CandidateStatus.CHECKED:
            raise CandidateDecided(status=self.status)


def _listed(rule: Rule) -> tuple[Choice, ...]:
    """The reasons for an exception that a rule lists, as one of them is named."""
    return tuple(Choice(rule.value_names.get(code, Word(code, code, code)), code) for code in rule.names("exceptions"))
