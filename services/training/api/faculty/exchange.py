"""The counters of "100 + 100" over HTTP: technicians in universities and teachers in enterprises, by year."""

import asyncio
from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.training import queries
from services.training.api.access import READ, WIDE
from services.training.api.faculty.view import FindingView
from services.training.api.view import View
from services.training.domain.faculty.exchange import (
    Exchange,
    enough_exchanged,
    exchanged_by_university,
    together,
)
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.identity.scope import reach
from shared.rules import Finding
from shared.rules.jurisdiction import ALLIANCE, COUNTRY
from shared.web.edge import EdgeIn

router: Final = AccessRouter(tags=["technicians"])
_EVERYWHERE: Final = f"{COUNTRY}/{ALLIANCE}"

Year = Annotated[int, Field(ge=2016, le=2199)]


class ShareView(View):
    """How many different people one university has."""

    university_id: str
    technicians: int
    teachers: int


class ExchangeView(View):
    """A calendar year of the alliance, everybody once, held against its targets; and the universities one may see."""

    year: int
    technicians: int
    teachers: int
    finding: FindingView
    universities: list[ShareView]

    @classmethod
    def of_year(
        cls, year: int, shares: dict[str, Exchange], finding: Finding, seen: frozenset[str] | None
    ) -> "ExchangeView":
        """The view of a year; `seen` are the universities that are shown one by one, None for all."""
        everybody = together(shares.values())
        return cls(
            year=year,
            technicians=len(everybody.technicians),
            teachers=len(everybody.teachers),
            finding=FindingView.of(finding),
            universities=[
                ShareView(university_id=id, technicians=len(share.technicians), teachers=len(share.teachers))
                for id, share in sorted(shares.items())
                if seen is None or id in seen
            ],
        )


@router.get("/v1/exchange", access=allow("university_hr", "university_coop_office", scope=READ, alliance_wide=WIDE))
async def exchange(edge: EdgeIn, year: Year | None = None) -> ExchangeView:
    """Who taught and who practised in a calendar year, this one if none is named."""
    wanted = year or edge.today.year
    on = min(edge.today, date(wanted, 12, 31))
    rule, counting = (edge.rules.rule(id, on, _EVERYWHERE) for id in ("TCH-14", "TCH-04"))
    test = edge.who.test
    engagements = await edge.read(queries.engagements_in, wanted, test)
    practices = await edge.read(queries.practices_in, wanted, test, counting)
    # Days are counted off the loop, so that a large year holds up nobody.
    shares = await asyncio.to_thread(
        exchanged_by_university, wanted, engagements, practices, rule=rule, counting=counting
    )
    finding = enough_exchanged(together(shares.values()), rule)
    return ExchangeView.of_year(wanted, shares, finding, reach(edge.who))
