"""Server-sent events: nothing lost, nothing repeated, over however many connections."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from sqlalchemy.ext.asyncio import AsyncConnection

from services.notify.api.stream import Frame, FramePage, frames
from services.notify.queries import feed
from services.notify.settings import NotifySettings
from shared.persistence.database import Database
from tests.unit.notify.arrivals import arrive, give_places, raw

LIVELY = NotifySettings(heartbeat_seconds=0.01)


async def fetch(connection: AsyncConnection, place: int) -> FramePage:
    page = await feed.events_after(connection, place, feed.Wanted(type="sunmao.partnership."), 2)
    return FramePage([Frame("event", entry.position or 0, entry.subject) for entry in page.entries], page.position)


def follow(database: Database, after: int, settings: NotifySettings = LIVELY) -> AsyncIterator[bytes]:
    return frames(database, fetch, after, settings, lambda: False)


def parsed(chunk: bytes) -> dict[str, str]:
    lines = (line.partition(": ") for line in chunk.decode().splitlines() if line)
    return {name or "comment": value for name, _, value in lines}


async def take(stream: AsyncIterator[bytes], count: int) -> list[dict[str, str]]:
    """The next so many messages, heartbeats and greeting left out."""
    taken: list[dict[str, str]] = []
    while len(taken) < count:
        message = parsed(await anext(stream))
        if message.get("event") == "event":
            taken.append(message)
    return taken


async def test_a_stream_first_says_where_it_stands(database: Database) -> None:
    async with aclosing(follow(database, 7)) as stream:
        assert parsed(await anext(stream)) == {"event": "ready", "id": "7", "data": "7"}


async def test_a_reader_who_comes_back_gets_each_event_once(database: Database) -> None:
    await arrive(database, *(raw(f"need_{number}", number) for number in range(1, 8)))
    await give_places(database)
    seen: list[str] = []
    last = 0

    for count in (1, 3, 3):
        async with aclosing(follow(database, last)) as stream:
            messages = await take(stream, count)
        seen += [message["data"] for message in messages]
        last = int(messages[-1]["id"])

    assert seen == [f"need_{number}" for number in range(1, 8)]


async def test_what_is_committed_while_a_reader_waits_comes(database: Database) -> None:
    async with aclosing(follow(database, 0, NotifySettings(heartbeat_seconds=60))) as stream:
        await anext(stream)
        waiting = asyncio.create_task(take(stream, 1))
        await asyncio.sleep(0)
        await arrive(database, raw("need_1"))
        await give_places(database)

        [message] = await waiting

    assert message == {"event": "event", "id": "1", "data": "need_1"}


async def test_a_heartbeat_carries_the_place_past_what_was_not_asked_for(database: Database) -> None:
    await arrive(database, raw("mat_1", type="sunmao.talent.match.proposed.v1"))
    await give_places(database)

    async with aclosing(follow(database, 0)) as stream:
        await anext(stream)
        assert parsed(await anext(stream)) == {"comment": "heartbeat", "id": "1"}


async def test_a_stream_ends_in_time_and_when_the_process_stops(database: Database) -> None:
    short = [chunk async for chunk in follow(database, 0, NotifySettings(stream_seconds=0.01))]
    stopped = [chunk async for chunk in frames(database, fetch, 0, LIVELY, lambda: True)]

    assert all(parsed(chunk).get("event") != "event" for chunk in short)
    assert len(stopped) == 1
