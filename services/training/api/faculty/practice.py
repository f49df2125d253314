"""Practice of teachers over HTTP: periods, logs, verification."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from services.training.api.access import OFFICE, READ
from services.training.api.internship.evidence import EvidenceBody, EvidenceView
from services.training.api.view import Body, Day, Hours, Sentence, View, hours, minutes
from services.training.commands.faculty.practice import (
    ApprovePractice,
    CompletePractice,
    LogPractice,
    PlanPractice,
    StartPractice,
    VerifyPractice,
)
from services.training.domain.faculty.practice import Practice, PracticePlan, PracticeStatus, SideVerdict
from services.training.domain.faculty.practice_log import LogEntry, PracticeLog
from services.training.domain.faculty.practice_period import Form
from services.training.domain.faculty.seats import PracticeSeats
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.kinship import born_of
from services.training.handlers.faculty import practice as handlers
from services.training.handlers.faculty.verification import verify_practice
from shared.contracts.fields import Text
from shared.contracts.ids import AgreementId, OrganizationId, PracticeId, TeacherId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.identity.scope import colleague
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["practice"])
_TEACHER: Final = allow("teacher", scope=None)
PRACTICE_READERS: Final = allow(
    "teacher",
    "university_hr",
    "university_coop_office",
    "enterprise_admin",
    "enterprise_mentor",
    scope=READ,
    alliance_wide=OFFICE,
)
_LOGS: Final = allow("teacher", "university_hr", "enterprise_admin", "enterprise_mentor", scope=None)

Weekdays = Annotated[frozenset[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1)]


class PlannedPeriod(Body):
    """A period of somebody's practice as it is planned, both ends included. Weekdays are ISO's: 1 is Monday.

    `plan_text` says what is to be learnt and done.
    """

    agreement_id: AgreementId
    enterprise_id: OrganizationId
    form: Form
    starts_on: Day
    ends_on: Day
    weekdays: Weekdays
    hours_per_day: Hours
    plan_text: Sentence | None = None

    @property
    def plan(self) -> PracticePlan:
        """What is planned."""
        return PracticePlan(
            enterprise_id=self.enterprise_id,
            form=self.form,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            weekdays=tuple(sorted(self.weekdays)),
            minutes_a_day=minutes(self.hours_per_day),
            text=self.plan_text,
        )


class PlanPracticeBody(PlannedPeriod):
    """A period of the caller's own practice."""

    teacher_id: TeacherId


class LogBody(Body):
    """What was done on one day."""

    date: Day
    hours: Hours
    text: Text = ""


class WeekBody(Body):
    """The days of one week, each once."""

    entries: Annotated[tuple[LogBody, ...], Field(min_length=1, max_length=7)]


class CompletionBody(Body):
    """What proves the period beside its logs."""

    evidence: Annotated[tuple[EvidenceBody, ...], Field(max_length=50)] = ()


class VerificationBody(Body):
    """What one side says of a completed period; who refuses says why."""

    verdict: Literal["confirmed", "refused"]
    reason: Sentence | None = None


class VerdictView(View):
    """What one side said."""

    organization_id: str
    confirmed: bool
    reason: str | None


class PauseView(View):
    """Days on which nobody practised; without a last one it goes on."""

    first: date
    last: date | None
    reason: str


class PracticeView(View):
    """A practice period as those see it who may see it."""

    id: str
    teacher_id: str
    university_id: str
    enterprise_id: str
    agreement_id: str
    need_id: str | None
    line_no: int | None
    form: str
    starts_on: date
    ends_on: date
    weekdays: list[int]
    hours_per_day: float
    plan_text: str | None
    pauses: list[PauseView]
    evidence: list[EvidenceView]
    log_count: int
    logged_hours: float
    verdicts: list[VerdictView]
    days_claimed: int | None
    verified_days: int | None
    status: str
    version: int

    @classmethod
    def of_practice(cls, practice: Practice) -> "PracticeView":
        """The view of a period, its minutes as hours."""
        same = {name: getattr(practice, name) for name in cls.model_fields if hasattr(practice, name)}
        shown = {
            "hours_per_day": hours(practice.minutes_a_day),
            "logged_hours": hours(practice.logged_minutes),
            "pauses": [PauseView.of(pause) for pause in practice.pauses],
            "evidence": [EvidenceView.of(paper) for paper in practice.evidence],
            "verdicts": [VerdictView.of(verdict) for verdict in practice.verdicts],
        }
        return cls.model_validate({**same, **shown})


