"""Learning outcomes over HTTP."""

from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import READ, WRITE
from services.training.api.view import Body, View
from services.training.commands.credit import RecogniseOutcome, RegisterOutcome
from services.training.domain.account import CreditAccount
from services.training.domain.outcome import Outcome, OutcomeKind, OutcomeStatus
from services.training.handlers import outcome as handlers
from shared.contracts.fields import Code
from shared.contracts.ids import AccountId, CohortId, OutcomeId, PracticeId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["outcomes"])
_READ: Final = allow("university_academic_office", "university_hr", "student", "teacher", scope=READ)


class RegisterOutcomeBody(Body):
    """What a learner has learnt, in class hours; the evidence is a running cohort or a verified practice."""

    account_id: AccountId
    kind: OutcomeKind
    hours: Annotated[int, Field(ge=1, le=10_000)]
    evidence_id: CohortId | PracticeId
    course: Code | None = None


class OutcomeView(View):
    """An outcome as its learner and their university see it."""

    id: str
    account_id: str
    person_id: str
    university_id: str
    kind: str = Field(validation_alias="outcome_kind")
    hours: int
    evidence_id: str
    course: str
    half_credits: int | None
    status: str
    version: int


@router.post("/v1/outcomes", status_code=201, access=allow("university_academic_office", scope=WRITE))
async def register_outcome(body: RegisterOutcomeBody, edge: EdgeIn) -> OutcomeView:
    """Store what a learner has learnt."""
    command = RegisterOutcome(
        outcome_id=new_id("outcome"),
        account_id=body.account_id,
        outcome_kind=body.kind,
        hours=body.hours,
        evidence_id=body.evidence_id,
        course=body.course or "",
    )
    return await edge.act(
        handlers.register_outcome,
        command,
        on=(CreditAccount, body.account_id),
        answer=OutcomeView.of,
        location="/v1/outcomes/{id}",
    )


@router.post("/v1/outcomes/{outcome_id}/recognition", access=allow("university_academic_office", scope=None))
async def recognise_outcome(outcome_id: OutcomeId, edge: EdgeIn) -> OutcomeView:
    """Say what an outcome is worth."""
    command = RecogniseOutcome(outcome_id=outcome_id, decision_id=new_id("decision"))
    return await edge.act(handlers.recognise_outcome, command, on=(Outcome, outcome_id), answer=OutcomeView.of)


@router.get("/v1/outcomes/{outcome_id}", access=_READ)
async def outcome(outcome_id: OutcomeId, edge: EdgeIn) -> OutcomeView:
    """One outcome."""
    return await edge.show(Outcome, outcome_id, OutcomeView.of)


@router.get("/v1/outcomes", access=_READ)
async def outcomes(
    edge: EdgeIn,
    page: PageIn,
    status: OutcomeStatus | None = None,
    person_id: Code | None = None,
    evidence_id: Code | None = None,
) -> Page[OutcomeView]:
    """The outcomes that one may see."""
    return await edge.page(
        Outcome,
        page,
        OutcomeView.of,
        status=status,
        person_id=person_id,
        evidence_id=evidence_id,
    )
