"""Seats for practice over HTTP."""

from typing import Final

from services.training.api.access import OFFICE, READ
from services.training.api.view import View
from services.training.domain.faculty.seats import PracticeSeats
from shared.contracts.ids import AgreementId, SeatId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["practice"])
_READ: Final = allow(
    "university_hr",
    "university_coop_office",
    "enterprise_admin",
    "enterprise_mentor",
    scope=READ,
    alliance_wide=OFFICE,
)


class SeatsView(View):
    """The seats of one agreement."""

    id: str
    agreement_id: str
    seats: int
    taken: int
    named_ids: list[str]
    status: str
    version: int


@router.get("/v1/practice-seats/{seats_id}", access=_READ)
async def seats_of_an_agreement(seats_id: SeatId, edge: EdgeIn) -> SeatsView:
    """The seats of one agreement."""
    return await edge.show(PracticeSeats, seats_id, SeatsView.of)


@router.get("/v1/practice-seats", access=_READ)
async def seats(edge: EdgeIn, page: PageIn, agreement_id: AgreementId | None = None) -> Page[SeatsView]:
    """The seats that one may see."""
    return await edge.page(PracticeSeats, page, SeatsView.of, agreement_id=agreement_id)
