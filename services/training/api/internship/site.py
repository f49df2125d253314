"""What universities say of units over HTTP: reports on visits, and lists that meetings approved."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from services.training.api.access import OFFICE
from services.training.api.internship.evidence import EvidenceBody, EvidenceView, PaperNo
from services.training.api.internship.post import READERS
from services.training.api.internship.post_body import Site
from services.training.api.view import Body, Day, Sentence, View
from services.training.commands.internship.unit import ApproveSiteList, InspectSite
from services.training.domain.internship.evidence import EvidenceKind
from services.training.domain.internship.site import ListDecision, SiteInspection, SiteListing, SiteReport
from services.training.handlers.internship import unit as handlers
from shared.contracts.ids import OrganizationId, SiteInspectionId, SiteListingId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["internships"])
_SCHOOL: Final = allow("university_coop_office", "university_academic_office", scope=None)
REPORT_READERS: Final = allow("university_coop_office", "university_academic_office", scope=None, alliance_wide=OFFICE)

Inspector = Annotated[str, StringConstraints(pattern=r"^(tch|per)_[0-9A-HJKMNP-TV-Z]{26}$")]


class InspectionBody(Body):
    """What the caller's university found; who went is named by reference."""

    enterprise_id: OrganizationId
    site: Site
    visited_on: Day
    inspector_ids: Annotated[tuple[Inspector, ...], Field(min_length=1, max_length=50)]
    findings: Sentence
    fit: bool
    evidence: EvidenceBody

    @property
    def report(self) -> SiteReport:
        """The report as the domain has it."""
        return SiteReport(
            site=self.site,
            visited_on=self.visited_on,
            inspector_ids=self.inspector_ids,
            findings=self.findings,
            fit=self.fit,
            evidence=self.evidence.evidence(EvidenceKind.SITE_INSPECTION),
        )


class ListBody(Body):
    """Units that a meeting of the school approved. Without `valid_to` the list holds until a later one."""

    enterprise_ids: Annotated[tuple[OrganizationId, ...], Field(min_length=1, max_length=500)]
    meeting_ref: PaperNo
    decided_on: Day
    published_on: Day
    valid_to: Day | None = None

    @property
    def decision(self) -> ListDecision:
        """The decision as the domain has it."""
        return ListDecision(
            meeting_ref=self.meeting_ref,
            decided_on=self.decided_on,
            published_on=self.published_on,
            valid_to=self.valid_to,
        )


class InspectionView(View):
    """A report as the university that wrote it sees it."""

    id: str
    unit_id: str
    enterprise_id: str
    university_id: str
    site: str
    visited_on: date
    inspector_ids: list[str]
    findings: str
    fit: bool
    evidence: EvidenceView
    version: int


class ListingView(View):
    """A unit on a university's list."""

    id: str
    unit_id: str
    enterprise_id: str
    university_id: str
    meeting_ref: str
    decided_on: date
    published_on: date
    valid_to: date | None
    version: int


class ListView(View):
    """The units of a list as they stand after the decision."""

    listings: list[ListingView]

    @classmethod
    def of_listings(cls, listings: tuple[SiteListing, ...]) -> "ListView":
        """The view of these units."""
        return cls(listings=[ListingView.of(listing) for listing in listings])


@router.post("/v1/site-inspections", status_code=201, access=_SCHOOL)
async def inspect_site(body: InspectionBody, edge: EdgeIn) -> InspectionView:
    """Report on a visit to a unit."""
    command = InspectSite(
        inspection_id=new_id("site_inspection"),
        organization_id=edge.organization_id,
        enterprise_id=body.enterprise_id,
        report=body.report,
    )
    return await edge.act(
        handlers.inspect_site, command, answer=InspectionView.of, location="/v1/site-inspections/{id}"
    )


@router.post("/v1/site-lists", status_code=201, access=_SCHOOL)
async def approve_site_list(body: ListBody, edge: EdgeIn) -> ListView:
    """Publish the units that a meeting of one's school approved."""
    command = ApproveSiteList(
        organization_id=edge.organization_id, enterprise_ids=body.enterprise_ids, decision=body.decision
    )
    return await edge.act(handlers.approve_site_list, command, answer=ListView.of_listings)


@router.get("/v1/site-inspections/{inspection_id}", access=REPORT_READERS)
async def inspection(inspection_id: SiteInspectionId, edge: EdgeIn) -> InspectionView:
    """One report."""
    return await edge.show(SiteInspection, inspection_id, InspectionView.of)


@router.get("/v1/site-inspections", access=REPORT_READERS)
async def inspections(
    edge: EdgeIn, page: PageIn, enterprise_id: OrganizationId | None = None, fit: bool | None = None
) -> Page[InspectionView]:
    """The reports that one may see."""
    return await edge.page(SiteInspection, page, InspectionView.of, enterprise_id=enterprise_id, fit=fit)


@router.get("/v1/site-listings/{listing_id}", access=READERS)
async def listing(listing_id: SiteListingId, edge: EdgeIn) -> ListingView:
    """A unit on a university's list."""
    return await edge.show(SiteListing, listing_id, ListingView.of)


@router.get("/v1/site-listings", access=READERS)
async def listings(
    edge: EdgeIn, page: PageIn, university_id: OrganizationId | None = None, enterprise_id: OrganizationId | None = None
) -> Page[ListingView]:
    """The units on the lists of universities."""
    return await edge.page(SiteListing, page, ListingView.of, university_id=university_id, enterprise_id=enterprise_id)
