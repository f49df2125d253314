"""One transaction of talent, and what it reads only once however many events it is about."""

from collections import defaultdict
from collections.abc import Mapping

from services.talent.domain.candidate import Candidate, KnownObligation, KnownOrganization, Offer
from services.talent.domain.demand import Demand, DemandStatus
from services.talent.domain.measure import Measure
from services.talent.domain.pool import Pool
from services.talent.domain.programme import Programme
from services.talent.domain.programme_year import ProgrammeYear
from services.talent.domain.proposal import Proposal
from services.talent.domain.track_record import TrackRecord
from services.talent.personal import PERSONAL
from services.talent.storage.tables import (
    CandidateRow,
    DemandRow,
    ObligationRow,
    OfferRow,
    OrganizationRow,
    ProgrammeRow,
    ProgrammeYearRow,
    ProposalRow,
    TrackRecordRow,
)
from shared.contracts.talent import MatchProposed
from shared.imports.imported import Import
from shared.kernel.work import Context
from shared.persistence.changes import Store
from shared.persistence.spine import ImportRow
from shared.persistence.unit_of_work import Projected, Stored
from shared.personal.forgetting import PersonalUnitOfWork
from shared.rules import Rulebook, jurisdiction_of


class TalentWork(PersonalUnitOfWork):
    """One transaction of talent."""

    service = "talent"
    personal = PERSONAL
    programmes = Stored(Programme, ProgrammeRow)
    programme_years = Stored(ProgrammeYear, ProgrammeYearRow)
    imports = Stored(Import, ImportRow)
    demands = Stored(Demand, DemandRow)
    proposals = Stored(Proposal, ProposalRow)
    records = Stored(TrackRecord, TrackRecordRow)
    known_records = Projected(TrackRecord, TrackRecordRow)
    candidates = Projected(Candidate, CandidateRow)
    offers = Projected(Offer, OfferRow)
    organizations = Projected(KnownOrganization, OrganizationRow)
    obligations = Projected(KnownObligation, ObligationRow)

    def __init__(self, store: Store, context: Context, *, rules: Rulebook | None = None) -> None:
        super().__init__(store, context, rules=rules)
        self._pool: Pool | None = None
        self._open_demands: list[str] | None = None
        self._open_proposals: set[str] | None = None
        self._measures: dict[str, Measure] = {}

    async def pool(self) -> Pool:
        """Everybody who could be proposed, read once: a batch writes its projections before its reactions begin.

        Track records are read without a lock: a share that lags by one answer is still a fair one.
        """
        if self._pool is None:
            self._pool = Pool.of(
                await self.candidates.where(),
                organizations=await self.organizations.where(),
                offers=await self.offers.where(published=True),
                obligations=await self.obligations.where(),
                records=await self.known_records.where(),
            )
        return self._pool

    async def open_demands(self) -> list[Demand]:
        """The needs for which somebody is looked for, each as this work has left it.

        Their locks keep two workers from giving the last free place of a line twice.
        """
        if self._open_demands is None:
            self._open_demands = [found.id for found in await self.demands.where(status=DemandStatus.OPEN.value)]
        return [await self.demands.get(need_id) for need_id in self._open_demands]

    async def open_proposals(self) -> Mapping[str, list[Proposal]]:
        """What was ever proposed for the needs of `open_demands`, by need, each as this work has left it."""
        if self._open_proposals is None:
            needs = [demand.id for demand in await self.open_demands()]
            self._open_proposals = {found.id for found in await self.proposals.where(need_id=needs)}
        by_need: dict[str, list[Proposal]] = defaultdict(list)
        for match_id in sorted(self._open_proposals):
            # What a step proposed that was dropped afterwards is not found.
            if proposal := await self.proposals.find(match_id):
                by_need[proposal.need_id].append(proposal)
        return by_need

    def propose(self, proposal: Proposal, proposed: MatchProposed) -> Proposal:
        """Keep a new proposal and publish it."""
        if self._open_proposals is not None:
            self._open_proposals.add(proposal.id)
        return self.proposals.add(proposal, proposed)

    def measure(self, region_code: str) -> Measure:
        """The numbers in force today for what is needed in this region, put together once for each jurisdiction."""
        jurisdiction = jurisdiction_of(region_code)
        if jurisdiction not in self._measures:
            self._measures[jurisdiction] = Measure.of(self.rules, self.context.today, jurisdiction)
        return self._measures[jurisdiction]
