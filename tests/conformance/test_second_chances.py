"""What waits for its parent, in crowds: all of it follows soon, and none stands in the way of others for ever."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled
from shared.kernel.work import NotYet
from shared.messaging import dead_letters as letters
from shared.messaging import retrying
from shared.messaging.consumer import Consumer
from shared.messaging.inbox import POSITION
from shared.messaging.retrying import SecondChances
from shared.persistence.database import Database
from tests.conformance.deliveries import dead_letters, filled, heard, intake_of, now
from tests.conformance.sample import NeighbourWork, neighbour
from tests.plans import plan_of

CROWD = 250


async def test_a_crowd_whose_parents_have_come_follows_page_after_page(database: Database) -> None:
    here = set[str]()
    chances, needs = await _waiting(database, here.__contains__)
    here.update(needs)

    turns = [await chances.retry_waiting() for _ in range(3)]

    assert turns == [True, True, False], "whoever was helped is followed at once"
    assert await heard(database) == dict.fromkeys(needs, (1,))
    assert await dead_letters(database) == []


async def test_who_is_helped_is_followed_without_a_rest(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrying, "EVERY", timedelta(hours=1))
    here = set[str]()
    chances, needs = await _waiting(database, here.__contains__)
    here.update(needs)

    running = asyncio.create_task(chances.run())
    try:
        async with asyncio.timeout(60):
            while await dead_letters(database):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_those_that_must_wait_do_not_hold_up_the_last_of_a_crowd(database: Database) -> None:
    here = set[str]()
    chances, needs = await _waiting(database, here.__contains__)
    here.add(needs[-1])

    for _ in range(3):
        await chances.retry_waiting()

    assert await heard(database) == {needs[-1]: (1,)}
    assert {letter["attempts"] for letter in await dead_letters(database)} == {2}


async def test_the_turn_after_the_last_begins_with_the_first_again(database: Database) -> None:
    chances, _ = await _waiting(database, lambda _need: False)

    for _ in range(4):
        await chances.retry_waiting()

    assert sorted(letter["attempts"] for letter in await dead_letters(database)) == [2] * 150 + [3] * 100


async def test_a_page_of_a_crowd_is_one_transaction(database: Database) -> None:
    here = set[str]()
    chances, needs = await _waiting(database, here.__contains__)
    here.update(needs[::2])
    before = database.committed.count

    await chances.retry_waiting()

    assert database.committed.count == before + 1, "those that can be heard of and those that cannot"
    assert len(await heard(database)) == 50
    assert sorted(letter["attempts"] for letter in await dead_letters(database)) == [1] * 150 + [2] * 50


async def test_one_that_the_database_refuses_costs_its_page_little(database: Database) -> None:
    here, spoilt = set[str](), set[str]()
    chances, needs = await _waiting(database, here.__contains__, spoilt)
    here.update(needs)
    spoilt.add(needs[37])
    before = database.committed.count

    for _ in range(3):
        await chances.retry_waiting()

    assert database.committed.count - before < 15
    assert await heard(database) == {need: (1,) for need in needs if need not in spoilt}
    assert [(letter["key"], letter["status"]) for letter in await dead_letters(database)] == [(needs[37], "open")]


async def test_what_was_dealt_with_meanwhile_is_not_run(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    here = set[str]()
    chances, needs = await _waiting(database, here.__contains__)
    here.update(needs)
    found = letters.retriable

    async def discarded_meanwhile(connection: AsyncConnection, *asked: Any, **more: Any) -> Any:
        rows = await found(connection, *asked, **more)
        async with database.writing() as other:
            await letters.mark(other, [rows[0]["id"]], "discarded", now())
            await letters.forget(other, [rows[1]["id"]])
        return rows

    monkeypatch.setattr(letters, "retriable", discarded_meanwhile)
    await chances.retry_waiting()

    assert set(await heard(database)) == set(needs[2:100])


# PostgreSQL decides by the sizes of its tables.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_more_of_a_crowd_than_a_page_is_looked_at(database: Database) -> None:
    plan = await plan_of(database, lambda connection: letters.retriable(connection, "talent.heard", 100))

    assert [step for step in plan if "B-TREE" in step] == [], "everything that waits is sorted for each page"
    assert sum("INDEX dead_letter_by_turn (status=? AND consumer=? AND id>?)" in step for step in plan) == 2


async def _waiting(
    database: Database, is_here: Callable[[str], bool], spoilt: Collection[str] = ()
) -> tuple[SecondChances, Sequence[str]]:
    """A crowd of needs that are heard of once they are here, but for what the database cannot keep."""
    consumer, needs = Consumer("talent.heard"), [new_id("need") for _ in range(CROWD)]

    @consumer.reaction(NeedFulfilled)
    async def hear(fact: NeedFulfilled, work: NeighbourWork) -> None:
        if not is_here(fact.need_id):
            raise NotYet("the need")
        if fact.need_id in spoilt:
            work.keep_row(POSITION, {"consumer": fact.need_id, "source": "x", "position": 2**70})
        await neighbour().reactions[NeedFulfilled.wire.type].react(fact, work)

    intake = intake_of(consumer, database)
    await intake.take([filled(need, 1) for need in needs])
    return SecondChances(intake, now()), needs
