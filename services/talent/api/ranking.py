"""A need's ranking as it is shown: bounded, with what was proposed beside what would be proposed now."""

from collections.abc import Mapping
from typing import Final, Self

from pydantic import BaseModel, ConfigDict

from services.talent.domain import candidate as domain
from services.talent.domain.explanation import explanation
from services.talent.domain.proposal import Proposal
from services.talent.domain.ranking import Ranking
from services.talent.domain.reasons import explain
from services.talent.domain.scoring import Rejected, Scored
from services.talent.handlers.ranking import NeedRanking
from shared.contracts.talent import ScoreParts

MOST_SHOWN: Final = 200
"""So many of a line's candidates are shown in full, and as many of those left out; the rest is counted."""


class _View(BaseModel):
    model_config = ConfigDict(frozen=True)


class CandidateRef(_View):
    """Who is meant."""

    kind: str
    id: str
    organization_id: str

    @classmethod
    def of(cls, candidate: domain.Candidate) -> Self:
        """The reference to a candidate."""
        return cls(kind=candidate.kind, id=candidate.id, organization_id=candidate.organization_id)


class RankedView(_View):
    """A candidate that could meet the line. `match` says how its proposal stands, if it was ever proposed."""

    rank: int
    candidate: CandidateRef
    score: float
    parts: ScoreParts
    missing_skills: list[str]
    explanation: str
    match_id: str | None
    match: str | None

    @classmethod
    def of(cls, rank: int, scored: Scored, proposal: Proposal | None) -> Self:
        """The view of a scored candidate at its place."""
        return cls(
            rank=rank,
            candidate=CandidateRef.of(scored.candidate),
            score=scored.score,
            parts=scored.parts.told(),
            missing_skills=list(scored.missing),
            explanation=explanation(scored),
            match_id=proposal.id if proposal else None,
            match=proposal.status.value if proposal else None,
        )


class RejectedView(_View):
    """A candidate that could not, and why."""

    candidate: CandidateRef
    reasons: list[str]
    sentence: str

    @classmethod
    def of(cls, rejected: Rejected) -> Self:
        """The view of a rejected candidate."""
        return cls(
            candidate=CandidateRef.of(rejected.candidate),
            reasons=[reason.value for reason in rejected.reasons],
            sentence=explain(rejected.reasons),
        )


class LineView(_View):
    """One line with its candidates. `could` and `could_not` count them all, also those not shown."""

    line_no: int
    kind: str
    headcount: int
    open: bool
    could: int
    could_not: int
    rejected_by: dict[str, int]
    ranking: list[RankedView]
    rejected: list[RejectedView]

    @classmethod
    def of(cls, ranking: Ranking, *, is_open: bool, proposals: Mapping[str, Proposal]) -> Self:
        """The view of one line's ranking."""
        line = ranking.line
        shown = enumerate(ranking.scored[:MOST_SHOWN], start=1)
        return cls(
            line_no=line.line_no,
            kind=line.kind,
            headcount=line.headcount,
            open=is_open,
            could=len(ranking.scored),
            could_not=len(ranking.rejected),
            rejected_by=ranking.counted(),
            ranking=[RankedView.of(rank, found, proposals.get(found.candidate.id)) for rank, found in shown],
            rejected=[RejectedView.of(rejected) for rejected in ranking.rejected[:MOST_SHOWN]],
        )


class NeedRankingView(_View):
    """A need's lines, each with its candidates."""

    need_id: str
    organization_id: str
    status: str
    model_version: str
    lines: list[LineView]

    @classmethod
    def of(cls, ranked: NeedRanking) -> Self:
        """The view of a need's ranking."""
        demand = ranked.demand
        return cls(
            need_id=demand.id,
            organization_id=demand.organization_id,
            status=demand.status.value,
            model_version=ranked.model_version,
            lines=[
                LineView.of(
                    ranking,
                    is_open=ranking.line in demand.open_lines,
                    proposals={p.candidate_id: p for p in ranked.proposals if p.line_no == ranking.line.line_no},
                )
                for ranking in ranked.rankings
            ],
        )
