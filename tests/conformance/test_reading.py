"""A consumer of the embedded edition that reads several logs hears of what happened before what followed from it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.contracts.envelope import Envelope
from shared.contracts.event import Event, Message
from shared.contracts.ids import new_event_id, new_id
from shared.contracts.partnership import NeedFulfilled
from shared.contracts.talent import NoMatchFound
from shared.contracts.topics import topic_of
from shared.kernel.work import NotYet
from shared.messaging import pipeline, reading
from shared.messaging.consumer import Consumer
from shared.messaging.inbox import POSITION
from shared.messaging.log import OUTBOX, PAGE, Log, LogReader
from shared.messaging.reading import Reading
from shared.persistence.database import TOLD, Database
from shared.persistence.record import record_of
from tests.conformance.deliveries import AGREEMENT, dead_letters, heard, pipeline_of
from tests.conformance.fragile import Crashed, FragileDatabase
from tests.conformance.sample import ORGANIZATION, Heard, NeighbourWork, create_tables

MANY = 2 * PAGE + 200
BEGAN = datetime(2026, 3, 1, 8, tzinfo=UTC)
SOURCES: dict[str, type[Event]] = {"partnership": NeedFulfilled, "talent": NoMatchFound}


class Unreadable(Database):
    """A file that cannot be read while it is `gone`."""

    gone = False

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        if self.gone:
            raise OSError("no such disk")
        async with super().reading() as connection:
            yield connection


@dataclass
class Town:
    """Two services that tell, and a third that hears of both."""

    sources: dict[str, Unreadable]
    own: FragileDatabase
    readers: Sequence[LogReader] = ()

    def reading(self) -> Reading:
        """The third as it begins."""
        follows = pipeline_of(follower(), self.own)
        self.readers = [
            LogReader(follows, name, Log(self.sources[name]), frozenset({topic_of(body.wire)}))
            for name, body in SOURCES.items()
        ]
        return Reading(follows, self.readers)

    async def tell(self, *told: tuple[Message, datetime]) -> None:
        """Commit events as of these times, each in the log of its service."""
        for name, body in SOURCES.items():
            rows = [_row(message, at) for message, at in told if isinstance(message, body)]
            if rows:
                async with self.sources[name].writing() as connection:
                    await connection.execute(insert(OUTBOX), rows)
                    connection.info[TOLD] = True

    async def positions(self) -> dict[str, int]:
        """How far the third has come."""
        async with self.own.reading() as connection:
            return {row.source: row.position for row in await connection.execute(select(POSITION))}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    made = Town(
        {name: Unreadable(f"sqlite+aiosqlite:///{tmp_path}/{name}.db") for name in SOURCES},
        FragileDatabase(f"sqlite+aiosqlite:///{tmp_path}/own.db"),
    )
    for database in (*made.sources.values(), made.own):
        await create_tables(database)
    yield made
    for database in (*made.sources.values(), made.own):
        await database.close()


def follower() -> Consumer:
    """Hears that a need was filled, and of those that it has heard of that nobody else was found."""
    consumer = Consumer("talent.heard")

    @consumer.reaction(NeedFulfilled)
    async def begin(event: NeedFulfilled, work: NeighbourWork) -> None:
        known = await work.heard.find(event.need_id)
        if known is None:
            work.heard.add(Heard(id=event.need_id, story=event.need_id, counts=(event.headcount_filled,)))
        else:
            work.heard.save(replace(known, counts=(*known.counts, event.headcount_filled)))

    @consumer.reaction(NoMatchFound)
    async def follow(event: NoMatchFound, work: NeighbourWork) -> None:
        known = await work.heard.find(event.need_id)
        if known is None:
            raise NotYet(event.need_id)
        work.heard.save(replace(known, counts=(*known.counts, -event.line_no)))

    return consumer


@pytest.mark.parametrize("later", [0.5, PAGE / 2, 10 * MANY])
async def test_in_a_backlog_nothing_is_heard_before_what_it_follows_from(town: Town, later: float) -> None:
    needs = [new_id("need") for _ in range(MANY)]
    await town.tell(*((cause(need), at(place)) for place, need in enumerate(needs)))
    await town.tell(*((consequence(need), at(place + later)) for place, need in enumerate(needs)))

    batches = await _drained(town.reading())

    assert await dead_letters(town.own) == []
    assert await heard(town.own) == dict.fromkeys(needs, (1, -1))
    assert await town.positions() == {"partnership": MANY, "talent": MANY}
    assert batches <= 2 * MANY / PAGE + 3, "batches stay large"


async def test_it_goes_no_further_than_a_log_is_at_hand(town: Town) -> None:
    """A batch after which little but not nothing of a page is left, and what follows from the rows behind that page."""
    needs = [new_id("need") for _ in range(2 * PAGE)]
    little = 2 * PAGE // 5
    await town.tell(*((cause(need), at(place)) for place, need in enumerate(needs)))
    await town.tell(*((consequence(needs[0]), at(1 + place / 2)) for place in range(PAGE - little)))
    await town.tell(
        *((consequence(need), at(10 * PAGE + place)) for place, need in enumerate(reversed(needs[little:])))
    )

    await _drained(town.reading())

    assert await dead_letters(town.own) == []


async def test_each_log_keeps_its_order_whatever_its_clock_says(town: Town) -> None:
    need, counts = new_id("need"), range(1, PAGE)
    await town.tell(*((cause(need, count), at(-count)) for count in counts))
    await town.tell(*((consequence(new_id("need")), at(-count)) for count in counts))

    await _drained(town.reading())

    assert all(a < b for a, b in pairwise((await heard(town.own))[need]))


async def test_positions_move_with_what_they_stand_for(town: Town) -> None:
    need = new_id("need")
    await town.tell((cause(need), at(0)), (consequence(need), at(1)))
    town.own.mishap = "before commit"

    with pytest.raises(Crashed):
        await town.reading().advance()
    before = await town.positions()
    await _drained(town.reading())

    assert before == {}
    assert await town.positions() == {"partnership": 1, "talent": 1}
    assert await heard(town.own) == {need: (1, -1)}


async def test_a_log_that_cannot_be_read_does_not_keep_from_the_others(town: Town) -> None:
    need = new_id("need")
    await town.tell((cause(need), at(0)), (consequence(need), at(1)))
    reads, gone = town.reading(), town.sources["talent"]

    gone.gone = True
    await _drained(reads)
    meanwhile, well = await heard(town.own), [reader.healthy for reader in town.readers]
    gone.gone = False
    await asyncio.sleep(0.2)
    await _drained(reads)

    assert (meanwhile, well) == ({need: (1,)}, [True, False])
    assert await heard(town.own) == {need: (1, -1)}
    assert all(reader.healthy for reader in town.readers)


async def test_whichever_log_has_something_wakes_the_reader(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SAFETY_NET", 60.0)
    running = asyncio.create_task(town.reading().run())
    need = new_id("need")
    try:
        await asyncio.sleep(0.2)
        await town.tell((cause(need), at(0)))
        await _until_heard(town, {need: (1,)})
        await town.tell((consequence(need), at(1)))
        await _until_heard(town, {need: (1, -1)})
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_what_cannot_be_acted_on_is_read_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_PAUSES", ())
    need = new_id("need")
    await town.tell((cause(need), at(0)), (consequence(need), at(1)))
    town.own.mishap = "away"
    running = asyncio.create_task(town.reading().run())
    try:
        await _until_heard(town, {need: (1, -1)})
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _drained(reads: Reading) -> int:
    batches = 0
    while await reads.advance():
        batches += 1
    return batches


async def _until_heard(town: Town, expected: dict[str, tuple[int, ...]]) -> None:
    async with asyncio.timeout(10):
        while await heard(town.own) != expected:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def at(seconds: float) -> datetime:
    return BEGAN + timedelta(seconds=seconds)


def cause(need: str, count: int = 1) -> NeedFulfilled:
    return NeedFulfilled(
        need_id=need, organization_id=ORGANIZATION, line_no=1, agreement_id=AGREEMENT, headcount_filled=count
    )


def consequence(need: str) -> NoMatchFound:
    return NoMatchFound(need_id=need, line_no=1)


def _row(body: Message, told_at: datetime) -> dict[str, Any]:
    envelope = Envelope(
        id=new_event_id(),
        source=f"/sunmao/{body.wire.service}",
        type=body.wire.type,
        subject=body.subject,
        time=told_at,
        sequence=1,
        correlationid=body.subject,
    )
    record = record_of(body, envelope)
    return {
        "event_id": record.event_id,
        "topic": record.topic,
        "key": record.key,
        "type": record.type,
        "payload": record.payload,
        "headers": record.headers,
        "created_at": told_at,
    }
