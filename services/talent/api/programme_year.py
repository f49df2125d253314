"""Programmes' years over HTTP: a university's academic office enters their numbers; who looks after all reads them."""

from typing import Annotated, Final

from fastapi import Query
from pydantic import BaseModel

from services.talent.api.programme import WRITES
from services.talent.api.year_body import MetricsBody, ProgrammeYearView, Year, YearBody
from services.talent.commands import CorrectProgrammeYear, EnterProgrammeYear
from services.talent.domain.programme import Programme
from services.talent.domain.programme_year import ProgrammeYear
from services.talent.handlers import programme_year as handlers
from shared.contracts.ids import OrganizationId, ProgrammeId, ProgrammeYearId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["programmes"])
_READS: Final = allow(
    "university_academic_office",
    "university_coop_office",
    scope="talent:read",
    alliance_wide=("alliance_office", "government"),
)


class YearsWanted(BaseModel):
    """Which years are asked for; what is left out does not narrow."""

    programme_id: ProgrammeId | None = None
    university_id: OrganizationId | None = None
    year: Year | None = None


@router.post("/v1/programmes/{programme_id}/years", status_code=201, access=WRITES)
async def enter_year(programme_id: ProgrammeId, body: YearBody, edge: EdgeIn) -> ProgrammeYearView:
    """Enter the numbers of a year of one of the caller's university's programmes."""
    command = EnterProgrammeYear(
        year_id=new_id("programme_year"), programme_id=programme_id, year=body.year, metrics=body.metrics
    )
    return await edge.act(
        handlers.enter_programme_year,
        command,
        on=(Programme, programme_id),
        answer=ProgrammeYearView.of_year,
        location="/v1/programme-years/{id}",
    )


@router.put("/v1/programme-years/{year_id}", access=WRITES)
async def correct_year(year_id: ProgrammeYearId, body: MetricsBody, edge: EdgeIn) -> ProgrammeYearView:
    """State all numbers of a year anew."""
    command = CorrectProgrammeYear(year_id=year_id, metrics=body.metrics)
    return await edge.act(
        handlers.correct_programme_year, command, on=(ProgrammeYear, year_id), answer=ProgrammeYearView.of_year
    )


@router.get("/v1/programme-years/{year_id}", access=_READS)
async def year(year_id: ProgrammeYearId, edge: EdgeIn) -> ProgrammeYearView:
    """The numbers of one programme in one year."""
    return await edge.show(ProgrammeYear, year_id, ProgrammeYearView.of_year)


@router.get("/v1/programme-years", access=_READS)
async def years(edge: EdgeIn, page: PageIn, wanted: Annotated[YearsWanted, Query()]) -> Page[ProgrammeYearView]:
    """The numbers of one's university, narrowed by what is given."""
    return await edge.page(ProgrammeYear, page, ProgrammeYearView.of_year, **wanted.model_dump())