class LogView(View):
    """One day of practice."""

    date: date
    hours: float
    text: str

    @classmethod
    def of_log(cls, log: PracticeLog) -> "LogView":
        """The view of a day, its minutes as hours."""
        return cls(date=log.worked_on, hours=hours(log.minutes), text=log.text)


@router.post("/v1/practices", status_code=201, access=_TEACHER)
async def plan_practice(body: PlanPracticeBody, edge: EdgeIn) -> PracticeView:
    """Plan a period on the seats of an agreement of one's university."""
    command = PlanPractice(
        practice_id=new_id("practice"),
        teacher_id=body.teacher_id,
        caller_ids=edge.who.persons,
        agreement_id=body.agreement_id,
        plan=body.plan,
    )
    return await edge.act(
        handlers.plan_practice,
        command,
        on=(PracticeSeats, born_of(body.agreement_id, "seat")),
        check=colleague,
        answer=PracticeView.of_practice,
        location="/v1/practices/{id}",
    )


@router.post("/v1/practices/{practice_id}/approval", access=allow("university_hr", scope=None))
async def approve_practice(practice_id: PracticeId, edge: EdgeIn) -> PracticeView:
    """Agree with a plan; a seat is taken."""
    command = ApprovePractice(practice_id=practice_id)
    return await edge.act(
        handlers.approve_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice
    )


@router.post("/v1/practices/{practice_id}/start", access=_TEACHER)
async def start_practice(practice_id: PracticeId, edge: EdgeIn) -> PracticeView:
    """Begin."""
    command = StartPractice(practice_id=practice_id)
    return await edge.act(handlers.start_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice)


@router.post("/v1/practices/{practice_id}/logs", access=_TEACHER)
async def log_practice(practice_id: PracticeId, body: WeekBody, edge: EdgeIn) -> PracticeView:
    """Write what was done in one week."""
    entries = tuple(LogEntry(worked_on=day.date, minutes=minutes(day.hours), text=day.text) for day in body.entries)
    command = LogPractice(practice_id=practice_id, entries=entries)
    return await edge.act(handlers.log_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice)


@router.post("/v1/practices/{practice_id}/completion", access=_TEACHER)
async def complete_practice(practice_id: PracticeId, edge: EdgeIn, body: CompletionBody | None = None) -> PracticeView:
    """Say that the period is over."""
    papers = body.evidence if body else ()
    evidence = tuple(paper.evidence(EvidenceKind.PRACTICE_RECORD) for paper in papers)
    command = CompletePractice(practice_id=practice_id, evidence=evidence)
    return await edge.act(
        handlers.complete_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice
    )


@router.post(
    "/v1/practices/{practice_id}/verifications",
    access=allow("enterprise_mentor", "enterprise_admin", "university_hr", scope=None),
)
async def verify(practice_id: PracticeId, body: VerificationBody, edge: EdgeIn) -> PracticeView:
    """Say for one's side whether the period took place as logged."""
    verdict = SideVerdict(
        organization_id=edge.organization_id, confirmed=body.verdict == "confirmed", reason=body.reason
    )
    command = VerifyPractice(practice_id=practice_id, decision_id=new_id("decision"), verdict=verdict)
    return await edge.act(verify_practice, command, on=(Practice, practice_id), answer=PracticeView.of_practice)


@router.get("/v1/practices/{practice_id}", access=PRACTICE_READERS)
async def practice(practice_id: PracticeId, edge: EdgeIn) -> PracticeView:
    """One practice period."""
    return await edge.show(Practice, practice_id, PracticeView.of_practice)


@router.get("/v1/practices", access=PRACTICE_READERS)
async def practices(
    edge: EdgeIn,
    page: PageIn,
    status: PracticeStatus | None = None,
    agreement_id: AgreementId | None = None,
    teacher_id: TeacherId | None = None,
) -> Page[PracticeView]:
    """The practice periods that one may see."""
    return await edge.page(
        Practice, page, PracticeView.of_practice, status=status, agreement_id=agreement_id, teacher_id=teacher_id
    )


@router.get("/v1/practices/{practice_id}/logs", access=_LOGS)
async def logs(practice_id: PracticeId, edge: EdgeIn, page: PageIn) -> Page[LogView]:
    """The days of one practice period."""
    await edge.show(Practice, practice_id, PracticeView.of_practice)
    return await edge.page(PracticeLog, page, LogView.of_log, practice_id=practice_id)
