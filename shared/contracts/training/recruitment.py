"""How universities' recruitment of teachers stands to the rule on it. Candidates are told by reference only."""

from typing import Annotated

from shared.contracts.event import Event, named
from shared.contracts.fields import Code, Known
from shared.contracts.ids import OrganizationId, RecruitmentCheckId, RecruitmentId


@named("training.recruitment.checked", key="check_id")
class RecruitmentChecked(Event):
    """A candidate was held against the rule on recruitment, or an exception was granted."""

    check_id: RecruitmentCheckId
    recruitment_id: RecruitmentId
    university_id: OrganizationId
    verdict: Annotated[str, Known("pass", "fail", "unknown", "overridden")]
    reasons: list[Code] = []
    exception_code: Code | None = None
