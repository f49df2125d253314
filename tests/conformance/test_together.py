"""All consumers of a service on few records: one transaction, and after trouble each for itself, on both databases."""

from typing import Any

import pytest
from sqlalchemy import select

from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled, NeedState
from shared.messaging.consumer import Consumer
from shared.messaging.inbox import POSITION
from shared.messaging.intake import Intake, strangers_of
from shared.persistence.database import Database
from shared.persistence.sql_store import SqlStore
from tests.conformance.deliveries import dead_letters, filled, heard, metrics, pipeline_of, poison, state_of
from tests.conformance.sample import NeighbourWork, Table, neighbour


def keeper(*, most: int = 2**40) -> Consumer:
    """Keeps how far each need is filled, where the database cannot keep more than `most` of them as they are told."""
    consumer = Consumer("talent.kept")

    @consumer.reaction(NeedFulfilled)
    async def keep(event: NeedFulfilled, work: NeighbourWork) -> None:
        told = event.headcount_filled if event.headcount_filled <= most else 2**70
        work.keep_row(POSITION, {"consumer": event.need_id, "source": "kept", "position": told})

    return consumer


def both(database: Database, *consumers: Consumer) -> Intake:
    pipelines = [pipeline_of(consumer, database) for consumer in consumers]
    strangers = pipeline_of(strangers_of("talent"), database)
    return Intake(pipelines, strangers, metrics().group("talent", "sunmao.talent"))


async def kept(database: Database) -> dict[str, int]:
    position = Table.metadata.tables["position"]
    async with database.reading() as connection:
        rows = await connection.execute(select(position.c.consumer, position.c.position))
        return {row.consumer: row.position for row in rows}


@pytest.fixture
def commits(database: Database) -> list[bool]:
    """Whether each writing transaction was committed, in their order."""
    ended: list[bool] = []
    database.observe = lambda _seconds, committed: ended.append(committed)
    return ended


async def test_few_records_are_one_transaction_of_all(database: Database, commits: list[bool]) -> None:
    need = new_id("need")

    await both(database, neighbour(), keeper()).take([filled(need, 1), poison(need, 2)])

    assert commits == [True]
    assert await heard(database) == {need: (1,)}
    assert await kept(database) == {need: 1}
    assert [letter["consumer"] for letter in await dead_letters(database)] == ["talent.heard"]


async def test_many_records_are_a_transaction_for_each(database: Database, commits: list[bool]) -> None:
    needs = [new_id("need") for _ in range(60)]

    await both(database, neighbour(), keeper()).take([filled(need, 1) for need in needs])

    assert commits == [True, True]
    assert await heard(database) == dict.fromkeys(needs, (1,))
    assert await kept(database) == dict.fromkeys(needs, 1)


async def test_what_the_database_refuses_one_of_them_is_not_lost_to_the_others(
    database: Database, commits: list[bool]
) -> None:
    good, bad = new_id("need"), new_id("need")

    await both(database, neighbour(), keeper(most=1)).take([filled(good, 1), filled(bad, 2)])

    assert commits[0] is False
    assert await heard(database) == {good: (1,), bad: (2,)}
    assert await kept(database) == {good: 1}
    assert [letter["error_type"] for letter in await dead_letters(database)] == ["RefusedByDatabaseError"]


async def test_what_comes_again_is_done_once(database: Database) -> None:
    intake, need = both(database, neighbour(), Consumer("talent.deaf"), keeper()), new_id("need")
    event = filled(need, 1)

    await intake.take([event, event])
    await intake.take([event])

    assert await heard(database) == {need: (1,)}


def counting(name: str) -> Consumer:
    """Writes down of each need how often the neighbour has heard of it, and whether it is known."""
    consumer = Consumer(name)

    @consumer.reaction(NeedFulfilled)
    async def count(event: NeedFulfilled, work: NeighbourWork) -> None:
        heard, known = await work.heard.find(event.need_id), await work.needs.find(event.need_id)
        counted = len(heard.counts) if heard else 0
        work.keep_row(POSITION, {"consumer": name, "source": str(known and known.status), "position": counted})

    return consumer


async def noted(database: Database) -> set[tuple[str, str, int]]:
    position = Table.metadata.tables["position"]
    async with database.reading() as connection:
        rows = await connection.execute(select(position.c.consumer, position.c.source, position.c.position))
        return {(row.consumer, row.source, row.position) for row in rows}


async def test_what_one_has_changed_the_next_one_sees_and_all_of_it_is_written_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    need, written, write = new_id("need"), list[object](), SqlStore.write

    async def count(self: SqlStore, *what: Any, **how: Any) -> None:
        written.append(self)
        await write(self, *what, **how)

    monkeypatch.setattr(SqlStore, "write", count)
    await both(database, neighbour(), counting("talent.counted")).take([filled(need, 1)])

    assert await noted(database) == {("talent.counted", "None", 1)}
    assert len(written) == 1


async def test_what_one_projects_the_next_one_sees_though_another_has_looked_for_it_in_vain(database: Database) -> None:
    need = new_id("need")
    first, second = counting("talent.first"), counting("talent.second")
    second.projection(NeedState, table="known_need")(lambda state: {"status": state.status})

    await both(database, first, second).take([state_of(need, 1, "matching"), filled(need, 1)])

    assert await noted(database) == {("talent.first", "None", 0), ("talent.second", "matching", 0)}


async def test_what_one_of_them_has_acted_on_before_the_others_still_act_on(database: Database) -> None:
    need = new_id("need")
    event = filled(need, 1)
    await both(database, neighbour()).take([event])

    await both(database, neighbour(), keeper()).take([event])

    assert await heard(database) == {need: (1,)}
    assert await kept(database) == {need: 1}
