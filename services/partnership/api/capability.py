"""Capabilities over HTTP."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.partnership.api.access import READ, WRITE
from services.partnership.api.view import Body, Day, View
from services.partnership.commands import PublishCapability, WithdrawCapability
from services.partnership.domain.capability import Capability, CapabilityStatus, Offer
from services.partnership.handlers import capability as handlers
from shared.contracts.fields import Count
from shared.contracts.ids import BaseId, CapabilityId, OrganizationId, ProgrammeId, TeacherId, new_id
from shared.contracts.partnership import NeedKind, Skill
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["capabilities"])
_OWN: Final = allow(
    "university_coop_office",
    "university_academic_office",
    "university_hr",
    "base_operator",
    "enterprise_admin",
    scope=WRITE,
)


class PublishBody(Body):
    """What is offered, to needs of which kind, from when to when."""

    kind: NeedKind
    programme_ids: Annotated[tuple[ProgrammeId, ...], Field(max_length=200)] = ()
    base_ids: Annotated[tuple[BaseId, ...], Field(max_length=200)] = ()
    teacher_ids: Annotated[tuple[TeacherId, ...], Field(max_length=1000)] = ()
    capacity: Count
    starts_on: Day
    ends_on: Day
    skills: Annotated[tuple[Skill, ...], Field(max_length=100)] = ()


class CapabilityView(View):
    """An offer."""

    id: str
    organization_id: str
    kind: str = Field(validation_alias="capability_kind")
    programme_ids: list[str]
    base_ids: list[str]
    teacher_ids: list[str]
    capacity: int
    starts_on: date
    ends_on: date
    skills: list[Skill]
    status: str
    version: int


@router.post("/v1/capabilities", status_code=201, access=_OWN)
async def publish_capability(body: PublishBody, edge: EdgeIn) -> CapabilityView:
    """Offer something on behalf of one's organisation."""
    command = PublishCapability(
        capability_id=new_id("capability"), organization_id=edge.organization_id, offer=Offer(**dict(body))
    )
    return await edge.act(
        handlers.publish_capability, command, answer=CapabilityView.of, location="/v1/capabilities/{id}"
    )


@router.post("/v1/capabilities/{capability_id}/withdrawal", access=_OWN)
async def withdraw_capability(capability_id: CapabilityId, edge: EdgeIn) -> CapabilityView:
    """Offer it no longer."""
    return await edge.act(
        handlers.withdraw_capability,
        WithdrawCapability(capability_id=capability_id),
        on=(Capability, capability_id),
        answer=CapabilityView.of,
    )


@router.get("/v1/capabilities/{capability_id}", access=READ)
async def capability(capability_id: CapabilityId, edge: EdgeIn) -> CapabilityView:
    """One offer."""
    return await edge.show(Capability, capability_id, CapabilityView.of)


@router.get("/v1/capabilities", access=READ)
async def capabilities(
    edge: EdgeIn,
    page: PageIn,
    kind: NeedKind | None = None,
    status: CapabilityStatus | None = None,
    organization_id: OrganizationId | None = None,
) -> Page[CapabilityView]:
    """What is offered in the alliance."""
    return await edge.page(
        Capability, page, CapabilityView.of, capability_kind=kind, status=status, organization_id=organization_id
    )
