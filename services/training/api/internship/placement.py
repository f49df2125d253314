"""Internships over HTTP: planned, given their papers, shown and listed."""

from typing import Final

from services.training.api.access import READ, WIDE, WRITE
from services.training.api.internship.evidence import EvidenceBody
from services.training.api.internship.placement_body import (
    BatchBody,
    GuidesBody,
    PaperBody,
    PlanPlacementBody,
    TermsBody,
)
from services.training.api.internship.placement_view import BatchView, PlacementView, TerminationRequestView
from services.training.commands.internship.placement import (
    AddEvidence,
    AmendPlacement,
    ApproveSelfFoundUnit,
    AssignGuides,
    PlanPlacement,
    PlanPlacements,
)
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.student import Student
from services.training.handlers.internship import planning
from shared.contracts.ids import (
    AgreementId,
    OrganizationId,
    PlacementId,
    PostId,
    ProgrammeId,
    StudentId,
    TeacherId,
    new_id,
)
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.batches import IN_BATCHES
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.rules import LanguageIn

router: Final = AccessRouter(tags=["placements"])
_SCHOOL: Final = allow("university_coop_office", "university_academic_office", scope=None)
_PLANNERS: Final = allow("university_coop_office", "university_academic_office", scope=WRITE)
_PLANNERS_AND_STUDENTS: Final = allow("university_coop_office", "university_academic_office", "student", scope=WRITE)
PLACEMENT_READERS: Final = allow(
    "university_coop_office",
    "university_academic_office",
    "enterprise_admin",
    "enterprise_mentor",
    "teacher",
    "student",
    scope=READ,
    alliance_wide=WIDE,
)
_BOTH_SIDES: Final = allow("university_coop_office", "university_academic_office", "enterprise_admin", scope=None)


@router.post("/v1/placements", status_code=201, access=_PLANNERS_AND_STUDENTS)
async def plan_placement(body: PlanPlacementBody, edge: EdgeIn) -> PlacementView:
    """Plan the internship of a student of one's university; students plan their own, at a unit that they found."""
    return await edge.act(
        planning.plan_placement,
        _command(body, None if edge.who.acting_as == "student" else edge.organization_id),
        on=(Student, body.student_id),
        answer=PlacementView.of_placement,
        location="/v1/placements/{id}",
    )


@router.post("/v1/placement-batches", access=_PLANNERS)
async def plan_placements(body: BatchBody, edge: EdgeIn, language: LanguageIn) -> BatchView:
    """Plan up to a thousand internships, if every row can be planned; each row says what became of it."""
    organization_id = edge.organization_id
    command = PlanPlacements(rows=tuple(_command(row, organization_id) for row in body.placements))
    return await edge.act(
        planning.plan_placements, command, answer=lambda outcomes: BatchView.of_outcomes(outcomes, language)
    )


@router.put("/v1/placements/{placement_id}/terms", access=_SCHOOL)
async def amend_placement(placement_id: PlacementId, body: TermsBody, edge: EdgeIn) -> PlacementView:
    """Say anew who guides the student and what is paid, until it is approved; pay, until papers say what it is."""
    command = AmendPlacement(placement_id=placement_id, terms=body.terms)
    return await edge.act(
        planning.amend_placement, command, on=(Placement, placement_id), answer=PlacementView.of_placement
    )


@router.put("/v1/placements/{placement_id}/guides", access=_SCHOOL)
async def assign_guides(placement_id: PlacementId, body: GuidesBody, edge: EdgeIn) -> PlacementView:
    """Name supervisor and mentor, before the start or when one of them leaves."""
    command = AssignGuides(placement_id=placement_id, guides=body.guides)
    return await edge.act(
        planning.assign_guides, command, on=(Placement, placement_id), answer=PlacementView.of_placement
    )


@router.post("/v1/placements/{placement_id}/evidence", access=_BOTH_SIDES, openapi_extra=IN_BATCHES)
async def add_evidence(placement_id: PlacementId, body: PaperBody, edge: EdgeIn) -> PlacementView:
    """Hand in a paper: the tripartite agreement, an insurance, the safety training, a filing or an approval."""
    command = AddEvidence(placement_id=placement_id, paper=body.handed_in)
    return await edge.act(
        planning.add_evidence, command, on=(Placement, placement_id), answer=PlacementView.of_placement
    )


@router.post("/v1/placements/{placement_id}/unit-approval", access=_SCHOOL)
async def approve_unit(placement_id: PlacementId, body: EvidenceBody, edge: EdgeIn) -> PlacementView:
    """Agree with the unit that the student has found, by a decision of the school."""
    command = ApproveSelfFoundUnit(
        placement_id=placement_id,
        organization_id=edge.organization_id,
        approval=body.evidence(EvidenceKind.MEETING_DECISION),
    )
    return await edge.act(
        planning.approve_self_found_unit, command, on=(Placement, placement_id), answer=PlacementView.of_placement
    )


@router.get("/v1/placements/{placement_id}", access=PLACEMENT_READERS)
async def placement(placement_id: PlacementId, edge: EdgeIn) -> PlacementView:
    """One placement."""
    return await edge.show(Placement, placement_id, PlacementView.of_placement)


@router.get(
    "/v1/placements/{placement_id}/termination-request",
    access=allow("university_coop_office", "university_academic_office", "teacher", "student", scope=None),
)
async def termination_request(placement_id: PlacementId, edge: EdgeIn) -> TerminationRequestView:
    """Whether, when and why the student asked for the end."""
    return await edge.show(Placement, placement_id, TerminationRequestView.of_placement)


@router.get("/v1/placements", access=PLACEMENT_READERS)
async def placements(
    edge: EdgeIn,
    page: PageIn,
    *,
    status: PlacementStatus | None = None,
    student_id: StudentId | None = None,
    post_id: PostId | None = None,
    enterprise_id: OrganizationId | None = None,
    university_id: OrganizationId | None = None,
    programme_id: ProgrammeId | None = None,
    agreement_id: AgreementId | None = None,
    supervisor_id: TeacherId | None = None,
) -> Page[PlacementView]:
    """The placements that one may see."""
    return await edge.page(
        Placement,
        page,
        PlacementView.of_placement,
        status=status,
        student_id=student_id,
        post_id=post_id,
        enterprise_id=enterprise_id,
        university_id=university_id,
        programme_id=programme_id,
        agreement_id=agreement_id,
        supervisor_id=supervisor_id,
    )


def _command(body: PlanPlacementBody, organization_id: str | None) -> PlanPlacement:
    return PlanPlacement(
        placement_id=new_id("placement"), organization_id=organization_id, student_id=body.student_id, plan=body.plan
    )
