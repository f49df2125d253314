"""Who could meet a need as things are now: asked by people, changes nothing."""

from dataclasses import dataclass

from services.talent.commands import RankNeed
from services.talent.domain.demand import Demand
from services.talent.domain.proposal import Proposal
from services.talent.domain.ranking import Ranking, rank
from services.talent.ports import Work


@dataclass(frozen=True, slots=True)
class NeedRanking:
    """A need with a ranking for each of its lines, and what was proposed."""

    demand: Demand
    rankings: tuple[Ranking, ...]
    proposals: tuple[Proposal, ...]
    model_version: str


async def rank_need(command: RankNeed, work: Work) -> NeedRanking:
    """Hold everybody against every line of the need, those included that nobody is looked for any more."""
    demand = await work.demands.get(command.need_id)
    proposals = await work.proposals.where(need_id=demand.id)
    pool, measure = await work.pool(), work.measure(demand.terms.region_code)
    rankings = tuple(rank(demand, line, pool, measure) for line in demand.lines)
    return NeedRanking(demand, rankings, tuple(proposals), measure.version)
