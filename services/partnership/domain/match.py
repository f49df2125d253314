"""A candidate for one line of a need: proposed by talent, answered by both sides."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Self

from services.partnership.domain.match_refusals import AnsweredTooLate, NotDeclinable, NotPending, NotYourSide
from services.partnership.domain.match_sides import CANDIDATE_ROLES, Acceptance, Side, sides_of
from shared.contracts.fields import REGION_TIME
from shared.contracts.partnership import (
    Candidate,
    MatchAccepted,
    MatchConfirmed,
    MatchDeclined,
    MatchExpired,
    MatchState,
)
from shared.contracts.talent import ScoreParts
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.words import Role, Verbatim, word_of


class MatchStatus(State):
    """What has become of a match."""

    PROPOSED = "proposed", "待答复", "proposed"
    ACCEPTED_ONE_SIDE = "accepted_one_side", "一方已接受", "accepted by one side"
    CONFIRMED = "confirmed", "已确认", "confirmed"
    DECLINED = "declined", "已谢绝", "declined"
    EXPIRED = "expired", "已失效", "expired"


PENDING: Final = frozenset({MatchStatus.PROPOSED, MatchStatus.ACCEPTED_ONE_SIDE})
LIVE: Final = PENDING | {MatchStatus.CONFIRMED}
NOT_ANSWERED: Final = "not_answered"
NEED_CLOSED: Final = "need_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well a candidate fits, in points of 100, and why; as talent explains it."""

    rank: int
    score: float
    parts: ScoreParts
    missing_skills: tuple[str, ...]
    explanation: str
    model_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Aggregate):
    """Talent's proposal under talent's id, and what both sides said to it."""

    kind: ClassVar[str] = "match"
    need_id: str
    line_no: int
    need_organization_id: str
    candidate_kind: str
    candidate_id: str
    candidate_organization_id: str
    scored: Score
    status: MatchStatus = MatchStatus.PROPOSED
    acceptances: tuple[Acceptance, ...] = ()
    reason: str | None = None
    expires_at: datetime

    @property
    def owners(self) -> frozenset[str]:
        """Both sides."""
        return frozenset({self.need_organization_id, self.candidate_organization_id})

    @property
    def candidate(self) -> Candidate:
        """Who or what could meet the line."""
        return Candidate(kind=self.candidate_kind, id=self.candidate_id, organization_id=self.candidate_organization_id)

    @property
    def is_pending(self) -> bool:
        """Whether a side is still to answer."""
        return self.status in PENDING

    def has_lapsed(self, at: datetime) -> bool:
        """Whether a side is still to answer and its time is over."""
        return self.is_pending and self.expires_at <= at

    def rescore(self, scored: Score) -> Self:
        """The same candidate scored again; once somebody has accepted, what they accepted stands."""
        return replace(self, scored=scored) if self.status is MatchStatus.PROPOSED else self

    def accept(
        self, organization_id: str, roles: Collection[str], *, at: datetime
    ) -> tuple[Self, tuple[MatchAccepted | MatchConfirmed, ...]]:
        """Say yes for one's side. Saying it twice changes nothing and tells nothing."""
        sides = self._sides(organization_id, roles) - {given.side for given in self.acceptances}
        if self.status in LIVE and not sides:
            return self, ()
        self._require_pending(at)
        yes = tuple(Acceptance(side=side, organization_id=organization_id, at=at) for side in sorted(sides))
        accepted = replace(self, acceptances=(*self.acceptances, *yes), status=MatchStatus.ACCEPTED_ONE_SIDE)
        if len(accepted.acceptances) < len(Side):
            return accepted, (MatchAccepted.model_validate(self._told(accepted_by_id=organization_id)),)
        confirmed = replace(accepted, status=MatchStatus.CONFIRMED)
        return confirmed, (MatchConfirmed.model_validate(self._told()),)

    def decline(self, organization_id: str, roles: Collection[str], *, reason: str) -> tuple[Self, MatchDeclined]:
        """Say no for one's side, also after a yes."""
        self._sides(organization_id, roles)
        if self.status not in LIVE:
            raise NotDeclinable(status=self.status)
        declined = replace(self, status=MatchStatus.DECLINED, reason=reason)
        return declined, MatchDeclined.model_validate(self._told(declined_by_id=organization_id, reason=reason))

    def expire(self, *, reason: str) -> tuple[Self, MatchExpired]:
        """Nobody answered in time (`not_answered`), or the need is no longer open to it (`need_closed`)."""
        expired = replace(self, status=MatchStatus.EXPIRED, reason=reason)
        return expired, MatchExpired.model_validate(self._told(reason=reason))

    def state(self) -> MatchState:
        """The match as it is now."""
        now = {"status": self.status.value, "score": self.scored.score, "expires_at": self.expires_at}
        pending = self._pending_organization_ids if self.is_pending else None
        return MatchState.model_validate(self._told(**now, version=self.version, pending_organization_ids=pending))

    @property
    def _pending_organization_ids(self) -> list[str]:
        """Who is still to answer; an organisation on both sides until it has answered for both."""
        sides = {Side.NEED: self.need_organization_id, Side.CANDIDATE: self.candidate_organization_id}
        answered = {given.side for given in self.acceptances}
        return list(dict.fromkeys(id for side, id in sides.items() if side not in answered))

    def _sides(self, organization_id: str, roles: Collection[str]) -> frozenset[Side]:
        sides = sides_of(self.candidate, self.need_organization_id, organization_id, roles)
        if not sides:
            raise NotYourSide(role=word_of(Role, CANDIDATE_ROLES[self.candidate_kind]))
        return sides

    def _require_pending(self, at: datetime) -> None:
        if not self.is_pending:
            raise NotPending(status=self.status)
        if self.has_lapsed(at):
            raise AnsweredTooLate(until=Verbatim(self.expires_at.astimezone(REGION_TIME).isoformat(timespec="minutes")))

    def _told(self, **more: object) -> dict[str, object]:
        return {
            "match_id": self.id,
            "need_id": self.need_id,
            "line_no": self.line_no,
            "need_organization_id": self.need_organization_id,
            "candidate": self.candidate,
            **more,
        }
