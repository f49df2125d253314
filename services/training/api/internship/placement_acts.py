"""What is done with an internship over HTTP: judged, approved, begun, stopped, graded."""

from typing import Final, TypeVar

from services.training.api.access import WIDE
from services.training.api.internship.placement_body import AmendmentBody, GradeBody, OverrideBody, StopBody
from services.training.api.internship.placement_view import PlacementView
from services.training.api.view import Reason
from services.training.commands.internship.placement import (
    AmendAgreed,
    ApprovePlacement,
    ArchivePlacement,
    CancelPlacement,
    CompletePlacement,
    GradePlacement,
    OverrideRule,
    RequestTermination,
    ResumePlacement,
    RunComplianceCheck,
    StartPlacement,
    SuspendPlacement,
    TerminatePlacement,
)
from services.training.domain.internship.placement import Placement
from services.training.handlers.internship import amending
from services.training.handlers.internship import placement as handlers
from shared.contracts.ids import PlacementId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.asked import Handler
from shared.web.batches import IN_BATCHES
from shared.web.edge import Edge, EdgeIn

C = TypeVar("C")

router: Final = AccessRouter(tags=["placements"])
_SCHOOL: Final = allow("university_coop_office", "university_academic_office", scope=None)
_SUPERVISED: Final = allow("university_coop_office", "university_academic_office", "teacher", scope=None)


@router.post("/v1/placements/{placement_id}/checks", access=_SCHOOL, openapi_extra=IN_BATCHES)
async def check_placement(placement_id: PlacementId, edge: EdgeIn) -> PlacementView:
    """Ask every rule. The placement is checked, overridden or blocked then; `compliance` says by what."""
    command = RunComplianceCheck(placement_id=placement_id, decision_id=new_id("decision"))
    return await _act(edge, handlers.run_compliance_check, command, placement_id)


@router.post("/v1/placements/{placement_id}/overrides", access=allow(scope=None, alliance_wide=WIDE))
async def override_rule(placement_id: PlacementId, body: OverrideBody, edge: EdgeIn) -> PlacementView:
    """Accept what one rule refuses in principle."""
    command = OverrideRule(
        placement_id=placement_id,
        decision_id=new_id("decision"),
        rule=body.rule,
        approver_role=edge.who.acting_as,
        organization_id=edge.who.organization_id,
        reason_code=body.reason_code,
        reason=body.reason,
    )
    return await _act(edge, handlers.override_rule, command, placement_id)


@router.post("/v1/placements/{placement_id}/approval", access=_SCHOOL, openapi_extra=IN_BATCHES)
async def approve_placement(placement_id: PlacementId, edge: EdgeIn) -> PlacementView:
    """Approve a checked placement. Every rule is asked again: look at `status`, for it may be blocked instead."""
    command = ApprovePlacement(
        placement_id=placement_id, organization_id=edge.organization_id, decision_id=new_id("decision")
    )
    return await _act(edge, handlers.approve_placement, command, placement_id)


@router.post("/v1/placements/{placement_id}/amendment", access=_SCHOOL)
async def amend_agreed(placement_id: PlacementId, body: AmendmentBody, edge: EdgeIn) -> PlacementView:
    """Say days, pay or guides anew before it is completed.

    New days or pay void the tripartite agreement and the consents: what has not begun is planned again, what is under
    way rests until they are given anew.
    """
    command = AmendAgreed(
        placement_id=placement_id,
        organization_id=edge.organization_id,
        decision_id=new_id("decision"),
        amendment=body.amendment,
        reason=body.reason,
    )
    return await _act(edge, amending.amend_agreed, command, placement_id)


@router.post("/v1/placements/{placement_id}/start", access=_SUPERVISED, openapi_extra=IN_BATCHES)
async def start_placement(placement_id: PlacementId, edge: EdgeIn) -> PlacementView:
    """Begin, on the first day or later."""
    return await _act(edge, handlers.start_placement, StartPlacement(placement_id=placement_id), placement_id)


@router.post("/v1/placements/{placement_id}/suspension", access=_SCHOOL)
async def suspend_placement(placement_id: PlacementId, body: StopBody, edge: EdgeIn) -> PlacementView:
    """Let it rest; its place stays taken."""
    command = SuspendPlacement(
        placement_id=placement_id, organization_id=edge.organization_id, cause=body.cause, reason=body.reason
    )
    return await _act(edge, handlers.suspend_placement, command, placement_id)


@router.post("/v1/placements/{placement_id}/resumption", access=_SCHOOL)
async def resume_placement(placement_id: PlacementId, edge: EdgeIn) -> PlacementView:
    """Go on."""
    return await _act(edge, handlers.resume_placement, ResumePlacement(placement_id=placement_id), placement_id)


@router.post("/v1/placements/{placement_id}/cancellation", access=_SCHOOL, openapi_extra=IN_BATCHES)
async def cancel_placement(placement_id: PlacementId, body: StopBody, edge: EdgeIn) -> PlacementView:
    """Call it off before it begins."""
    command = CancelPlacement(
        placement_id=placement_id, organization_id=edge.organization_id, cause=body.cause, reason=body.reason
    )
    return await _act(edge, handlers.cancel_placement, command, placement_id)


@router.post("/v1/placements/{placement_id}/termination-requests", access=allow("student", scope=None))
async def request_termination(placement_id: PlacementId, body: Reason, edge: EdgeIn) -> PlacementView:
    """Ask the school to end one's internship; only the school can."""
    command = RequestTermination(placement_id=placement_id, caller_ids=edge.who.persons, reason=body.reason)
    return await _act(edge, handlers.request_termination, command, placement_id)


@router.post("/v1/placements/{placement_id}/termination", access=_SCHOOL)
async def terminate_placement(placement_id: PlacementId, body: StopBody, edge: EdgeIn) -> PlacementView:
    """End it before its last day."""
    command = TerminatePlacement(
        placement_id=placement_id, organization_id=edge.organization_id, cause=body.cause, reason=body.reason
    )
    return await _act(edge, handlers.terminate_placement, command, placement_id)


@router.post("/v1/placements/{placement_id}/completion", access=_SUPERVISED, openapi_extra=IN_BATCHES)
async def complete_placement(placement_id: PlacementId, edge: EdgeIn) -> PlacementView:
    """Say that it is over, after its last day."""
    return await _act(edge, handlers.complete_placement, CompletePlacement(placement_id=placement_id), placement_id)


@router.post("/v1/placements/{placement_id}/grade", access=_SUPERVISED)
async def grade_placement(placement_id: PlacementId, body: GradeBody, edge: EdgeIn) -> PlacementView:
    """Grade it, once its logs are reviewed."""
    command = GradePlacement(placement_id=placement_id, decision_id=new_id("decision"), assessment=body.assessment)
    return await _act(edge, handlers.grade_placement, command, placement_id)


@router.post("/v1/placements/{placement_id}/archival", access=_SCHOOL, openapi_extra=IN_BATCHES)
async def archive_placement(placement_id: PlacementId, edge: EdgeIn) -> PlacementView:
    """Close the file."""
    return await _act(edge, handlers.archive_placement, ArchivePlacement(placement_id=placement_id), placement_id)


async def _act(edge: Edge, handler: Handler[C, Placement], command: C, placement_id: str) -> PlacementView:
    return await edge.act(handler, command, on=(Placement, placement_id), answer=PlacementView.of_placement)
