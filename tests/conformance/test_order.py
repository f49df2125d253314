"""Events in their order, on both databases: what waits behind another, what is passed over, what is run again."""

from dataclasses import replace
from datetime import timedelta

from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled
from shared.kernel.work import NotYet
from shared.messaging.consumer import Consumer
from shared.messaging.dead_letters import Filters
from shared.messaging.delivery import Delivery
from shared.messaging.retrying import SecondChances
from shared.persistence.database import Database
from tests.conformance.deliveries import dead_letters, filled, heard, intake_of, now, pipeline_of, poison
from tests.conformance.sample import NeighbourWork, neighbour


async def test_ordered_events_wait_behind_the_one_that_was_set_aside(database: Database) -> None:
    need = new_id("need")
    pipeline = pipeline_of(neighbour(order="ordered"), database)

    await pipeline.process([poison(need, 1), filled(need, 2)])
    await pipeline.process([filled(need, 3)])

    assert [letter["status"] for letter in await dead_letters(database)] == ["open", "parked", "parked"]
    assert await heard(database) == {}


async def test_parked_events_follow_in_order_once_the_first_is_dealt_with(database: Database) -> None:
    need, consumer = new_id("need"), neighbour(order="ordered")
    intake = intake_of(consumer, database)
    await intake.take([poison(need, 1), filled(need, 2), filled(need, 3)])
    _digest(consumer)
    chances = SecondChances(intake, now())

    await chances.replay(Filters(), dry_run=False, limit=10, rate=None)
    await chances.retry_waiting()
    await chances.retry_waiting()

    assert await heard(database) == {need: (2, 3)}
    assert [letter["status"] for letter in await dead_letters(database)] == ["replayed"]


async def test_events_of_one_batch_are_parked_in_their_order_whatever_their_ids(database: Database) -> None:
    need, consumer = new_id("need"), neighbour(order="ordered")
    intake = intake_of(consumer, database)
    ids = [f"00000000-0000-7000-8000-00000000000{9 - number}" for number in range(4)]
    events = [poison(need, 1), *(filled(need, count) for count in (2, 3, 4))]
    await intake.take([_with_id(event, id) for event, id in zip(events, ids, strict=True)])
    _digest(consumer)
    chances = SecondChances(intake, now())

    await chances.replay(Filters(), dry_run=False, limit=10, rate=None)
    for _ in range(3):
        await chances.retry_waiting()

    assert await heard(database) == {need: (2, 3, 4)}


async def test_the_latest_order_passes_over_a_replay_of_what_is_older(database: Database) -> None:
    need, arrived, consumer = new_id("need"), set[str](), Consumer("talent.heard")

    @consumer.reaction(NeedFulfilled, order="latest")
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        if event.headcount_filled == 1 and not arrived:
            raise NotYet("the need")
        await neighbour().reactions[NeedFulfilled.wire.type].react(event, work)

    intake = intake_of(consumer, database)
    await intake.take([filled(need, 1), filled(need, 2)])
    arrived.add(need)
    await SecondChances(intake, now()).retry_waiting()

    assert await heard(database) == {need: (2,)}
    assert await dead_letters(database) == []


async def test_the_latest_order_passes_over_what_is_older(database: Database) -> None:
    pipeline, need = pipeline_of(neighbour(order="latest"), database), new_id("need")

    await pipeline.process([filled(need, 2)])
    await pipeline.process([filled(need, 1), filled(need, 3)])

    assert await heard(database) == {need: (2, 3)}


async def test_a_replay_runs_what_was_open_and_says_so(database: Database) -> None:
    consumer = neighbour()
    intake = intake_of(consumer, database)
    await intake.take([poison(new_id("need")), poison(new_id("need"))])
    _digest(consumer)
    chances = SecondChances(intake, now())

    rehearsed = await chances.replay(Filters(), dry_run=True, limit=10, rate=None)
    done = await chances.replay(Filters(error_type="ValueError"), dry_run=False, limit=10, rate=None)

    assert (rehearsed.selected, rehearsed.replayed) == (2, 0)
    assert (done.selected, done.replayed, done.failed) == (2, 2, 0)
    assert {letter["status"] for letter in await dead_letters(database)} == {"replayed"}


async def test_a_reaction_whose_parent_is_missing_waits_and_then_runs(database: Database) -> None:
    consumer, need, arrived = Consumer("talent.heard"), new_id("need"), set[str]()

    @consumer.reaction(NeedFulfilled)
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        if event.need_id not in arrived:
            raise NotYet("the need")
        await neighbour().reactions[NeedFulfilled.wire.type].react(event, work)

    intake = intake_of(consumer, database)
    await intake.take([filled(need, 1)])
    waiting = [letter["status"] for letter in await dead_letters(database)]
    arrived.add(need)
    await SecondChances(intake, now()).retry_waiting()

    assert waiting == ["waiting"]
    assert await heard(database) == {need: (1,)}
    assert await dead_letters(database) == []


async def test_what_has_waited_ten_minutes_is_open(database: Database) -> None:
    consumer = Consumer("talent.heard")

    @consumer.reaction(NeedFulfilled)
    async def hear(_event: NeedFulfilled, _work: NeighbourWork) -> None:
        raise NotYet("the need")

    await intake_of(consumer, database).take([filled(new_id("need"), 1)])
    later = intake_of(consumer, database, clock=lambda: now() + timedelta(minutes=11))
    await SecondChances(later, now()).retry_waiting()

    assert [letter["status"] for letter in await dead_letters(database)] == ["open"]


def _with_id(event: Delivery, id: str) -> Delivery:
    headers = tuple((name, id.encode() if name == "ce_id" else value) for name, value in event.headers)
    return replace(event, headers=headers)


def _digest(consumer: Consumer) -> None:
    """After a fix, the reaction takes what it could not."""

    async def take(_event: object, _work: object) -> None:
        return None

    type_name = "sunmao.partnership.need.withdrawn.v1"
    consumer.reactions[type_name] = replace(consumer.reactions[type_name], react=take)
