"""What the rules have against the logged hours and the payments of an internship, in one place."""

from datetime import date
from typing import Final

from services.training import queries
from services.training.api.access import OFFICE
from services.training.api.internship.finding import FindingView
from services.training.api.view import View
from services.training.domain.internship.placement import Placement
from shared.contracts.ids import PlacementId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn

router: Final = AccessRouter(tags=["internship papers"])
_READ: Final = allow(
    "student", "teacher", "university_coop_office", "enterprise_admin", scope=None, alliance_wide=OFFICE
)


class ViolationView(View):
    """One finding against a log or a payment; `since` is the Monday of the week, or the first day that was paid."""

    paper: str
    paper_id: str
    since: date
    finding: FindingView


class ViolationsView(View):
    """All that the rules have against the papers of one placement, the oldest first."""

    placement_id: str
    violations: list[ViolationView] = []


@router.get("/v1/placements/{placement_id}/violations", access=_READ)
async def violations(placement_id: PlacementId, edge: EdgeIn) -> ViolationsView:
    """What the rules have against the logs and payments of a placement."""
    shown = await edge.show(Placement, placement_id, lambda placement: ViolationsView(placement_id=placement.id))
    found = await edge.read(queries.violations_of, placement_id)
    return shown.model_copy(update={"violations": [ViolationView.of(one) for one in found]})
