"""Cohorts over HTTP."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import READ, WIDE
from services.training.api.view import Body, View
from services.training.commands.cohort import EnrolStudents, FormCohort, OpenIntake, StartCohort
from services.training.domain.cohort import Cohort, CohortStatus, Enrolment
from services.training.handlers import cohort as handlers
from shared.contracts.ids import AgreementId, CohortId, StudentId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["cohorts"])
_OFFICE: Final = allow("university_academic_office", scope=None)
_READ: Final = allow(
    "university_academic_office",
    "university_coop_office",
    "enterprise_admin",
    "enterprise_mentor",
    scope=READ,
    alliance_wide=WIDE,
)


class EnrolBody(Body):
    """Students who are to have a place each; all of them get one, or none."""

    student_ids: Annotated[tuple[StudentId, ...], Field(min_length=1, max_length=1000)]


class CohortView(View):
    """A cohort as those see it who teach it."""

    id: str
    type: str = Field(validation_alias="cohort_type")
    programme_id: str
    occupation_code: str
    university_id: str
    enterprise_ids: list[str]
    agreement_id: str
    need_id: str | None
    line_no: int | None
    planned: int
    enrolled: int
    hire_bp: int
    status: str
    version: int


class EnrolmentView(View):
    """One student's place."""

    cohort_id: str
    student_id: str
    enrolled_on: date


@router.post("/v1/cohorts/{cohort_id}/intake", access=_OFFICE)
async def open_intake(cohort_id: CohortId, edge: EdgeIn) -> CohortView:
    """Let students enrol."""
    command = OpenIntake(cohort_id=cohort_id)
    return await edge.act(handlers.open_intake, command, on=(Cohort, cohort_id), answer=CohortView.of)


@router.post("/v1/cohorts/{cohort_id}/enrolments", access=_OFFICE)
async def enrol_students(cohort_id: CohortId, body: EnrolBody, edge: EdgeIn) -> CohortView:
    """Give students a place each."""
    command = EnrolStudents(cohort_id=cohort_id, student_ids=body.student_ids)
    return await edge.act(handlers.enrol_students, command, on=(Cohort, cohort_id), answer=CohortView.of)


@router.post("/v1/cohorts/{cohort_id}/formation", access=_OFFICE)
async def form_cohort(cohort_id: CohortId, edge: EdgeIn) -> CohortView:
    """Say that the class has its students."""
    command = FormCohort(cohort_id=cohort_id)
    return await edge.act(handlers.form_cohort, command, on=(Cohort, cohort_id), answer=CohortView.of)


@router.post("/v1/cohorts/{cohort_id}/start", access=_OFFICE)
async def start_cohort(cohort_id: CohortId, edge: EdgeIn) -> CohortView:
    """Begin to teach."""
    command = StartCohort(cohort_id=cohort_id)
    return await edge.act(handlers.start_cohort, command, on=(Cohort, cohort_id), answer=CohortView.of)


@router.get("/v1/cohorts/{cohort_id}", access=_READ)
async def cohort(cohort_id: CohortId, edge: EdgeIn) -> CohortView:
    """One cohort."""
    return await edge.show(Cohort, cohort_id, CohortView.of)


@router.get("/v1/cohorts", access=_READ)
async def cohorts(
    edge: EdgeIn, page: PageIn, status: CohortStatus | None = None, agreement_id: AgreementId | None = None
) -> Page[CohortView]:
    """The cohorts that one may see."""
    return await edge.page(Cohort, page, CohortView.of, status=status, agreement_id=agreement_id)


@router.get("/v1/cohorts/{cohort_id}/enrolments", access=_OFFICE)
async def enrolments(cohort_id: CohortId, edge: EdgeIn, page: PageIn) -> Page[EnrolmentView]:
    """Who has a place."""
    await edge.show(Cohort, cohort_id, CohortView.of)
    return await edge.page(Enrolment, page, EnrolmentView.of, cohort_id=cohort_id)
