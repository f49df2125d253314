"""Candidates over HTTP: who is listed, and who could meet a need and why, or why not."""

from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict

from services.talent.api.ranking import NeedRankingView
from services.talent.commands import RankNeed
from services.talent.domain.demand import Demand
from services.talent.handlers.ranking import rank_need
from services.talent.queries import CandidatesWanted, ListedCandidate, listed_candidates
from shared.contracts.ids import NeedId, OrganizationId
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.identity.scope import sees
from shared.web.edge import EdgeIn
from shared.web.pages import ListIn, Page, PageWanted

router = AccessRouter(tags=["candidates"])

OFFICE: Final = allow(scope=None, alliance_wide=("alliance_office", "ops"))
POSTERS: Final = allow(
    "enterprise_admin", "university_coop_office", scope="talent:read", alliance_wide=("alliance_office",)
)


class CandidateView(BaseModel):
    """A candidate as it is listed. It can be proposed once its organisation is known."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    candidate_id: str
    kind: str
    organization_id: str
    name: str | None
    status: str
    region_code: str
    organization_known: bool
    offered_as: list[str]

    @classmethod
    def of(cls, listed: ListedCandidate) -> Self:
        """The view of a listed candidate."""
        return cls.model_validate(listed)


@router.get("/v1/candidates", access=OFFICE)
async def candidates(
    edge: EdgeIn,
    page: ListIn,
    kind: Literal["programme", "base", "teacher"] | None = None,
    organization_id: OrganizationId | None = None,
) -> Page[CandidateView]:
    """Everybody who is listed, by id."""

    async def listed(page: PageWanted) -> Page[CandidateView]:
        wanted = CandidatesWanted(page.limit, page.cursor, kind, organization_id)
        found = await edge.read(listed_candidates, wanted)
        shown = [CandidateView.of(candidate) for candidate in found[: page.limit]]
        return Page(items=shown, next=shown[-1].candidate_id if len(found) > page.limit else None)

    return await edge.pages(listed, page)


@router.get("/v1/needs/{need_id}/candidates", access=POSTERS)
async def candidates_of_need(need_id: NeedId, edge: EdgeIn) -> NeedRankingView:
    """Who could meet each line of a need as things are now, and who could not and why."""
    return await edge.act(
        rank_need, RankNeed(need_id=need_id), on=(Demand, need_id), check=sees, answer=NeedRankingView.of
    )
