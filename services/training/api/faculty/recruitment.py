"""Recruitment of teachers over HTTP: notice, checks with reasons, exceptions, decisions, publicity."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from services.training.api.access import OFFICE
from services.training.api.faculty.view import FindingView
from services.training.api.view import Body, Day, Number, Programmes, View
from services.training.commands.faculty.recruitment import (
    AnnounceRecruitment,
    CheckAgain,
    CheckRecruitment,
    CloseRecruitment,
    DecideRecruitment,
    GrantException,
    PubliciseRecruitment,
)
from services.training.domain.faculty.candidate import CandidateStatus, RecruitmentCheck
from services.training.domain.faculty.recruiting import RecruitingFacts
from services.training.domain.faculty.recruitment import Notice, Recruitment, RecruitmentStatus
from services.training.handlers.faculty import recruitment as handlers
from shared.contracts.fields import Code, Name
from shared.contracts.ids import RecruitmentCheckId, RecruitmentId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["recruitment"])
_HR: Final = allow("university_hr", scope=None)
_HR_AND_OFFICE: Final = allow("university_hr", scope=None, alliance_wide=OFFICE)


class NoticeBody(Body):
    """What the caller's university seeks; the date of the notice chooses the rule and the day months count up to."""

    title: Name
    programme_ids: Programmes = ()
    places: Annotated[int, Field(ge=1, le=10_000)]
    notice_on: Day

    @property
    def notice(self) -> Notice:
        """The notice."""
        return Notice(title=self.title, programme_ids=self.programme_ids, places=self.places, notice_on=self.notice_on)


class PublicityBody(Body):
    """From when to when the result is public, both days included."""

    starts_on: Day
    ends_on: Day


class CandidateBody(Body):
    """A candidate with what is known of them: leave out what is not known; an empty list says that there is nothing."""

    candidate_no: Number
    name: Name
    facts: RecruitingFacts


class CandidateAgainBody(Body):
    """The candidate's facts, completed or corrected."""

    name: Name
    facts: RecruitingFacts


class ExceptionBody(Body):
    """Why the candidate is accepted although the rule refuses: a code that the rule lists, and a sentence."""

    code: Code
    reason: Name


class DecisionBody(Body):
    """What was decided of the candidate."""

    decision: Literal["select", "decline"]


class RecruitmentView(View):
    """A recruitment as its university sees it."""

    id: str
    university_id: str
    title: str
    programme_ids: list[str]
    places: int
    notice_on: date
    selected: int
    publicised_from: date | None
    publicised_to: date | None
    status: str
    version: int


class ExceptionView(View):
    """The exception that was granted."""

    decision_id: str
    approver_role: str
    code: str
    reason: str


class CheckView(View):
    """The form of a check: the facts, what the rule found, the reasons as codes, and what was decided."""

    id: str
    recruitment_id: str
    university_id: str
    candidate_no: str
    name: str
    facts: RecruitingFacts
    verdict: str
    reasons: list[str]
    finding: FindingView
    exception: ExceptionView | None
    status: str
    version: int


@router.post("/v1/recruitments", status_code=201, access=_HR)
async def announce_recruitment(body: NoticeBody, edge: EdgeIn) -> RecruitmentView:
    """Publish a notice."""
    command = AnnounceRecruitment(
        recruitment_id=new_id("recruitment"), organization_id=edge.organization_id, notice=body.notice
    )
    return await edge.act(
        handlers.announce_recruitment, command, answer=RecruitmentView.of, location="/v1/recruitments/{id}"
    )


@router.post("/v1/recruitments/{recruitment_id}/checks", status_code=201, access=_HR)
async def check_recruitment(recruitment_id: RecruitmentId, body: CandidateBody, edge: EdgeIn) -> CheckView:
    """Hold a candidate against the rule; whatever it finds is kept."""
    command = CheckRecruitment(
        check_id=new_id("recruitment_check"),
        recruitment_id=recruitment_id,
        decision_id=new_id("decision"),
        candidate_no=body.candidate_no,
        name=body.name,
        facts=body.facts,
    )
    return await edge.act(
        handlers.check_recruitment,
        command,
        on=(Recruitment, recruitment_id),
        answer=CheckView.of,
        location="/v1/recruitment-checks/{id}",
    )


