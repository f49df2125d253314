"""Interns' leave over HTTP."""

from datetime import date
from typing import Final

from services.training.api.view import Body, Day, Sentence, View
from services.training.commands.internship.absence import DecideAbsence, RequestAbsence
from services.training.domain.internship.absence import Absence, AbsenceStatus
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_terms import Segment
from services.training.handlers.internship import absence as handlers
from shared.contracts.ids import AbsenceId, PlacementId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["internship papers"])
_SUPERVISOR: Final = allow("teacher", "university_coop_office", scope=None)
_SCHOOL: Final = allow("student", "teacher", "university_coop_office", scope=None)
_READ: Final = allow(
    "student", "teacher", "university_coop_office", "enterprise_admin", "enterprise_mentor", scope=None
)


class AbsenceBody(Body):
    """Leave in whole days, both ends included, and why."""

    starts_on: Day
    ends_on: Day
    reason: Sentence


class DecisionBody(Body):
    """Whether the leave is granted."""

    granted: bool


class AbsenceLine(View):
    """A leave as the enterprise sees it too: its days and what the school said."""

    id: str
    placement_id: str
    student_id: str
    starts_on: date
    ends_on: date
    status: str
    version: int


class AbsenceView(AbsenceLine):
    """A leave with its reason, for the student and the school."""

    reason: str


@router.post("/v1/placements/{placement_id}/absences", status_code=201, access=allow("student", scope=None))
async def request_absence(placement_id: PlacementId, body: AbsenceBody, edge: EdgeIn) -> AbsenceView:
    """Ask for leave from one's own internship."""
    command = RequestAbsence(
        absence_id=new_id("absence"),
        placement_id=placement_id,
        caller_ids=edge.who.persons,
        period=Segment(starts_on=body.starts_on, ends_on=body.ends_on),
        reason=body.reason,
    )
    return await edge.act(
        handlers.request_absence,
        command,
        on=(Placement, placement_id),
        answer=AbsenceView.of,
        location="/v1/absences/{id}",
    )


@router.post("/v1/absences/{absence_id}/decision", access=_SUPERVISOR)
async def decide_absence(absence_id: AbsenceId, body: DecisionBody, edge: EdgeIn) -> AbsenceView:
    """Grant a leave or refuse it."""
    command = DecideAbsence(absence_id=absence_id, granted=body.granted)
    return await edge.act(handlers.decide_absence, command, on=(Absence, absence_id), answer=AbsenceView.of)


@router.get("/v1/absences/{absence_id}", access=_SCHOOL)
async def absence(absence_id: AbsenceId, edge: EdgeIn) -> AbsenceView:
    """One leave."""
    return await edge.show(Absence, absence_id, AbsenceView.of)


@router.get("/v1/absences", access=_READ)
async def absences(
    edge: EdgeIn, page: PageIn, placement_id: PlacementId | None = None, status: AbsenceStatus | None = None
) -> Page[AbsenceLine]:
    """The leaves that one may see."""
    return await edge.page(Absence, page, AbsenceLine.of, placement_id=placement_id, status=status)
