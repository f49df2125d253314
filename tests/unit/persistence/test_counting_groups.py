"""A unit of work counts what the database has, with what it has changed itself put right."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from shared.kernel.aggregate import Aggregate
from shared.persistence.columns import Document
from shared.persistence.unit_of_work import Stored, UnitOfWork
from tests.fakes import MemoryStore, memory_work


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Table(SQLModel, registry=registry()):
    """A test's own metadata."""


class PegRow(Table, table=True):
    __tablename__ = "peg"

    id: str = Field(primary_key=True)
    story: str
    test: bool
    version: int
    hole: str
    days: Any = Field(sa_type=Document)
    colour: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Peg(Aggregate):
    kind: ClassVar[str] = "peg"
    hole: str
    days: tuple[int, ...] = (1, 2)
    colour: Colour | None = None


class PegWork(UnitOfWork):
    service = "carpentry"
    pegs = Stored(Peg, PegRow)


async def kept(*pegs: Peg) -> MemoryStore:
    store = MemoryStore()
    work = memory_work(PegWork, store)
    for peg in pegs:
        work.pegs.add(peg)
    await work.flush()
    return store


def peg(number: int, hole: str = "left", **more: Any) -> Peg:
    return Peg(id=f"peg_{number}", story="s", hole=hole, **more)


async def test_equal_documents_are_counted_together() -> None:
    work = memory_work(PegWork, await kept(peg(1), peg(2), peg(3, days=(3,)), peg(4, hole="right")))

    counted = await work.pegs.count("hole", "days", hole=["left", "right"])

    assert sorted((str(row["hole"]), row["days"], number) for row, number in counted) == [
        ("left", [1, 2], 2),
        ("left", [3], 1),
        ("right", [1, 2], 1),
    ]


async def test_what_the_work_added_moved_and_took_away_is_counted_as_it_is_now() -> None:
    work = memory_work(PegWork, await kept(peg(1), peg(2)))
    first = await work.pegs.get("peg_1")
    work.pegs.save(Peg(id=first.id, story="s", version=first.version, hole="right"))
    work.pegs.add(peg(3))

    assert await work.pegs.count("hole", hole="left") == [({"hole": "left"}, 2)]
    assert await work.pegs.count("hole", hole="right") == [({"hole": "right"}, 1)]


async def test_a_choice_that_may_be_absent_comes_back_as_it_went_in() -> None:
    work = memory_work(PegWork, await kept(peg(1, colour=Colour.RED), peg(2)))

    assert (await work.pegs.get("peg_1")).colour is Colour.RED
    assert (await work.pegs.get("peg_2")).colour is None