@router.post("/v1/recruitments/{recruitment_id}/publicity", access=_HR)
async def publicise_recruitment(recruitment_id: RecruitmentId, body: PublicityBody, edge: EdgeIn) -> RecruitmentView:
    """Make the result public, once every candidate is decided."""
    command = PubliciseRecruitment(recruitment_id=recruitment_id, first=body.starts_on, last=body.ends_on)
    return await edge.act(
        handlers.publicise_recruitment, command, on=(Recruitment, recruitment_id), answer=RecruitmentView.of
    )


@router.post("/v1/recruitments/{recruitment_id}/closure", access=_HR)
async def close_recruitment(recruitment_id: RecruitmentId, edge: EdgeIn) -> RecruitmentView:
    """End a recruitment whose publicity is over."""
    command = CloseRecruitment(recruitment_id=recruitment_id)
    return await edge.act(
        handlers.close_recruitment, command, on=(Recruitment, recruitment_id), answer=RecruitmentView.of
    )


@router.put("/v1/recruitment-checks/{check_id}", access=_HR)
async def check_again(check_id: RecruitmentCheckId, body: CandidateAgainBody, edge: EdgeIn) -> CheckView:
    """Hold a candidate against the rule with other facts; an exception granted before goes."""
    command = CheckAgain(check_id=check_id, decision_id=new_id("decision"), name=body.name, facts=body.facts)
    return await edge.act(handlers.check_again, command, on=(RecruitmentCheck, check_id), answer=CheckView.of)


@router.post("/v1/recruitment-checks/{check_id}/exceptions", access=_HR_AND_OFFICE)
async def grant_exception(check_id: RecruitmentCheckId, body: ExceptionBody, edge: EdgeIn) -> CheckView:
    """Accept a candidate whom the rule refuses in principle."""
    command = GrantException(
        check_id=check_id,
        organization_id=edge.who.organization_id,
        decision_id=new_id("decision"),
        approver_role=edge.who.acting_as,
        code=body.code,
        reason=body.reason,
    )
    return await edge.act(handlers.grant_exception, command, on=(RecruitmentCheck, check_id), answer=CheckView.of)


@router.post("/v1/recruitment-checks/{check_id}/decision", access=_HR)
async def decide_recruitment(check_id: RecruitmentCheckId, body: DecisionBody, edge: EdgeIn) -> CheckView:
    """Select a candidate while there are places, or decline."""
    command = DecideRecruitment(check_id=check_id, selected=body.decision == "select")
    return await edge.act(handlers.decide_recruitment, command, on=(RecruitmentCheck, check_id), answer=CheckView.of)


@router.get("/v1/recruitments/{recruitment_id}", access=_HR_AND_OFFICE)
async def recruitment(recruitment_id: RecruitmentId, edge: EdgeIn) -> RecruitmentView:
    """One recruitment."""
    return await edge.show(Recruitment, recruitment_id, RecruitmentView.of)


@router.get("/v1/recruitments", access=_HR_AND_OFFICE)
async def recruitments(edge: EdgeIn, page: PageIn, status: RecruitmentStatus | None = None) -> Page[RecruitmentView]:
    """The recruitments that one may see."""
    return await edge.page(Recruitment, page, RecruitmentView.of, status=status)


@router.get("/v1/recruitment-checks/{check_id}", access=_HR_AND_OFFICE)
async def recruitment_check(check_id: RecruitmentCheckId, edge: EdgeIn) -> CheckView:
    """One candidate's form."""
    return await edge.show(RecruitmentCheck, check_id, CheckView.of)


@router.get("/v1/recruitment-checks", access=_HR_AND_OFFICE)
async def recruitment_checks(
    edge: EdgeIn, page: PageIn, status: CandidateStatus | None = None, recruitment_id: RecruitmentId | None = None
) -> Page[CheckView]:
    """The candidates that one may see."""
    return await edge.page(RecruitmentCheck, page, CheckView.of, status=status, recruitment_id=recruitment_id)
