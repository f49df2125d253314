"""What an enterprise hosted in a year, over HTTP: the year, and the paper that proves it."""

from typing import Annotated, Final

from pydantic import Field

from services.training import queries
from services.training.api.access import READ, WIDE
from services.training.api.view import Body, View
from services.training.commands.hosting import OpenHostingYear
from services.training.domain.hosting import HostingYear
from services.training.handlers import hosting as handlers
from shared.contracts.ids import HostingYearId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.documents.views import DocumentView
from shared.web.edge import EdgeIn
from shared.web.pages import ListIn, Page
from shared.web.papers import PrintBody, PrinterIn

router: Final = AccessRouter(tags=["hosting years"])
_ENTERPRISE: Final = allow("enterprise_admin", scope=None)
HOSTING_READERS: Final = allow("enterprise_admin", scope=READ, alliance_wide=WIDE)


class HostingYearBody(Body):
    """A calendar year of the caller's enterprise."""

    year: Annotated[int, Field(ge=2016, le=2199)]


class HostingYearView(View):
    """An enterprise in a calendar year; its papers are the documents about this id."""

    id: str
    enterprise_id: str
    year: int
    version: int


@router.post("/v1/hosting-years", status_code=201, access=_ENTERPRISE)
async def open_year(body: HostingYearBody, edge: EdgeIn) -> HostingYearView:
    """Open a year of one's enterprise, to have it proven; one that is open already is given again."""
    command = OpenHostingYear(enterprise_id=edge.organization_id, year=body.year)
    return await edge.act(
        handlers.open_hosting_year, command, answer=HostingYearView.of, location="/v1/hosting-years/{id}"
    )


@router.get("/v1/hosting-years/{hosting_year_id}", access=HOSTING_READERS)
async def hosting_year(hosting_year_id: HostingYearId, edge: EdgeIn) -> HostingYearView:
    """One year of an enterprise."""
    return await edge.show(HostingYear, hosting_year_id, HostingYearView.of)


@router.get("/v1/hosting-years", access=HOSTING_READERS)
async def hosting_years(edge: EdgeIn, page: ListIn) -> Page[HostingYearView]:
    """The years that one's enterprise has opened."""
    return await edge.page(HostingYear, page, HostingYearView.of)


@router.post("/v1/hosting-years/{hosting_year_id}/papers", status_code=201, access=_ENTERPRISE)
async def print_proof(
    hosting_year_id: HostingYearId, body: PrintBody, edge: EdgeIn, printer: PrinterIn
) -> DocumentView:
    """Print which interns and teachers the enterprise hosted in the year, by reference, and in which bases it is."""
    year = await edge.own(HostingYear, hosting_year_id)
    proof = await edge.read(queries.hosting_proof, year)
    return await printer.print(proof, body.language, about=year)
