"""Organisations of the alliance: registered, updated, and as they are now."""

from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Code, Count, Known, Latitude, Longitude, Name, RegionCode
from shared.contracts.ids import OrganizationId

OrganizationKind = Annotated[
    str,
    Known(
        "university", "enterprise", "park", "government", "research_institute", "association", "service_org",
        "training_body", "overseas",
    ),
]  # fmt: skip


class EmployeesOnPost(Body):
    """How many people an organisation employs on one kind of post: at the site that is named, or everywhere."""

    occupation_code: Code
    employees: Count
    site: Name | None = None


class OrganizationBody(Body):
    """An organisation as the alliance knows it."""

    organization_id: OrganizationId
    kind: OrganizationKind
    name_zh: Name
    name_en: Name | None = None
    uscc: Code
    region_code: RegionCode
    industry_code: Code | None = None
    employees_total: Count | None = None
    posts: list[EmployeesOnPost] = []
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    leading: bool = False
    status: Annotated[str, Known("registered", "verified", "suspended")]


@named("partnership.organization.registered", key="organization_id")
class OrganizationRegistered(OrganizationBody, Event):
    """An organisation entered the alliance's register; the office has not verified it yet."""


@named("partnership.organization.updated", key="organization_id")
class OrganizationUpdated(OrganizationBody, Event):
    """An organisation's entry changed, or the office verified it."""


@named("partnership.organization.state", key="organization_id")
class OrganizationState(OrganizationBody, State):
    """An organisation as it is now."""
