"""A candidate is new or has changed: hold it against every open line that it could meet."""

from collections.abc import Iterator, Sequence

from services.talent.domain.candidate import Candidate, KnownOrganization
from services.talent.domain.demand import Demand, DemandLine
from services.talent.domain.docking import settle
from services.talent.domain.pool import Pool
from services.talent.domain.ranking import rank_some
from services.talent.handlers.keeping import keep
from services.talent.ports import Work
from shared.contracts.partnership import CapabilityPublished, CapabilityWithdrawn, OrganizationUpdated
from shared.contracts.talent import ProgrammeRegistered, ProgrammeUpdated
from shared.contracts.training import BaseOpened, TeacherRegistered, TeacherUpdated
from shared.kernel.work import NotYet

Match = tuple[Demand, DemandLine, list[Candidate]]


async def weigh_programme(event: ProgrammeRegistered | ProgrammeUpdated, work: Work) -> None:
    """A programme is taught, or taught otherwise."""
    await _weigh_one(Candidate.programme(event), work)


async def weigh_base(event: BaseOpened, work: Work) -> None:
    """A base is open."""
    await _weigh_one(Candidate.base(event), work)


async def weigh_teacher(event: TeacherRegistered | TeacherUpdated, work: Work) -> None:
    """A teacher is there, or there otherwise."""
    await _weigh_one(Candidate.teacher(event), work)


async def weigh_organization(event: OrganizationUpdated, work: Work) -> None:
    """An organisation was verified again, has moved, or is otherwise another: whatever it has may fit now."""
    if event.status == "suspended":
        return
    pool = (await work.pool()).with_organization(KnownOrganization.of(event))
    own = [candidate for candidate in pool.candidates.values() if candidate.organization_id == event.organization_id]
    lines = _open_lines(await work.open_demands()) if own else ()
    met = [(demand, line, [one for one in own if pool.serves(one, line.kind)]) for demand, line in lines]
    await _weigh([match for match in met if match[2]], pool, work)


async def weigh_offer(event: CapabilityPublished | CapabilityWithdrawn, work: Work) -> None:
    """Candidates are offered for a kind of need, or no longer. Waits until the offer's own state says so too."""
    published = isinstance(event, CapabilityPublished)
    offer = await work.offers.find(event.capability_id)
    if offer is None or (offer.published and not published):
        raise NotYet(f"the state of {event.capability_id} has not arrived")
    pool = await work.pool()
    listed = (pool.candidates[name] for name in offer.candidate_ids if name in pool.candidates)
    offered = [candidate for candidate in listed if pool.concerns(candidate, offer.kind)]
    lines = _open_lines(await work.open_demands())
    await _weigh([(demand, line, offered) for demand, line in lines if line.kind == offer.kind], pool, work)


async def _weigh_one(candidate: Candidate, work: Work) -> None:
    pool = (await work.pool()).with_candidate(candidate)
    lines = _open_lines(await work.open_demands())
    met = [(demand, line, [candidate]) for demand, line in lines if pool.serves(candidate, line.kind)]
    await _weigh(met, pool, work)


async def _weigh(matches: Sequence[Match], pool: Pool, work: Work) -> None:
    proposals = await work.open_proposals() if matches else {}
    for demand, line, candidates in matches:
        contenders = [pool.contender(candidate, line.kind) for candidate in candidates]
        ranking = rank_some(demand, line, contenders, work.measure(demand.terms.region_code))
        keep(settle(demand, ranking, proposals.get(demand.id, [])), work)


def _open_lines(demands: Sequence[Demand]) -> Iterator[tuple[Demand, DemandLine]]:
    for demand in demands:
        for line in demand.open_lines:
            yield demand, line
