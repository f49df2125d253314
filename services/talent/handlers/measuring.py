"""By which numbers a need is measured, and how a settlement is kept: what the other handlers share."""

from services.talent.domain.demand import Demand
from services.talent.domain.docking import Settlement
from services.talent.domain.measure import Measure
from services.talent.ports import Work
from shared.rules import jurisdiction_of


def measure_for(demand: Demand, work: Work) -> Measure:
    """The numbers in force today where it is needed."""
    return Measure.of(work.rules, work.context.today, jurisdiction_of(demand.terms.region_code))


def keep(settlement: Settlement, work: Work) -> None:
    """Keep the proposals of a settlement and publish what they tell."""
    for proposal, proposed in settlement.new:
        work.proposals.add(proposal, proposed)
    for proposal, fact in settlement.changed:
        work.proposals.save(proposal, fact)
