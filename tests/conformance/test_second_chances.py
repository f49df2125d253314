"""What waits for its parent, in crowds: all of it follows soon, and none stands in the way of others for ever."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled
from shared.kernel.work import NotYet
from shared.messaging import retrying
from shared.messaging.consumer import Consumer
from shared.messaging.retrying import SecondChances
from shared.persistence.database import Database
from tests.conformance.deliveries import dead_letters, filled, heard, intake_of, now
from tests.conformance.sample import NeighbourWork, neighbour

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


async def _waiting(database: Database, is_here: Callable[[str], bool]) -> tuple[SecondChances, Sequence[str]]:
    """A crowd of needs that are heard of once they are here."""
    consumer, needs = Consumer("talent.heard"), [new_id("need") for _ in range(CROWD)]

    @consumer.reaction(NeedFulfilled)
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        if not is_here(event.need_id):
            raise NotYet("the need")
        await neighbour().reactions[NeedFulfilled.wire.type].react(event, work)

    intake = intake_of(consumer, database)
    await intake.take([filled(need, 1) for need in needs])
    return SecondChances(intake, now()), needs
