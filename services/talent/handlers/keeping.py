"""How a settlement is kept, whichever message it came from."""

from services.talent.domain.docking import Settlement
from services.talent.ports import Work


def keep(settlement: Settlement, work: Work) -> None:
    """Keep the proposals of a settlement and publish what they tell: first who gives a place up, then who takes one."""
    for proposal, fact in settlement.changed:
        work.proposals.save(proposal, fact)
    for proposal, proposed in settlement.new:
        work.propose(proposal, proposed)
