"""Candidates over HTTP: who is listed, and who could meet a need and why, or why not."""

from typing import Annotated, Final, Literal, Self

from fastapi import Query
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
from shared.web.pages import Page

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
    kind: Literal["programme", "base", "teacher"] | None = None,
    organization_id: OrganizationId | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
    cursor: Annotated[str | None, Query(max_length=64)] = None,
) -> Page[CandidateView]:
    """Everybody who is listed, by id."""
    wanted = CandidatesWanted(limit, cursor, kind, organization_id)
    found = await edge.read(listed_candidates, wanted)
    shown = [CandidateView.of(listed) for listed in found[:limit]]
    return Page(items=shown, next=shown[-1].candidate_id if len(found) > limit else None)


@router.get("/v1/needs/{need_id}/candidates", access=POSTERS)
async def candidates_of_need(need_id: NeedId, edge: EdgeIn) -> NeedRankingView:
    """Who could meet each line of a need as things are now, and who could not and why."""
    return await edge.act(
        rank_need, RankNeed(need_id=need_id), on=(Demand, need_id), check=sees, answer=NeedRankingView.of
    )
