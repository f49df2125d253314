"""States instead of events, on both databases: the newest counts, and what was erased does not return."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from shared.contracts.envelope import Envelope
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.partnership import NeedState
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import INBOX
from shared.persistence.database import Database
from shared.persistence.record import split_headers, tombstone_of
from tests.conformance.deliveries import dead_letters, filled, heard, now, pipeline_of, state_of
from tests.conformance.fragile import Crashed, FragileDatabase
from tests.conformance.sample import Heard, NeighbourWork, Table, neighbour


async def test_the_newest_state_wins_and_an_erased_one_does_not_return(database: Database) -> None:
    pipeline, need = pipeline_of(neighbour(), database), new_id("need")

    await pipeline.process([state_of(need, 2, "matching"), state_of(need, 1, "posted")])
    seen = await _known(database)
    await pipeline.process([_erased(need, 3), state_of(need, 2, "matching")])

    assert seen == {need: (2, "matching")}
    assert await _known(database) == {}


async def test_what_only_keeps_states_is_kept_whole_at_once_and_with_anything_else_whole_or_not_at_all(
    database_url: str, database: Database
) -> None:
    fragile, first, alone, beside = FragileDatabase(database_url), new_id("need"), new_id("need"), new_id("need")
    pipeline, garbled = pipeline_of(neighbour(), fragile), replace(state_of(beside, 2, "posted"), payload=b"no json")
    kept = state_of(beside, 1, "posted")
    # What a work asks for once only is not part of it.
    await pipeline.process([state_of(first, 1, "posted")])

    for batch in ([state_of(alone, 1, "posted")], [kept, filled(beside, 1)], [kept, garbled]):
        fragile.mishap = "before commit"
        with pytest.raises(Crashed):
            await pipeline.process(batch)
    await fragile.close()

    # Its one statement was the whole transaction. Of the others nothing is there: no state, no effect, no dead letter.
    assert await _known(database) == {first: (1, "posted"), alone: (1, "posted")}
    assert (await heard(database), await dead_letters(database)) == ({}, [])


async def test_a_reaction_to_states_hears_the_newest_once_claims_nothing_and_forgets_what_is_erased(
    database: Database,
) -> None:
    forgotten: list[str] = []
    pipeline, need = pipeline_of(follower(forgotten), database), new_id("need")
    newest = state_of(need, 3, "matched")

    await pipeline.process([state_of(need, 2, "matching"), state_of(need, 1, "posted")])
    await pipeline.process([newest, newest])
    await pipeline.process([newest, _erased(need, 4), state_of(need, 3, "matched")])

    assert await heard(database) == {need: (2, 3)}
    assert forgotten == [need]
    assert await dead_letters(database) == []
    async with database.reading() as connection:
        assert (await connection.execute(select(func.count()).select_from(INBOX))).scalar() == 0


async def test_a_state_that_cannot_be_read_is_one_dead_letter_however_often_it_comes(database: Database) -> None:
    pipeline, state = pipeline_of(follower([]), database), state_of(new_id("need"), 1, "posted")

    for _ in range(2):
        await pipeline.process([replace(state, payload=b"no json")])

    assert [letter["status"] for letter in await dead_letters(database)] == ["open"]


def test_a_reaction_to_states_is_the_latest_only() -> None:
    with pytest.raises(ValueError, match="only the latest counts"):
        Consumer("talent.heard").reaction(NeedState, order="ordered")


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
