"""A candidate and a line of a need, between proposal and the answers of both sides."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Instant, Known, LineNo, Text
from shared.contracts.ids import MatchId, NeedId, OrganizationId
from shared.contracts.partnership.candidate import Candidate


class MatchBody(Body):
    """A candidate for one line of a need."""

    match_id: MatchId
    need_id: NeedId
    line_no: LineNo
    need_organization_id: OrganizationId
    candidate: Candidate


@named("partnership.match.accepted", key="match_id")
class MatchAccepted(MatchBody, Event):
    """One of the two sides accepted; the other is still to answer."""

    accepted_by_id: OrganizationId


@named("partnership.match.confirmed", key="match_id")
class MatchConfirmed(MatchBody, Event):
    """Both sides accepted."""


@named("partnership.match.declined", key="match_id")
class MatchDeclined(MatchBody, Event):
    """One side declined."""

    declined_by_id: OrganizationId
    reason: Text


@named("partnership.match.expired", key="match_id")
class MatchExpired(MatchBody, Event):
    """Nobody answered in time, or the need is no longer open."""

    reason: Annotated[str, Known("not_answered", "need_closed")]


@named("partnership.match.state", key="match_id")
class MatchState(MatchBody, State):
    """A match as it is now. `pending_organization_ids` are the sides whose answer is waited for."""

    status: Annotated[str, Known("proposed", "accepted_one_side", "confirmed", "declined", "expired")]
    score: float = Field(ge=0, le=100)
    expires_at: Instant
    pending_organization_ids: list[OrganizationId] | None = None
