"""Where training decides: at home of the institution, or of the operator."""

from services.training.domain.directory import KnownOrganization, OrganizationUnknown
from services.training.ports import Work
from shared.rules import jurisdiction_of


async def jurisdiction_at(organization_id: str, work: Work) -> str:
    """The jurisdiction of an organisation's home. Raises `OrganizationUnknown` before its state has arrived."""
    return jurisdiction_of((await home_of(organization_id, work)).region_code, organization_id)


async def home_of(organization_id: str, work: Work) -> KnownOrganization:
    """An organisation as the register has it. Raises `OrganizationUnknown` before its state has arrived."""
    known = await work.organizations.find(organization_id)
    if known is None:
        raise OrganizationUnknown
    return known
