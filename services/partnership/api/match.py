"""Matches over HTTP: both sides read them and answer."""

from typing import Final

from pydantic import AliasPath, Field

from services.partnership.api.access import READ
from services.partnership.api.view import Reason, View
from services.partnership.commands import AcceptMatch, DeclineMatch
from services.partnership.domain.match import Match, MatchStatus
from services.partnership.handlers import match as handlers
from shared.contracts.fields import Instant, LineNo
from shared.contracts.ids import MatchId, NeedId
from shared.contracts.partnership import Candidate, CandidateKind
from shared.contracts.talent import ScoreParts
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["matches"])
_SIDES: Final = allow("enterprise_admin", "university_coop_office", "base_operator", "university_hr", scope=None)


class AcceptanceView(View):
    """That one side said yes."""

    side: str
    organization_id: str
    at: Instant


class MatchView(View):
    """A candidate for one line of a need, how well it fits and why, and what both sides said."""

    id: str
    need_id: str
    line_no: int
    need_organization_id: str
    candidate: Candidate
    rank: int = Field(validation_alias=AliasPath("scored", "rank"))
    score: float = Field(validation_alias=AliasPath("scored", "score"))
    parts: ScoreParts = Field(validation_alias=AliasPath("scored", "parts"))
    missing_skills: list[str] = Field(validation_alias=AliasPath("scored", "missing_skills"))
    explanation: str = Field(validation_alias=AliasPath("scored", "explanation"))
    status: str
    acceptances: list[AcceptanceView]
    reason: str | None
    expires_at: Instant
    version: int


@router.post("/v1/matches/{match_id}/acceptances", access=_SIDES)
async def accept_match(match_id: MatchId, edge: EdgeIn) -> MatchView:
    """Say yes for one's side; twice is once."""
    command = AcceptMatch(match_id=match_id, organization_id=edge.organization_id, roles=edge.who.roles)
    return await edge.act(handlers.accept_match, command, on=(Match, match_id), answer=MatchView.of)


@router.post("/v1/matches/{match_id}/declination", access=_SIDES)
async def decline_match(match_id: MatchId, body: Reason, edge: EdgeIn) -> MatchView:
    """Say no for one's side."""
    command = DeclineMatch(
        match_id=match_id, organization_id=edge.organization_id, roles=edge.who.roles, reason=body.reason
    )
    return await edge.act(handlers.decline_match, command, on=(Match, match_id), answer=MatchView.of)


@router.get("/v1/matches/{match_id}", access=READ)
async def match(match_id: MatchId, edge: EdgeIn) -> MatchView:
    """One match."""
    return await edge.show(Match, match_id, MatchView.of)


@router.get("/v1/matches", access=READ)
async def matches(
    edge: EdgeIn,
    page: PageIn,
    *,
    need_id: NeedId | None = None,
    line_no: LineNo | None = None,
    status: MatchStatus | None = None,
    candidate_kind: CandidateKind | None = None,
) -> Page[MatchView]:
    """One's own organisation's matches, on either side."""
    return await edge.page(
        Match, page, MatchView.of, need_id=need_id, line_no=line_no, status=status, candidate_kind=candidate_kind
    )
