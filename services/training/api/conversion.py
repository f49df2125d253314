"""Conversions of outcomes into credits over HTTP."""

from typing import Annotated, Final

from pydantic import Field

from services.training.api.access import READ
from services.training.api.view import Body, Reason, View
from services.training.commands.credit import (
    ApproveConversion,
    ProposeConversion,
    RejectConversion,
    ReverseConversion,
    ReviewConversion,
)
from services.training.domain.account import CreditAccount
from services.training.domain.conversion import Conversion, ConversionStatus
from services.training.handlers import conversion as handlers
from shared.contracts.fields import Code
from shared.contracts.ids import AccountId, ConversionId, OutcomeId, ProgrammeId, StudentId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["conversions"])
_OFFICE: Final = allow("university_academic_office", scope=None)
_READ: Final = allow("university_academic_office", "student", "teacher", scope=READ)


class PartBody(Body):
    """How much of one outcome; all that was recognised where nothing is said."""

    outcome_id: OutcomeId
    half_credits: Annotated[int, Field(ge=1, le=10_000)] | None = None


class ProposeBody(Body):
    """What is to be converted into which programme; without a course the credits are elective."""

    account_id: AccountId
    outcomes: Annotated[tuple[PartBody, ...], Field(min_length=1, max_length=50)]
    target_programme_id: ProgrammeId
    target_course: Code | None = None


class PartView(View):
    """What a conversion takes of one outcome."""

    outcome_id: str
    half_credits: int


class ConversionView(View):
    """A conversion as its learner and their university see it."""

    id: str
    account_id: str
    person_id: str
    university_id: str
    parts: list[PartView]
    target_programme_id: str
    target_course: str | None
    half_credits: int
    status: str
    version: int


@router.post("/v1/conversions", status_code=201, access=allow("student", "teacher", scope=None))
async def propose_conversion(body: ProposeBody, edge: EdgeIn) -> ConversionView:
    """Ask for credits out of one's own account."""
    command = ProposeConversion(
        conversion_id=new_id("conversion"),
        account_id=body.account_id,
        wanted=tuple((part.outcome_id, part.half_credits) for part in body.outcomes),
        target_programme_id=body.target_programme_id,
        target_course=body.target_course,
    )
    return await edge.act(
        handlers.propose_conversion,
        command,
        on=(CreditAccount, body.account_id),
        answer=ConversionView.of,
        location="/v1/conversions/{id}",
    )


@router.post("/v1/conversions/{conversion_id}/review", access=_OFFICE)
async def review_conversion(conversion_id: ConversionId, edge: EdgeIn) -> ConversionView:
    """Take a proposal up."""
    command = ReviewConversion(conversion_id=conversion_id)
    return await edge.act(handlers.review_conversion, command, on=(Conversion, conversion_id), answer=ConversionView.of)


@router.post("/v1/conversions/{conversion_id}/approval", access=_OFFICE)
async def approve_conversion(conversion_id: ConversionId, edge: EdgeIn) -> ConversionView:
    """Approve a reviewed proposal and post it."""
    command = ApproveConversion(conversion_id=conversion_id, decision_id=new_id("decision"))
    return await edge.act(
        handlers.approve_conversion, command, on=(Conversion, conversion_id), answer=ConversionView.of
    )


@router.post("/v1/conversions/{conversion_id}/rejection", access=_OFFICE)
async def reject_conversion(conversion_id: ConversionId, body: Reason, edge: EdgeIn) -> ConversionView:
    """Refuse a proposal."""
    command = RejectConversion(conversion_id=conversion_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(handlers.reject_conversion, command, on=(Conversion, conversion_id), answer=ConversionView.of)


@router.post("/v1/conversions/{conversion_id}/reversal", access=_OFFICE)
async def reverse_conversion(conversion_id: ConversionId, body: Reason, edge: EdgeIn) -> ConversionView:
    """Take a posted conversion back."""
    command = ReverseConversion(conversion_id=conversion_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(
        handlers.reverse_conversion, command, on=(Conversion, conversion_id), answer=ConversionView.of
    )


@router.get("/v1/conversions/{conversion_id}", access=_READ)
async def conversion(conversion_id: ConversionId, edge: EdgeIn) -> ConversionView:
    """One conversion."""
    return await edge.show(Conversion, conversion_id, ConversionView.of)


@router.get("/v1/conversions", access=_READ)
async def conversions(
    edge: EdgeIn,
    page: PageIn,
    status: ConversionStatus | None = None,
    account_id: AccountId | None = None,
    person_id: StudentId | None = None,
) -> Page[ConversionView]:
    """The conversions that one may see."""
    return await edge.page(
        Conversion, page, ConversionView.of, status=status, account_id=account_id, person_id=person_id
    )
