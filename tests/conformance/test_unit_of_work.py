"""Memory, SQLite and PostgreSQL keep the same promises."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select, text

from shared.errors import LostRace, NotFound
from shared.kernel.work import Context
from shared.persistence.database import Database
from shared.persistence.floors import lay_floors
from shared.persistence.mapping import Mapping
from shared.persistence.record import split_headers
from shared.persistence.spine import OutboxRow, table_of
from shared.persistence.work import Works
from tests.conformance.sample import ClassRow, Full, Register, SchoolWork, Size, new_class

OUTBOX = table_of(OutboxRow)


def context() -> Context:
    return Context(actor="test:per_1", now=datetime.now(UTC))


@pytest.fixture
def works(database: Database) -> Works[SchoolWork]:
    return Works(database, SchoolWork)


async def test_twenty_of_fifty_who_ask_at_once_get_the_twenty_places(works: Works[SchoolWork]) -> None:
    school = new_class(20)
    async with works.open(context()) as work:
        work.classes.add(school)

    async def ask(student: int) -> str:
        try:
            async with works.open(context()) as work:
                enrolled, fact = (await work.classes.get(school.id)).enrol(f"stu_{student}")
                work.classes.save(enrolled, fact)
        except Full:
            return "full"
        return "granted"

    answers = await asyncio.gather(*(ask(student) for student in range(50)))

    assert (answers.count("granted"), answers.count("full")) == (20, 30)
    async with works.open(context()) as work:
        assert len((await work.classes.get(school.id)).students) == 20


async def test_whenever_a_command_is_cancelled_it_has_happened_wholly_or_not_at_all(
    works: Works[SchoolWork], database: Database
) -> None:
    school = new_class(1000)
    async with works.open(context()) as work:
        work.classes.add(school)

    async def enrol(student: int) -> None:
        async with works.open(context()) as work:
            enrolled, fact = (await work.classes.get(school.id)).enrol(f"stu_{student}")
            work.classes.save(enrolled, fact)

    for number in range(40):
        command = asyncio.create_task(enrol(number))
        await asyncio.sleep(number / 10_000)
        command.cancel()
        await asyncio.gather(command, return_exceptions=True)
    await enrol(40)

    async with works.open(context()) as work:
        known = await work.classes.get(school.id)
    async with database.reading() as connection:
        told = (await connection.execute(select(func.count()).select_from(OUTBOX))).scalar_one()
    assert "stu_40" in known.students
    assert (known.version, told) == (len(known.students) + 1, len(known.students))


async def test_a_table_is_read_in_parts_side_by_side(works: Works[SchoolWork]) -> None:
    school = replace(new_class(3), students=("stu_1", "stu_2"))
    async with works.open(context()) as work:
        work.classes.add(school)

    async with works.open(context()) as work:
        registers, sizes = await work.registers.where(id=[school.id]), await work.sizes.known([school.id])
        by_id = await work.registers.find(school.id)

    assert registers == [by_id] == [Register(school.id, ("stu_1", "stu_2"))]
    assert sizes == {school.id: Size(school.id, 3)}


def test_a_field_without_a_column_is_refused_and_so_is_a_column_without_a_field_unless_it_is_read_in_part() -> None:
    with pytest.raises(TypeError, match="places"):
        Mapping(Register, ClassRow)
    with pytest.raises(TypeError, match="Context and table class differ"):
        Mapping(Context, ClassRow, part=True)


async def test_a_refusal_leaves_no_trace(works: Works[SchoolWork], database: Database) -> None:
    school = new_class(0)
    async with works.open(context()) as work:
        work.classes.add(school)

    with pytest.raises(Full):
        async with works.open(context()) as work:
            (await work.classes.get(school.id)).enrol("stu_1")

    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(OUTBOX))).scalar() == 0


async def test_each_fact_takes_one_version_and_the_aggregate_has_the_last(works: Works[SchoolWork]) -> None:
    school = new_class(5)
    async with works.open(context()) as work:
        kept = work.classes.add(school)
        once, first = kept.enrol("stu_1")
        twice, second = once.enrol("stu_2")
        assert work.classes.save(twice, first, second).version == 3

    async with works.open(context()) as work:
        assert (await work.classes.get(school.id)).version == 3


async def test_what_a_step_drops_is_not_there_for_the_next(works: Works[SchoolWork]) -> None:
    school = new_class(5)
    async with works.open(context()) as work:
        work.classes.add(school)
        work.drop_step()
        assert await work.classes.find(school.id) is None

    async with works.open(context()) as work:
        with pytest.raises(NotFound):
            await work.classes.get(school.id)


async def test_where_sees_what_this_work_has_changed(works: Works[SchoolWork]) -> None:
    async with works.open(context()) as work:
        work.classes.add(new_class(7))
        work.classes.add(new_class(8))

    async with works.open(context()) as work:
        [seven] = await work.classes.where(places=7)
        work.classes.save(_with_places(seven, 8))
        assert await work.classes.where(places=7) == []
        assert len(await work.classes.where(places=[8])) == 2


async def test_the_slower_of_two_writers_is_refused_and_leaves_no_trace(works: Works[SchoolWork]) -> None:
    school = new_class(5)
    async with works.open(context()) as work:
        work.classes.add(school)

    with pytest.raises(LostRace):
        async with works.open(context()) as work:
            seen = await work.classes.get(school.id)
            await _move_on(work, school.id)
            born = work.classes.add(new_class(1))
            work.classes.save(_with_places(seen, 6))

    async with works.open(context()) as work:
        assert (await work.classes.get(school.id)).version == 1
        assert await work.classes.find(born.id) is None


def _with_places(school: Any, places: int) -> Any:
    return replace(school, places=places)


async def _move_on(work: SchoolWork, id: str) -> None:
    """Somebody whom no lock stops raises the version in the same transaction."""
    store: Any = work.store
    await store._store._connection.execute(text("UPDATE class SET version = version + 1 WHERE id = :id"), {"id": id})


async def test_an_id_that_comes_back_begins_above_what_was_told_of_it(database: Database) -> None:
    school = new_class(2)
    async with database.writing() as connection:
        await lay_floors(connection, "class", {school.id: 7})

    async with Works(database, SchoolWork).open(context()) as work:
        born = work.classes.add(*school.enrol("stu_1"))
        other = work.classes.add(new_class(2))

    async with database.reading() as connection:
        told = (await connection.execute(select(OUTBOX.c.headers).where(OUTBOX.c.key == school.id))).scalar_one()
    assert (born.version, other.version) == (8, 1)
    assert dict(split_headers(told))["ce_sequence"] == b"0000000008"
