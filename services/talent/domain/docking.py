"""What a ranking changes: whom to propose, whom to propose again with another score, and whom to drop."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.talent.domain.demand import Demand
from services.talent.domain.proposal import Proposal
from services.talent.domain.ranking import Ranking
from services.talent.domain.reasons import Reason, explain
from shared.contracts.talent import MatchDropped, MatchProposed


@dataclass(frozen=True, slots=True)
class Settlement:
    """Proposals with the facts that tell of them: those that are new, and those that stand otherwise than before."""

    new: tuple[tuple[Proposal, MatchProposed], ...]
    changed: tuple[tuple[Proposal, MatchProposed | MatchDropped], ...]


def settle(demand: Demand, ranking: Ranking, proposals: Iterable[Proposal]) -> Settlement:
    """Bring the proposals of the ranking's line up to date.

    Who was proposed and still fits keeps the place, whatever the rank. Free places go to the best who were never
    proposed for the line. A rank counts among those who hold a place.
    """
    mine = [proposal for proposal in proposals if proposal.line_no == ranking.line.line_no]
    gone = [proposal for proposal in mine if proposal.pending and _is_gone(proposal, ranking)]
    kept = [proposal for proposal in mine if proposal.pending and proposal not in gone]
    known = {proposal.candidate_id for proposal in mine}
    best = ranking.best
    fresh = [found for found in ranking.scored if found.candidate.id not in known]
    fresh = fresh[: max(0, ranking.places - len(kept))]
    held = {p.candidate_id: best[p.candidate_id].score if p.candidate_id in best else p.score for p in kept}
    ranks = _ranks({**held, **{scored.candidate.id: scored.score for scored in fresh}})
    again = [p for p in kept if p.candidate_id in best and not p.says(best[p.candidate_id])]
    return Settlement(
        new=tuple(Proposal.of(demand, scored, rank=ranks[scored.candidate.id]) for scored in fresh),
        changed=(
            *(p.rescore(best[p.candidate_id], rank=ranks[p.candidate_id]) for p in again),
            *(p.drop(explain(ranking.reasons.get(p.candidate_id, (Reason.NOT_LISTED,)))) for p in gone),
        ),
    )


def drop_lost_lines(demand: Demand, proposals: Sequence[Proposal]) -> list[tuple[Proposal, MatchDropped]]:
    """Drop what was proposed for lines that the need no longer has."""
    there = {line.line_no for line in demand.lines}
    lost = (proposal for proposal in proposals if proposal.pending and proposal.line_no not in there)
    return [proposal.drop(explain([Reason.LINE_GONE])) for proposal in lost]


def _is_gone(proposal: Proposal, ranking: Ranking) -> bool:
    if proposal.candidate_id in ranking.best:
        return False
    return ranking.complete or proposal.candidate_id in ranking.reasons


def _ranks(scores: Mapping[str, float]) -> dict[str, int]:
    ordered = sorted(scores, key=lambda candidate: (-scores[candidate], candidate))
    return {candidate: place for place, candidate in enumerate(ordered, start=1)}
