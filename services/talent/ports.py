"""What talent's handlers need from outside, in the domain's words."""

from collections.abc import Mapping
from typing import Protocol

from services.talent.domain.candidate import Offer
from services.talent.domain.demand import Demand
from services.talent.domain.measure import Measure
from services.talent.domain.pool import Pool
from services.talent.domain.programme import Programme
from services.talent.domain.programme_year import ProgrammeYear
from services.talent.domain.proposal import Proposal
from services.talent.domain.track_record import TrackRecord
from shared.contracts.talent import MatchProposed
from shared.kernel import work
from shared.kernel.work import Reader, Repository


class Work(work.Work, Protocol):
    """One transaction of talent."""

    @property
    def programmes(self) -> Repository[Programme]:
        """What universities teach."""

    @property
    def programme_years(self) -> Repository[ProgrammeYear]:
        """What came of them in each year."""

    @property
    def demands(self) -> Repository[Demand]:
        """The needs that were posted."""

    @property
    def proposals(self) -> Repository[Proposal]:
        """Who was proposed for them."""

    @property
    def records(self) -> Repository[TrackRecord]:
        """How partners answered before."""

    @property
    def offers(self) -> Reader[Offer]:
        """What organisations offer."""

    def measure(self, region_code: str) -> Measure:
        """The numbers in force today for what is needed in this region."""

    async def pool(self) -> Pool:
        """Everybody who could be proposed, read once for all that this work does."""

    async def open_demands(self) -> list[Demand]:
        """The needs for which somebody is looked for, looked up once; each as this work has left it, and locked."""

    async def open_proposals(self) -> Mapping[str, list[Proposal]]:
        """What was ever proposed for those needs, looked up once, by need; each as this work has left it."""

    def propose(self, proposal: Proposal, proposed: MatchProposed) -> Proposal:
        """Keep a new proposal and publish it."""
