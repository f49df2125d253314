"""What may be asked about the recruitment of teachers."""

from dataclasses import dataclass
from datetime import date

from services.training.domain.faculty.recruiting import RecruitingFacts
from services.training.domain.faculty.recruitment import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceRecruitment:
    """Publish a notice."""

    recruitment_id: str
    organization_id: str
    notice: Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRecruitment:
    """Hold a candidate against the rule."""

    check_id: str
    recruitment_id: str
    decision_id: str
    candidate_no: str
    name: str
    facts: RecruitingFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAgain:
    """Hold a candidate against the rule with facts that were completed or corrected."""

    check_id: str
    decision_id: str
    name: str
    facts: RecruitingFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantException:
    """Accept a candidate whom the rule refuses, for a reason that it lists."""

    check_id: str
    organization_id: str | None
    decision_id: str
    approver_role: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRecruitment:
    """Select a candidate, or decline."""

    check_id: str
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PubliciseRecruitment:
    """Make the result public, both days included."""

    recruitment_id: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRecruitment:
    """End a recruitment whose publicity is over."""

    recruitment_id: str
