"""The certificate of a teacher's practice over HTTP."""

from typing import Final

from services.training import queries
from services.training.domain.faculty.practice import Practice
from shared.contracts.ids import PracticeId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.documents.views import DocumentView
from shared.web.edge import EdgeIn
from shared.web.papers import PrintBody, PrinterIn

router: Final = AccessRouter(tags=["practice"])


@router.post(
    "/v1/practices/{practice_id}/papers", status_code=201, access=allow("teacher", "university_hr", scope=None)
)
async def print_certificate(practice_id: PracticeId, body: PrintBody, edge: EdgeIn, printer: PrinterIn) -> DocumentView:
    """Print the certificate of a practice that both sides have verified."""
    practice = await edge.own(Practice, practice_id)
    certificate = await edge.read(queries.practice_certificate, practice)
    return await printer.print(certificate, body.language, about=practice, person_id=practice.teacher_id)
