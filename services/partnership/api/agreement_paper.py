"""The paper of an agreement over HTTP."""

from typing import Final

from services.partnership import queries
from services.partnership.domain.agreement import Agreement
from shared.contracts.ids import AgreementId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.batches import IN_BATCHES
from shared.web.documents.views import DocumentView
from shared.web.edge import EdgeIn
from shared.web.papers import PrintBody, PrinterIn

router: Final = AccessRouter(tags=["agreements"])


@router.post(
    "/v1/agreements/{agreement_id}/papers",
    status_code=201,
    access=allow("university_coop_office", "enterprise_admin", scope=None),
    openapi_extra=IN_BATCHES,
)
async def print_agreement(agreement_id: AgreementId, body: PrintBody, edge: EdgeIn, printer: PrinterIn) -> DocumentView:
    """Print the agreement for signing by hand. The same content is the same document, however often it is printed."""
    agreement = await edge.own(Agreement, agreement_id)
    paper = await edge.read(queries.agreement_paper, agreement)
    return await printer.print(paper, body.language, about=agreement)
