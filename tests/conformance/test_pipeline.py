"""What happens to a batch, on both databases: once per event, in order, poison set aside, nothing lost."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from shared.contracts.ids import new_id
from shared.contracts.partnership import NeedFulfilled
from shared.kernel.work import Told
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import POSITION, position_of
from shared.messaging.pipeline import Place
from shared.persistence.database import Database
from shared.persistence.record import split_headers
from shared.persistence.spine import OutboxRow, table_of
from tests.conformance.deliveries import dead_letters, filled, heard, intake_of, pipeline_of, poison
from tests.conformance.sample import Heard, NeighbourWork, Table, neighbour


async def test_every_event_acts_once_however_often_it_comes(database: Database) -> None:
    pipeline, need = pipeline_of(neighbour(), database), new_id("need")
    batch = [filled(need, count) for count in (1, 2, 3)]

    await pipeline.process([*batch, batch[0]])
    await pipeline.process(batch)

    assert await heard(database) == {need: (1, 2, 3)}


async def test_one_poison_in_five_hundred_is_one_dead_letter_and_499_effects(database: Database) -> None:
    pipeline = pipeline_of(neighbour(), database)
    needs = [new_id("need") for _ in range(499)]
    batch = [filled(need, 1) for need in needs]
    batch.insert(250, poison(new_id("need")))

    await pipeline.process(batch)

    [letter] = await dead_letters(database)
    assert (letter["status"], letter["error_type"]) == ("open", "ValueError")
    assert await heard(database) == dict.fromkeys(needs, (1,))


async def test_what_only_the_database_refuses_is_found_by_halving(database: Database) -> None:
    consumer, needs = Consumer("talent.heard"), [new_id("need") for _ in range(20)]

    @consumer.reaction(NeedFulfilled)
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        too_large = 2**70 if event.headcount_filled == 13 else 0
        work.keep_row(POSITION, {"consumer": event.need_id, "source": "x", "position": too_large})

    await pipeline_of(consumer, database).process([filled(need, count) for count, need in enumerate(needs)])

    [letter] = await dead_letters(database)
    assert letter["error_type"] == "RefusedByDatabaseError"
    async with database.reading() as connection:
        assert await position_of(connection, needs[12], "x") == 0
        kept = select(func.count()).select_from(Table.metadata.tables["position"])
        assert (await connection.execute(kept)).scalar() == 19


@pytest.mark.parametrize(
    "broken",
    [
        {"payload": b"\xff\xfe no json"},
        {"payload": b'{"need_id": 7}'},
        {"payload": None},
        {"payload": b'{"need_id":"a\\u0000b"}'},
    ],
    ids=["bytes", "schema", "no body", "NUL"],
)
async def test_a_body_that_cannot_be_read_is_set_aside(database: Database, broken: dict[str, bytes | None]) -> None:
    pipeline, need = pipeline_of(neighbour(), database), new_id("need")

    await pipeline.process([replace(filled(new_id("need"), 1), **broken), filled(need, 1)])  # type: ignore[arg-type]

    assert [letter["status"] for letter in await dead_letters(database)] == ["open"]
    assert await heard(database) == {need: (1,)}


async def test_what_nobody_can_read_is_set_aside_once_for_the_service(database: Database) -> None:
    intake, need = intake_of(neighbour(), database), new_id("need")
    unreadable = Delivery("sunmao.partnership.events.v1", 3, 9, "k", (("ce_type", b"\xff"),), b"{}")

    await intake.take([unreadable, filled(need, 1)])

    [letter] = await dead_letters(database)
    assert (letter["consumer"], letter["offset"]) == ("talent.intake", 9)
    assert await heard(database) == {need: (1,)}


async def test_an_event_of_an_unknown_type_is_passed_over(database: Database) -> None:
    intake = intake_of(neighbour(), database)
    known = filled(new_id("need"), 1)
    headers = tuple((n, b"sunmao.partnership.need.praised.v1" if n == "ce_type" else v) for n, v in known.headers)

    await intake.take([replace(known, headers=headers)])

    assert await dead_letters(database) == []
    assert await heard(database) == {}


async def test_an_open_dead_letter_is_told_to_the_dead_letter_topic(database: Database) -> None:
    await pipeline_of(neighbour(), database).process([poison(new_id("need"))])

    outbox = table_of(OutboxRow)
    async with database.reading() as connection:
        [row] = (await connection.execute(select(outbox))).mappings().all()
    told = dict(split_headers(row["headers"]))
    assert row["topic"] == "sunmao.talent.dead-letters.v1"
    assert (told["dlq_consumer"], told["dlq_error_type"]) == (b"talent.heard", b"ValueError")


async def test_a_reaction_is_told_who_told_it_as_which_version_and_when(database: Database) -> None:
    consumer, told = Consumer("talent.heard"), list[Told | None]()

    @consumer.reaction(NeedFulfilled)
    async def hear(_event: NeedFulfilled, work: NeighbourWork) -> None:
        told.append(work.context.told)

    event = filled(new_id("need"), 7)
    await pipeline_of(consumer, database).process([event])

    assert told == [Told("/sunmao/partnership", 7, event.envelope.time)]


async def test_the_place_moves_in_the_transaction_that_acts(database: Database) -> None:
    pipeline = pipeline_of(neighbour(), database)

    await pipeline.process([poison(new_id("need")), filled(new_id("need"), 1)], [Place("partnership", 17)])

    async with database.reading() as connection:
        assert await position_of(connection, "talent.heard", "partnership") == 17


async def test_events_whose_very_questions_the_database_refuses_are_set_aside(database: Database) -> None:
    consumer, needs = Consumer("talent.heard"), [new_id("need") for _ in range(3)]

    async def ask(events: Mapping[str, NeedFulfilled], work: NeighbourWork) -> None:
        await work.heard.known(event.need_id for event in events.values())

    @consumer.reaction(NeedFulfilled, foresee=ask)
    async def hear(event: NeedFulfilled, work: NeighbourWork) -> None:
        work.heard.add(Heard(id=event.need_id, story=event.need_id, counts=(event.headcount_filled,)))

    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE heard RENAME TO heard_away"))
    await pipeline_of(consumer, database).process([filled(need, n) for n, need in enumerate(needs, start=1)])

    assert [letter["error_type"] for letter in await dead_letters(database)] == ["RefusedByDatabaseError"] * 3
