"""Notify on both databases: places in the feed while many write and several number, and what many make at once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from services.notify.domain.directory import Known
from services.notify.main import SERVICE
from services.notify.queries import feed, inbox
from services.notify.storage import FEED, NOTIFICATION, NotifyWork, keep_numbering, purge_feed
from services.notify.subscribers import FEED as FEED_CONSUMER
from services.notify.subscribers import INBOX
from shared.contracts.ids import new_id
from shared.contracts.talent import MatchProposed
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.inbox import purge_inbox
from shared.messaging.pipeline import Pipeline
from shared.messaging.projecting import Projector
from shared.messaging.run import Bench
from shared.persistence.database import Database
from shared.persistence.work import Works
from tests.conformance.deliveries import dead_letters, delivery, metrics, now, tracing
from tests.fakes import NOON
from tests.migrated import migrate
from tests.unit.notify.arrivals import arrive, give_places, know_on, places, raw, tell_on
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, UNIVERSITY, golden

WRITERS, BATCHES, TOGETHER = 8, 5, 10
ALL = WRITERS * BATCHES * TOGETHER
OUT_OF_ORDER = (7, 2, 9, 1, 10, 4, 8, 3, 6, 5)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Notify's database, which knows a university and an enterprise."""
    made = Database(database_url, pool_size=20)
    await migrate(made, SERVICE)
    organizations = (Known(UNIVERSITY, 1, "university", UNIVERSITY), Known(ENTERPRISE, 1, "enterprise", ENTERPRISE))
    await know_on(made, *organizations)
    yield made
    await made.close()


def pipeline(consumer: Consumer, database: Database) -> Pipeline:
    bench = Bench(consumer, Works(database, NotifyWork), Projector(consumer, SERVICE.metadata), tracing())
    return Pipeline(bench, metrics().consumer(consumer.name), now)


def proposed(need_id: str) -> Delivery:
    """That one more match of this need was proposed."""
    return delivery(golden(MatchProposed, need_id=need_id, match_id=new_id("match")), 1)


async def write(database: Database, subject: str) -> None:
    """One aggregate's versions arrive in batches, within which their order is lost."""
    for batch in range(BATCHES):
        versions = (batch * TOGETHER + place for place in OUT_OF_ORDER)
        await arrive(database, *(raw(subject, version) for version in versions), seconds=batch)


async def follow(database: Database, until: int) -> list[int | None]:
    """The places that a reader sees who asks for what comes after the last one."""
    seen: list[int | None] = []
    place = 0
    while place < until:
        heard = database.committed.count
        async with database.reading() as connection:
            page = await feed.events_after(connection, place, feed.Wanted(), 50)
        seen += [entry.position for entry in page.entries]
        place = page.position
        if not page.entries:
            await database.committed.after(heard, at_most=1)
    return seen


async def test_a_reader_misses_nothing_while_many_write_and_several_number(database: Database) -> None:
    numberers = [asyncio.create_task(keep_numbering(database, lambda _numbered: None)) for _ in range(3)]

    async with asyncio.timeout(60):
        seen, *_ = await asyncio.gather(
            follow(database, ALL), *(write(database, f"need_{number}") for number in range(WRITERS))
        )
    for numberer in numberers:
        numberer.cancel()
    await asyncio.gather(*numberers, return_exceptions=True)

    assert seen == list(range(1, ALL + 1))


async def test_versions_of_an_aggregate_stand_in_order_whoever_numbered_them(database: Database) -> None:
    await asyncio.gather(*(write(database, f"need_{number}") for number in range(WRITERS)))
    while await give_places(database):
        pass

    statement = select(FEED.c.subject, FEED.c.sequence).order_by(FEED.c.subject, FEED.c.position)
    async with database.reading() as connection:
        numbered = [tuple(row) for row in await connection.execute(statement)]

    assert len(numbered) == ALL
    assert [(one, other) for one, other in pairwise(numbered) if one[0] == other[0] and one[1] >= other[1]] == []


async def test_an_event_is_kept_once_also_where_its_claim_is_forgotten(database: Database) -> None:
    told = proposed(new_id("need"))
    for deliveries in ([told, told], [told]):
        await pipeline(FEED_CONSUMER, database).process(deliveries)
        async with database.writing() as connection:
            assert await purge_inbox(connection, now() + timedelta(days=1), 10) == 1

    async with database.reading() as connection:
        [kept] = (await connection.execute(select(FEED))).mappings()
    assert (kept["subject"], kept["version"], await dead_letters(database)) == (told.envelope.subject, 1, [])


async def test_events_that_make_the_same_item_at_once_are_all_counted(database: Database) -> None:
    need_id = new_id("need")

    await asyncio.gather(*(pipeline(INBOX, database).process([proposed(need_id)]) for _ in range(8)))

    async with database.reading() as connection:
        counted = (await connection.execute(select(NOTIFICATION.c.counted))).scalars().all()
    assert [len(items) for items in counted] == [8, 8]
    assert list(await dead_letters(database)) == []


async def test_two_majors_of_one_fact_are_kept_and_each_of_them_once(database: Database) -> None:
    first = proposed(new_id("need"))
    headers = tuple(
        (name, value.replace(b".v1", b".v2") if name == "ce_type" else value) for name, value in first.headers
    )
    second = replace(first, headers=headers)

    await pipeline(FEED_CONSUMER, database).process([first, second])
    await pipeline(FEED_CONSUMER, database).process([second])

    assert await give_places(database) == 2
    assert list(await dead_letters(database)) == []


async def test_an_item_of_many_is_told_in_its_newest_place(database: Database) -> None:
    need_id = new_id("need")
    for _ in range(2):
        await tell_on(database, golden(MatchProposed, need_id=need_id, match_id=new_id("match")))

    async with database.reading() as connection:
        told = await inbox.told(connection, [ADMIN_E], inbox.Wanted(unread=True, event_class="match"), None, 10)
        page = await inbox.told_after(connection, [ADMIN_E], 0, 10)

    assert [notification.count for notification in told] == [2]
    assert [notification.position for notification in page.notifications] == [told[0].position]
    assert page.position == 4


async def test_the_feed_is_read_by_type_and_by_story(database: Database) -> None:
    await arrive(database, raw("need_1"))
    await arrive(database, raw("need_2", type="sunmao.talent.match.proposed.v1"), seconds=1)
    await give_places(database)

    async with database.reading() as connection:
        of_type = await feed.events_after(connection, 0, feed.Wanted(type="sunmao.partnership."), 5)
        of_story = await feed.story(connection, "need_2", 5)
        newest = [await feed.newest_story(connection, test) for test in (None, False, True)]

    assert ([entry.subject for entry in of_type.entries], of_type.position) == (["need_1"], 2)
    assert [entry.subject for entry in of_story] == ["need_2"]
    assert newest == ["need_2", "need_2", None]


async def test_a_place_that_was_purged_is_not_given_again(database: Database) -> None:
    await arrive(database, raw("need_1"))
    await give_places(database)

    async with database.writing() as connection:
        purged = await purge_feed(connection, NOON + timedelta(days=1), 100)
    await arrive(database, raw("need_2"))
    await give_places(database)

    assert purged == 1
    assert await places(database) == {2: "need_2 v1"}
