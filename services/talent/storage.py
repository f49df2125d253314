"""How talent keeps what it owns, and what it knows of others: one table each, columns named like the fields."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from services.talent.domain.candidate import Candidate, KnownObligation, KnownOrganization, Offer
from services.talent.domain.demand import Demand, DemandStatus
from services.talent.domain.measure import Measure
from services.talent.domain.pool import Pool
from services.talent.domain.programme import Programme
from services.talent.domain.proposal import Proposal
from services.talent.domain.track_record import TrackRecord
from shared.kernel.work import Context
from shared.persistence.changes import Store
from shared.persistence.columns import Document, InstantColumn
from shared.persistence.spine import spine_into
from shared.persistence.unit_of_work import Projected, Stored, UnitOfWork
from shared.rules import Rulebook, jurisdiction_of


class Table(SQLModel, registry=registry()):
    """Talent's own metadata."""


class Row(Table):
    """What every aggregate has."""

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int


class ProgrammeRow(Row, table=True):
    """What universities teach."""

    __tablename__ = "programme"

    university_id: str = Field(index=True)
    status: str
    code: str = Field(index=True)
    name: str
    level: str
    industry_codes: Any = Field(sa_type=Document)
    occupation_codes: Any = Field(sa_type=Document)
    skills: Any = Field(sa_type=Document)
    region_code: str = Field(index=True)
    students: int
    total_half_credits: int


class DemandRow(Row, table=True):
    """Needs as talent sees them."""

    __tablename__ = "demand"

    organization_id: str
    status: str = Field(index=True)
    lines: Any = Field(sa_type=Document)
    terms: Any = Field(sa_type=Document)
    look_again_at: datetime | None = Field(default=None, sa_type=InstantColumn, index=True)


class ProposalRow(Row, table=True):
    """Who was proposed for which line, once."""

    __tablename__ = "proposal"
    __table_args__ = (UniqueConstraint("need_id", "line_no", "candidate_id", name="proposal_once"),)

    need_id: str
    line_no: int
    need_organization_id: str
    candidate_kind: str
    candidate_id: str
    organization_id: str
    status: str
    rank: int
    score: float
    parts: Any = Field(sa_type=Document)
    missing_skills: Any = Field(sa_type=Document)
    explanation: str
    model_version: str


class TrackRecordRow(Row, table=True):
    """How partners answered before, by organisation."""

    __tablename__ = "track_record"

    confirmed: int
    answered: int


class Known(Table):
    """What every row of a projection has."""

    id: str = Field(primary_key=True)
    version: int


class CandidateRow(Known, table=True):
    """Programmes, bases and teachers."""

    __tablename__ = "candidate"

    kind: str
    organization_id: str = Field(index=True)
    name: str | None = None
    status: str
    region_code: str
    latitude: float | None = None
    longitude: float | None = None
    capacity: int | None = None
    skills: Any = Field(sa_type=Document)
    programme_ids: Any = Field(sa_type=Document)
    enterprise_ids: Any = Field(sa_type=Document)
    open_scope: str | None = None
    teacher_kind: str | None = None


class OfferRow(Known, table=True):
    """Capabilities."""

    __tablename__ = "capability"

    organization_id: str = Field(index=True)
    kind: str
    published: bool
    candidate_ids: Any = Field(sa_type=Document)
    capacity: int
    starts_on: date
    ends_on: date
    skills: Any = Field(sa_type=Document)


class OrganizationRow(Known, table=True):
    """Organisations."""

    __tablename__ = "organization"

    kind: str
    status: str
    region_code: str
    latitude: float | None = None
    longitude: float | None = None


class ObligationRow(Known, table=True):
    """Practice that teachers still owe."""

    __tablename__ = "obligation"

    teacher_id: str


class TalentWork(UnitOfWork):
    """One transaction of talent."""

    service = "talent"
    programmes = Stored(Programme, ProgrammeRow)
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

    def measure(self, region_code: str) -> Measure:
        """The numbers in force today for what is needed in this region, put together once for each jurisdiction."""
        jurisdiction = jurisdiction_of(region_code)
        if jurisdiction not in self._measures:
            self._measures[jurisdiction] = Measure.of(self.rules, self.context.today, jurisdiction)
        return self._measures[jurisdiction]


spine_into(Table.metadata)
