"""The alliance's register over HTTP."""

from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.partnership.api.access import READ
from services.partnership.api.view import Body, Reason, View, WarningView
from services.partnership.commands import (
    RegisterOrganization,
    SuspendOrganization,
    UpdateOrganization,
    VerifyOrganization,
)
from services.partnership.domain.organization import (
    Organization,
    OrganizationChanges,
    OrganizationEntry,
    OrganizationStatus,
)
from services.partnership.handlers import organization as handlers
from shared.contracts.fields import Code, Count, Latitude, Longitude, Name
from shared.contracts.ids import OrganizationId, new_id
from shared.contracts.partnership import EmployeesOnPost, OrganizationKind
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.regions import Region, within

router: Final = AccessRouter(tags=["organizations"])
_OFFICE: Final = allow("alliance_office", scope=None, alliance_wide=("alliance_office",))
_OWN: Final = allow(
    "enterprise_admin", "university_coop_office", "base_operator", scope=None, alliance_wide=("alliance_office",)
)

Posts = Annotated[tuple[EmployeesOnPost, ...], Field(max_length=200)]


class RegisterBody(Body):
    """An organisation as its papers name it. Blanks in the credit code are taken out, ASCII letters raised."""

    kind: OrganizationKind
    name_zh: Name
    name_en: Name | None = None
    uscc: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
    region_code: Region
    industry_code: Code | None = None
    employees_total: Count | None = None
    posts: Posts = ()
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    leading: bool = False


class UpdateBody(Body):
    """Numbers that an organisation keeps up to date; what is left out stays as it is."""

    employees_total: Count | None = None
    posts: Posts | None = None


class OrganizationView(View):
    """An organisation as the alliance knows it."""

    id: str
    kind: str = Field(validation_alias="organization_kind")
    name_zh: str
    name_en: str | None
    uscc: str
    region_code: str
    industry_code: str | None
    employees_total: int | None
    posts: list[EmployeesOnPost]
    latitude: float | None
    longitude: float | None
    leading: bool
    status: str
    warnings: list[WarningView]
    version: int


@router.post("/v1/organizations", status_code=201, access=_OFFICE)
async def register_organization(body: RegisterBody, edge: EdgeIn) -> OrganizationView:
    """Enter an organisation into the alliance's register."""
    command = RegisterOrganization(
        organization_id=new_id("organization"), decision_id=new_id("decision"), entry=OrganizationEntry(**dict(body))
    )
    return await edge.act(
        handlers.register_organization, command, answer=OrganizationView.of, location="/v1/organizations/{id}"
    )


@router.post("/v1/organizations/{organization_id}/verification", access=_OFFICE)
async def verify_organization(organization_id: OrganizationId, edge: EdgeIn) -> OrganizationView:
    """Vouch for an entry."""
    return await edge.act(
        handlers.verify_organization,
        VerifyOrganization(organization_id=organization_id),
        on=(Organization, organization_id),
        answer=OrganizationView.of,
    )


@router.post("/v1/organizations/{organization_id}/suspension", access=_OFFICE)
async def suspend_organization(organization_id: OrganizationId, body: Reason, edge: EdgeIn) -> OrganizationView:
    """Take an organisation out of the alliance's doings; verifying it again brings it back."""
    return await edge.act(
        handlers.suspend_organization,
        SuspendOrganization(organization_id=organization_id, reason=body.reason),
        on=(Organization, organization_id),
        answer=OrganizationView.of,
    )


@router.patch("/v1/organizations/{organization_id}", access=_OWN)
async def update_organization(organization_id: OrganizationId, body: UpdateBody, edge: EdgeIn) -> OrganizationView:
    """Bring an organisation's numbers of people up to date."""
    return await edge.act(
        handlers.update_organization,
        UpdateOrganization(organization_id=organization_id, changes=OrganizationChanges(**dict(body))),
        on=(Organization, organization_id),
        answer=OrganizationView.of,
    )


@router.get("/v1/organizations/{organization_id}", access=READ)
async def organization(organization_id: OrganizationId, edge: EdgeIn) -> OrganizationView:
    """One organisation."""
    return await edge.show(Organization, organization_id, OrganizationView.of)


@router.get("/v1/organizations", access=READ)
async def organizations(
    edge: EdgeIn,
    page: PageIn,
    kind: OrganizationKind | None = None,
    status: OrganizationStatus | None = None,
    region_code: Region | None = None,
) -> Page[OrganizationView]:
    """The alliance's register; a region takes in all that lies in it."""
    return await edge.page(
        Organization, page, OrganizationView.of, organization_kind=kind, status=status, region_code=within(region_code)
    )
