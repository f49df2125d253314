"""A candidate proposed for one line of a need: born as a match under talent's id, scored again, dropped or closed."""

import hashlib
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from services.talent.domain.demand import Demand
from services.talent.domain.explanation import explanation
from services.talent.domain.scoring import Parts, Scored
from shared.contracts import partnership
from shared.contracts.ids import PREFIXES
from shared.contracts.talent import MatchDropped, MatchProposed
from shared.errors import State
from shared.kernel.aggregate import Aggregate

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class ProposalStatus(State):
    """Pending until both sides answered, its time ran out, it was dropped, or nobody looks for it any more."""

    PENDING = "pending", "待答复", "pending"
    CLOSED = "closed", "已关闭", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Aggregate):
    """What was proposed, and why. Unique for (need, line, candidate): who was closed is not proposed there again."""

    kind: ClassVar[str] = "match"
    need_id: str
    line_no: int
    need_organization_id: str
    candidate_kind: str
    candidate_id: str
    organization_id: str
    status: ProposalStatus
    rank: int
    score: float
    parts: Parts
    missing_skills: tuple[str, ...]
    explanation: str
    model_version: str

    @classmethod
    def of(cls, demand: Demand, scored: Scored, *, rank: int) -> tuple[Self, MatchProposed]:
        """Propose a candidate. The proposal belongs to the story of the need, and is demonstration data if that is."""
        line, candidate = scored.meeting.line, scored.candidate
        proposal = cls(
            id=match_id(demand.id, line.line_no, candidate.id),
            story=demand.story,
            test=demand.test,
            need_id=demand.id,
            line_no=line.line_no,
            need_organization_id=demand.organization_id,
            candidate_kind=candidate.kind,
            candidate_id=candidate.id,
            organization_id=candidate.organization_id,
            status=ProposalStatus.PENDING,
            rank=rank,
            score=scored.score,
            parts=scored.parts,
            missing_skills=scored.missing,
            explanation=explanation(scored),
            model_version=scored.meeting.measure.version,
        )
        return proposal, proposal._told()

    @property
    def pending(self) -> bool:
        """Whether it still takes one of the line's places."""
        return self.status is ProposalStatus.PENDING

    def says(self, scored: Scored) -> bool:
        """Whether this is what was proposed already."""
        return self.parts == scored.parts and self.missing_skills == scored.missing

    def rescore(self, scored: Scored, *, rank: int) -> tuple[Self, MatchProposed]:
        """The same candidate, scored again."""
        again = replace(
            self,
            rank=rank,
            score=scored.score,
            parts=scored.parts,
            missing_skills=scored.missing,
            explanation=explanation(scored),
            model_version=scored.meeting.measure.version,
        )
        return again, again._told()

    def drop(self, reason: str) -> tuple[Self, MatchDropped]:
        """The candidate no longer fits."""
        fact = MatchDropped(match_id=self.id, need_id=self.need_id, line_no=self.line_no, reason=reason)
        return self.close(), fact

    def close(self) -> Self:
        """It no longer takes a place of the line."""
        return replace(self, status=ProposalStatus.CLOSED)

    def _told(self) -> MatchProposed:
        return MatchProposed(
            match_id=self.id,
            need_id=self.need_id,
            line_no=self.line_no,
            need_organization_id=self.need_organization_id,
            candidate=partnership.Candidate(
                kind=self.candidate_kind, id=self.candidate_id, organization_id=self.organization_id
            ),
            rank=self.rank,
            score=self.score,
            parts=self.parts.told(),
            missing_skills=list(self.missing_skills),
            explanation=self.explanation,
            model_version=self.model_version,
        )


def match_id(need_id: str, line_no: int, candidate_id: str) -> str:
    """The one id that a candidate can have for a line, so that a repeat proposes nothing twice.

    It begins with the moment of the need, as its ULID tells it, and thus sorts with it.
    """
    moment = need_id.partition("_")[2][:10]
    digest = hashlib.sha256(f"{need_id}/{line_no}/{candidate_id}".encode()).digest()
    bits = int.from_bytes(digest[:10], "big")
    return f"{PREFIXES['match']}_{moment}{''.join(_LETTERS[bits >> shift & 31] for shift in range(75, -5, -5))}"
