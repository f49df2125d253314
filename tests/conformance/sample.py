"""A very small service of its own: places that are given away, and a neighbour that hears of it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar, Self

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.contracts.event import State
from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled, NeedState, NeedWithdrawn
from shared.contracts.talent import NoMatchFound
from shared.errors import Conflict
from shared.kernel.aggregate import Aggregate
from shared.messaging.consumer import Consumer
from shared.persistence.columns import Document
from shared.persistence.database import Database
from shared.persistence.spine import spine_into
from shared.persistence.unit_of_work import Projected, Stored, UnitOfWork

ORGANIZATION = "org_01K5A7Z3N4Q6R8S9T0V1W2X3Y4"


class Full(Conflict):
    """All places are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Class(Aggregate):
    """A class with so many places."""

    kind: ClassVar[str] = "class"

    places: int
    students: tuple[str, ...] = ()

    @property
    def owners(self) -> frozenset[str]:
        return frozenset({ORGANIZATION})

    def enrol(self, student: str) -> tuple[Self, NeedFulfilled]:
        if len(self.students) >= self.places:
            raise Full
        enrolled = replace(self, students=(*self.students, student))
        fact = NeedFulfilled(
            need_id=self.id,
            organization_id=ORGANIZATION,
            line_no=1,
            agreement_id="agr_01K5A7Z3N4Q6R8S9T0V1W2X3Y4",
            headcount_filled=len(enrolled.students),
        )
        return enrolled, fact

    def state(self) -> State | None:
        return None


@dataclass(frozen=True, slots=True)
class Register:
    """Of a class, who is in it."""

    id: str
    students: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Of a class, how many places it has."""

    id: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Aggregate):
    """What the neighbour heard of one class: the sequences of its events, in the order of their arrival."""

    kind: ClassVar[str] = "heard"

    counts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownNeed:
    """What the neighbour knows of a need."""

    id: str
    status: str


class Table(SQLModel, registry=registry()):
    """The tables of this sample."""


class ClassRow(Table, table=True):
    __tablename__ = "class"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    places: int
    students: Any = Field(sa_type=Document)


class HeardRow(Table, table=True):
    __tablename__ = "heard"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    counts: Any = Field(sa_type=Document)


class KnownNeedRow(Table, table=True):
    __tablename__ = "known_need"

    id: str = Field(primary_key=True)
    version: int
    status: str


class SchoolWork(UnitOfWork):
    service = "partnership"
    classes = Stored(Class, ClassRow)
    registers = Projected(Register, ClassRow, part=True)
    sizes = Projected(Size, ClassRow, part=True)


class NeighbourWork(UnitOfWork):
    service = "talent"
    heard = Stored(Heard, HeardRow)
    needs = Projected(KnownNeed, KnownNeedRow, part=True)


spine_into(Table.metadata)


def neighbour(*, order: Any = "free") -> Consumer:
    """The consumer that writes down what it hears; a withdrawal for the reason `poison` is more than it can take."""
    consumer = Consumer("talent.heard")

    @consumer.reaction(NeedFulfilled, order=order)
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        known = await work.heard.find(event.need_id)
        if known is None:
            work.heard.add(Heard(id=event.need_id, story=event.need_id, counts=(event.headcount_filled,)))
        else:
            work.heard.save(replace(known, counts=(*known.counts, event.headcount_filled)))

    @consumer.reaction(NeedWithdrawn, order=order)
    async def refuse(event: NeedWithdrawn, work: NeighbourWork) -> None:
        if event.reason == "poison":
            raise ValueError("this cannot be digested")
        work.tell(NoMatchFound(need_id=event.need_id, line_no=1), story=event.need_id)

    @consumer.projection(NeedState, table="known_need")
    def known(state: NeedState) -> dict[str, object]:
        return {"status": state.status}

    return consumer


async def create_tables(database: Database) -> None:
    """The sample's tables in a fresh database."""
    async with database.writing() as connection:
        await connection.run_sync(Table.metadata.create_all)


def new_class(places: int) -> Class:
    """A class under a need's id, so that real contracts can speak of it."""
    id = new_id("need")
    return Class(id=id, story=id, places=places)


def sqlite(folder: Path, name: str) -> Database:
    """A database file."""
    return Database(f"sqlite+aiosqlite:///{folder / name}.db")
