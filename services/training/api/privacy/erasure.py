"""The erasure of a person over HTTP, and which services have confirmed it."""

from typing import Annotated, Final, Self

from fastapi import Path

from services.training.api.view import View
from services.training.commands.privacy import ErasePerson
from services.training.domain.privacy.erasure import Erasure, ErasureStatus
from services.training.handlers.privacy import erasure as handlers
from services.training.handlers.privacy.entry import SHAPES, shape_of
from shared.contracts.fields import Instant
from shared.contracts.ids import ErasureId, new_id
from shared.contracts.registry import REGISTRY
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["personal data"])
CONCERNED: Final = allow(
    "university_academic_office", "university_hr", "enterprise_admin", "student", "teacher", "enterprise_mentor",
    scope=None,
)  # fmt: skip
PersonId = Annotated[str, Path(pattern=rf"^({'|'.join(sorted(SHAPES))})_[0-9A-HJKMNP-TV-Z]{{26}}$")]


class ReceiptView(View):
    """A service, and when it confirmed that it has forgotten the person; None while it has not."""

    service: str
    confirmed_at: Instant | None


class ErasureView(View):
    """An erasure with its receipts."""

    id: str
    person_id: str
    person_kind: str
    institution_id: str
    asked_at: Instant
    status: str
    receipts: list[ReceiptView]
    version: int

    @classmethod
    def of_erasure(cls, erasure: Erasure) -> Self:
        """The erasure with a line for each service."""
        same = {name: getattr(erasure, name) for name in cls.model_fields if name != "receipts"}
        receipts = [{"service": service, "confirmed_at": erasure.receipts.get(service)} for service in erasure.awaited]
        return cls.model_validate({**same, "receipts": receipts})


@router.post("/v1/personal-data/{person_id}/erasure", status_code=201, access=CONCERNED)
async def erase_person(person_id: PersonId, edge: EdgeIn) -> ErasureView:
    """Erase a person who has left and of whom nothing is open: here at once, in the other services within moments."""
    command = ErasePerson(erasure_id=new_id("erasure"), person_id=person_id, awaited=AWAITED)
    return await edge.act(
        handlers.erase_person,
        command,
        on=(shape_of(person_id), person_id),
        answer=ErasureView.of_erasure,
        location="/v1/erasures/{id}",
    )


@router.get("/v1/erasures/{erasure_id}", access=CONCERNED)
async def erasure(erasure_id: ErasureId, edge: EdgeIn) -> ErasureView:
    """One erasure: which services have confirmed it, and which have not."""
    return await edge.show(Erasure, erasure_id, ErasureView.of_erasure)


@router.get("/v1/erasures", access=CONCERNED)
async def erasures(edge: EdgeIn, page: PageIn, status: ErasureStatus | None = None) -> Page[ErasureView]:
    """The erasures that one's institution asked for."""
    return await edge.page(Erasure, page, ErasureView.of_erasure, status=status)


AWAITED: Final = tuple(
    sorted(body.wire.service for body in REGISTRY if (body.wire.aggregate, body.wire.fact) == ("erasure", "receipted"))
)
"""The services that hold something of persons beside this one: each has a receipt to give."""
