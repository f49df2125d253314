"""The papers that are signed before an internship, over HTTP."""

from typing import Final, Literal

from services.training import queries
from services.training.domain.internship.internship_paper import ConsentPaper, TripartitePaper
from services.training.domain.internship.placement import Placement
from shared.contracts.ids import PlacementId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.batches import IN_BATCHES
from shared.web.documents.views import DocumentView
from shared.web.edge import EdgeIn
from shared.web.papers import PrintBody, PrinterIn

router: Final = AccessRouter(tags=["internship papers"])


class PaperBody(PrintBody):
    """Which paper: the agreement of the three sides, or the consent of student and guardian."""

    kind: Literal["tripartite_paper", "consent_paper"]


@router.post(
    "/v1/placements/{placement_id}/papers",
    status_code=201,
    access=allow("university_coop_office", scope=None),
    openapi_extra=IN_BATCHES,
)
async def print_paper(placement_id: PlacementId, body: PaperBody, edge: EdgeIn, printer: PrinterIn) -> DocumentView:
    """Print a paper for signing by hand. The same content is the same document, however often it is printed."""
    placement = await edge.own(Placement, placement_id)
    case = await edge.read(queries.paper_case, placement)
    paper = TripartitePaper.of(case) if body.kind == TripartitePaper.kind else ConsentPaper.of(case)
    return await printer.print(paper, body.language, about=placement, person_id=placement.student_id)
