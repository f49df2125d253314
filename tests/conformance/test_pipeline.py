"""What happens to a batch, on both databases: once per event, in order, poison set aside, nothing lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from shared.contracts.envelope import Envelope
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.partnership import NeedFulfilled, NeedState
from shared.kernel.work import NotYet, Told
from shared.messaging.consumer import Consumer
from shared.messaging.dead_letters import Filters
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import INBOX, position_of
from shared.messaging.pipeline import Place
from shared.messaging.retrying import SecondChances
from shared.persistence.database import Database
from shared.persistence.record import split_headers, tombstone_of
from shared.persistence.spine import OutboxRow, table_of
from tests.conformance.deliveries import dead_letters, delivery, filled, heard, intake_of, now, pipeline_of, poison
from tests.conformance.sample import ORGANIZATION, Heard, NeighbourWork, Table, neighbour


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
        work.keep_row("position", {"consumer": event.need_id, "source": "x", "position": too_large})

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


async def test_the_newest_state_wins_and_an_erased_one_does_not_return(database: Database) -> None:
    pipeline, need = pipeline_of(neighbour(), database), new_id("need")

    await pipeline.process([_state(need, 2, "matching"), _state(need, 1, "posted")])
    seen = await _known(database)
    await pipeline.process([_erased(need, 3), _state(need, 2, "matching")])

    assert seen == {need: (2, "matching")}
    assert await _known(database) == {}


async def test_a_reaction_to_states_hears_the_newest_once_claims_nothing_and_forgets_what_is_erased(
    database: Database,
) -> None:
    forgotten: list[str] = []
    pipeline, need = pipeline_of(follower(forgotten), database), new_id("need")
    newest = _state(need, 3, "matched")

    await pipeline.process([_state(need, 2, "matching"), _state(need, 1, "posted")])
    await pipeline.process([newest, newest])
    await pipeline.process([newest, _erased(need, 4), _state(need, 3, "matched")])

    assert await heard(database) == {need: (2, 3)}
    assert forgotten == [need]
    assert await dead_letters(database) == []
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(INBOX))).scalar() == 0


async def test_a_state_that_cannot_be_read_is_one_dead_letter_however_often_it_comes(database: Database) -> None:
    pipeline, state = pipeline_of(follower([]), database), _state(new_id("need"), 1, "posted")

    for _ in range(2):
        await pipeline.process([replace(state, payload=b"no json")])

    assert [letter["status"] for letter in await dead_letters(database)] == ["open"]


def test_a_reaction_to_states_is_the_latest_only() -> None:
    with pytest.raises(ValueError, match="only the latest counts"):
        Consumer("talent.heard").reaction(NeedState, order="ordered")


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


def follower(forgotten: list[str]) -> Consumer:
    """A consumer that hears the versions of needs' states."""
    consumer = Consumer("talent.heard")

    async def forget(need_id: str, _work: NeighbourWork) -> None:
        forgotten.append(need_id)

    @consumer.reaction(NeedState, order="latest", forget=forget)
    async def hear(state: NeedState, work: NeighbourWork) -> None:
        known = await work.heard.find(state.need_id)
        if known is None:
            work.heard.add(Heard(id=state.need_id, story=state.need_id, counts=(state.version,)))
        else:
            work.heard.save(replace(known, counts=(*known.counts, state.version)))

    return consumer


def _with_id(event: Delivery, id: str) -> Delivery:
    headers = tuple((name, id.encode() if name == "ce_id" else value) for name, value in event.headers)
    return replace(event, headers=headers)


def _digest(consumer: Consumer) -> None:
    """After a fix, the reaction takes what it could not."""

    async def take(_event: object, _work: object) -> None:
        return None

    type_name = "sunmao.partnership.need.withdrawn.v1"
    consumer.reactions[type_name] = replace(consumer.reactions[type_name], react=take)


def _state(need: str, version: int, status: str) -> Delivery:
    today = now().date()
    line = {"line_no": 1, "kind": "rnd", "headcount": 1, "status": "open", "headcount_filled": 0}
    state = NeedState.model_validate(
        {
            "need_id": need, "organization_id": ORGANIZATION, "lines": [line], "starts_on": today, "ends_on": today,
            "region_code": "500101", "visibility": "alliance", "expires_at": now(),
            "status": status, "version": version,
        }
    )  # fmt: skip
    return delivery(state, version)


def _erased(need: str, version: int) -> Delivery:
    envelope = Envelope(
        id=new_event_id(), source="/sunmao/partnership", type=NeedState.wire.type, subject=need, time=now(),
        sequence=version, correlationid=need,
    )  # fmt: skip
    record = tombstone_of("sunmao.partnership.state.v1", f"need/{need}", envelope)
    return Delivery(record.topic, 0, 0, record.key, tuple(split_headers(record.headers)), None)


async def _known(database: Database) -> dict[str, tuple[int, str]]:
    async with database.reading() as connection:
        rows = await connection.execute(select(Table.metadata.tables["known_need"]))
        return {row.id: (row.version, row.status) for row in rows}


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
