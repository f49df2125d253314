"""A very small consumer of two kinds: a projection of twelve columns, and a handler that decides and publishes."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.contracts.event import Event, State, named
from shared.contracts.fields import Code, Count
from shared.contracts.ids import NeedId, OrganizationId
from shared.kernel.aggregate import Aggregate
from shared.messaging.consumer import Consumer
from shared.persistence.columns import Document
from shared.persistence.database import Database
from shared.persistence.spine import spine_into
from shared.persistence.unit_of_work import Stored, UnitOfWork
from tests.benchmarks.events import SampleState, SampleTaken

GROUP = "talent.supply"
TOO_NEW = 1_000_000


@named("talent.supply.counted", key="need_id")
class SupplyCounted(Event):
    """What the handler publishes."""

    need_id: NeedId
    organization_id: OrganizationId
    region_code: Code
    places: Count
    places_taken: Count
    applications: Count


@named("talent.supply.state", key="need_id")
class SupplyState(State):
    """What others see of the aggregate."""

    need_id: NeedId
    places_taken: Count
    applications: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply(Aggregate):
    """How many places were taken of one need, by how many applications."""

    kind: ClassVar[str] = "supply"

    title: str
    status: str = "open"
    places_taken: int = 0
    applications: int = 0
    newest: int = 0

    def take(self, event: SampleTaken) -> tuple[Self, SupplyCounted]:
        """Count one more application. Raises `ValueError` for what is no application."""
        if event.kind == "poison":
            raise ValueError("this cannot be digested")
        taken = replace(
            self,
            places_taken=self.places_taken + event.places,
            applications=self.applications + 1,
            newest=max(self.newest, event.version),
        )
        fact = SupplyCounted(
            need_id=self.id,
            organization_id=event.organization_id,
            region_code=event.region_code,
            places=event.places,
            places_taken=taken.places_taken,
            applications=taken.applications,
        )
        return taken, fact

    def state(self) -> SupplyState:
        """What the state topic says."""
        return SupplyState(
            need_id=self.id,
            status=self.status,
            version=self.version,
            places_taken=self.places_taken,
            applications=self.applications,
        )


class Table(SQLModel, registry=registry()):
    """The tables of this sample."""


class SupplyRow(Table, table=True):
    __tablename__ = "supply"
    # What a storm breaks, and nobody but the database knows of.
    __table_args__ = (CheckConstraint(f"newest < {TOO_NEW}"),)

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    title: str
    status: str
    places_taken: int
    applications: int
    newest: int


class KnownRow(Table, table=True):
    __tablename__ = "known"

    id: str = Field(primary_key=True)
    version: int
    organization_id: str
    title: str
    kind: str
    status: str
    region_code: str
    places: int
    budget_fen: int
    starts_on: str
    tags: Any = Field(sa_type=Document)
    contact: str


class SampleWork(UnitOfWork):
    service = "talent"
    supplies = Stored(Supply, SupplyRow)


spine_into(Table.metadata)


def projecting() -> Consumer:
    """Keeps the newest state of every key."""
    consumer = Consumer(GROUP)

    @consumer.projection(SampleState, table="known")
    def known(state: SampleState) -> dict[str, object]:
        return {
            "organization_id": state.organization_id,
            "title": state.title,
            "kind": state.kind,
            "status": state.status,
            "region_code": state.region_code,
            "places": state.places,
            "budget_fen": state.budget_fen,
            "starts_on": state.starts_on,
            "tags": state.tags,
            "contact": state.contact,
        }

    return consumer


def handling() -> Consumer:
    """Loads an aggregate, decides, saves it and publishes."""
    consumer = Consumer(GROUP)

    @consumer.reaction(SampleTaken, loads=lambda event: [(Supply, event.need_id)])
    async def count(event: SampleTaken, work: SampleWork) -> None:
        supply = await work.supplies.get(event.need_id)
        work.supplies.save(*supply.take(event))

    return consumer


async def create_tables(database: Database) -> None:
    """The sample's tables in an empty database."""
    async with database.writing() as connection:
        await connection.run_sync(Table.metadata.create_all)
