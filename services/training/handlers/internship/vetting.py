"""How a university came to trust a unit, as far as it is on record: what a placement there is judged by."""

from dataclasses import dataclass

from services.training.domain.internship.site import SiteInspection, SiteListing, deciding_visit, listing_id_of
from services.training.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Vetting:
    """The visit that counts, and the unit's place on the university's list; None where there is none."""

    inspection: SiteInspection | None
    listing: SiteListing | None


async def vetting_of(enterprise_id: str, university_id: str, work: Work) -> Vetting:
    """What a university has on record of an enterprise."""
    visits = await work.site_inspections.where(university_id=university_id, enterprise_id=enterprise_id)
    listing = await work.site_listings.find(listing_id_of(enterprise_id, university_id))
    return Vetting(inspection=deciding_visit(visits, listing), listing=listing)
