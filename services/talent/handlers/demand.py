"""A need was posted, changed or closed: score who could meet it, keep the proposals in step."""

from collections.abc import Sequence

from services.talent.domain.demand import Demand
from services.talent.domain.docking import Settlement, drop_lost_lines, settle
from services.talent.domain.proposal import Proposal
from services.talent.domain.ranking import Ranking, rank
from services.talent.handlers.keeping import keep
from services.talent.ports import Work
from shared.contracts.partnership import (
    AgreementTerminated,
    NeedAmended,
    NeedContracted,
    NeedExpired,
    NeedPosted,
    NeedWithdrawn,
)
from shared.contracts.talent import NoMatchFound


async def weigh_need(event: NeedPosted | NeedAmended, work: Work) -> None:
    """Score everybody for every open line; say of a line whom nobody can meet why not."""
    demand = await work.demands.find(event.need_id)
    at = work.context.now
    if demand is None:
        demand = Demand.of(event, story=work.context.correlation_id or event.need_id, at=at)
        proposals: Sequence[Proposal] = ()
    else:
        demand = demand.amend(event, at=at)
        proposals = await work.proposals.where(need_id=demand.id)
    rankings = await _rankings(demand, work)
    save = work.demands.save if demand.version else work.demands.add
    save(demand, *(_none_found(demand, ranking) for ranking in rankings if not ranking.scored))
    for proposal, dropped in drop_lost_lines(demand, proposals):
        work.proposals.save(proposal, dropped)
    for ranking in rankings:
        keep(settle(demand, ranking, proposals), work)


async def close_need(event: NeedWithdrawn | NeedExpired, work: Work) -> None:
    """Look for nobody any more. Partnership ends the matches itself, so nothing is said."""
    if (demand := await work.demands.find(event.need_id)) is None:
        return
    work.demands.save(demand.close())
    for proposal in await work.proposals.where(need_id=demand.id, status="pending"):
        work.proposals.save(proposal.close())


async def contract_line(event: NeedContracted, work: Work) -> None:
    """An agreement holds the line: nobody else is proposed for it."""
    if demand := await work.demands.find(event.need_id):
        work.demands.save(demand.contract(event.line_no))


async def reopen_line(event: AgreementTerminated, work: Work) -> None:
    """An agreement ended before its start: its line looks for somebody again."""
    if event.need_id is None or event.line_no is None or not event.before_start:
        return
    if demand := await work.demands.find(event.need_id):
        work.demands.save(demand.reopen(event.line_no, at=work.context.now))


async def look_again(need_id: str, work: Work) -> None:
    """Propose who fits and was not seen at first, and who comes next where a place has become free."""
    demand = await work.demands.get(need_id)
    work.demands.save(demand.looked())
    proposals = await work.proposals.where(need_id=demand.id)
    for ranking in await _rankings(demand, work):
        keep(Settlement(settle(demand, ranking, proposals).new, ()), work)


async def _rankings(demand: Demand, work: Work) -> list[Ranking]:
    pool, measure = await work.pool(), work.measure(demand.terms.region_code)
    return [rank(demand, line, pool, measure) for line in demand.open_lines]


def _none_found(demand: Demand, ranking: Ranking) -> NoMatchFound:
    return NoMatchFound(need_id=demand.id, line_no=ranking.line.line_no, rejected=ranking.counted())
