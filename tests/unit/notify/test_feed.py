"""The feed: every event once under a consecutive place, in order per aggregate, for thirty days."""

import asyncio
from datetime import timedelta

from services.notify.queries import feed as queries
from services.notify.queries.feed import FeedPage, Span, Wanted
from services.notify.storage import keep_numbering, purge_feed
from shared.contracts.ids import new_event_id
from shared.persistence.database import Database
from tests.fakes import NOON
from tests.unit.notify.arrivals import arrive, give_places, places, raw


async def page(database: Database, after: int = 0, limit: int = 100, **wanted: str) -> FeedPage:
    async with database.reading() as connection:
        return await queries.events_after(connection, after, Wanted(**wanted), limit)


async def span(database: Database) -> Span:
    async with database.reading() as connection:
        return await queries.span(connection)


async def purge(database: Database, seconds: int, limit: int = 100) -> int:
    async with database.writing() as connection:
        return await purge_feed(connection, NOON + timedelta(seconds=seconds), limit)


def subjects(found: FeedPage) -> list[str]:
    return [entry.subject for entry in found.entries]


async def test_an_event_is_kept_once_and_two_majors_of_a_fact_are_two(database: Database) -> None:
    first, event_id = raw(id=new_event_id()), new_event_id()
    v1, v2 = raw(id=event_id), raw(id=event_id, type="sunmao.partnership.need.posted.v2")

    await arrive(database, first, v1, v2)
    await arrive(database, first)

    assert await give_places(database) == 3


async def test_what_has_no_place_is_not_served(database: Database) -> None:
    await arrive(database, raw())

    assert (await page(database)).entries == []
    assert await span(database) == Span(1, 0)


async def test_places_are_consecutive_and_given_once(database: Database) -> None:
    await arrive(database, raw("a"), raw("b"))
    await give_places(database)
    await arrive(database, raw("c"))

    given = [await give_places(database), await give_places(database)]

    assert given == [1, 0]
    assert sorted(await places(database)) == [1, 2, 3]


async def test_versions_of_an_aggregate_stand_in_order_whatever_clock_said_when_they_arrived(
    database: Database,
) -> None:
    await arrive(database, raw("a", 2), raw("a", 1), seconds=5)
    await arrive(database, raw("b", 1), seconds=4)
    await arrive(database, raw("a", 3), seconds=3)

    await give_places(database)

    assert await places(database) == {1: "b v1", 2: "a v1", 3: "a v2", 4: "a v3"}


async def test_a_page_says_up_to_where_it_has_looked(database: Database) -> None:
    await arrive(database, *(raw(name) for name in "abc"))
    await arrive(database, raw("d", type="sunmao.talent.match.proposed.v1"), seconds=1)
    await give_places(database)

    cut, rest = await page(database, limit=2), await page(database, after=2)
    filtered = await page(database, type="sunmao.partnership.")

    assert (len(cut.entries), cut.position) == (2, 2)
    assert (len(rest.entries), rest.position) == (2, 4)
    assert (len(filtered.entries), filtered.position) == (3, 4)


async def test_a_type_is_a_prefix_in_which_case_matters(database: Database) -> None:
    await arrive(database, raw("a", type="sunmao.talent.match.proposed.v1"), raw("b"))
    await give_places(database)

    assert subjects(await page(database, type="sunmao.talent.")) == ["a"]
    assert subjects(await page(database, type="sunmao.TALENT.")) == []
    assert subjects(await page(database, type="sunmao.%")) == []


async def test_a_page_is_bounded_in_bytes_and_has_at_least_one(database: Database) -> None:
    heavy = b'"' + b"x" * (5 * 1024 * 1024) + b'"'
    await arrive(database, *(raw(name, payload=heavy) for name in "ab"))
    await give_places(database)

    first = await page(database)
    second = await page(database, after=first.position)

    assert [len(first.entries), len(second.entries)] == [1, 1]
    assert (first.position, second.position) == (1, 2)


async def test_a_story_is_told_by_causation(database: Database) -> None:
    cause, effect = new_event_id(), new_event_id()
    later = NOON + timedelta(seconds=1)
    await arrive(
        database,
        raw("b", id=effect, causationid=cause, correlationid="need_1"),
        raw("a", id=cause, time=later, correlationid="need_1"),
        raw("c", correlationid="need_2"),
    )
    await give_places(database)

    async with database.reading() as connection:
        told = await queries.story(connection, "need_1", 100)

    assert [entry.subject for entry in told] == ["a", "b"]


async def test_the_newest_story_is_that_of_a_need_and_of_a_demonstration_where_asked(database: Database) -> None:
    await arrive(database, raw("need_1", test=True))
    await arrive(database, raw("need_2"), raw("org_1"), seconds=1)
    await give_places(database)

    async with database.reading() as connection:
        found = [await queries.newest_story(connection, test) for test in (None, True, False)]

    assert found == ["need_2", "need_1", "need_2"]


async def test_what_is_purged_leaves_no_hole_and_its_places_are_not_given_again(database: Database) -> None:
    for second, name in enumerate("abc"):
        await arrive(database, raw(name), seconds=second)
        await give_places(database)

    purged = [await purge(database, 2, limit=1), await purge(database, 2), await purge(database, 2)]
    held = await span(database)
    await purge(database, 9)
    emptied = await span(database)
    await arrive(database, raw("d"), seconds=9)
    await give_places(database)

    assert purged == [1, 1, 0]
    assert (held, emptied) == (Span(3, 3), Span(4, 3))
    assert await places(database) == {4: "d v1"}


async def test_the_numberer_wakes_when_something_is_committed_and_rests_when_nothing_is(database: Database) -> None:
    numberer = asyncio.create_task(keep_numbering(database, lambda _numbered: None))
    await arrive(database, raw("a"))

    while (await span(database)).newest < 1:
        await database.committed.after(database.committed.count, at_most=1)
    quiet = database.committed.count
    await database.committed.after(quiet, at_most=0.2)
    numberer.cancel()

    assert database.committed.count == quiet
