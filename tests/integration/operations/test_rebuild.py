"""Projections are filled again and end as they were; reactions are caught up, each event once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update

from shared.operations.visitor import AnswerError
from tests.integration.operations.town import SmallTown

REBUILDS, BACKFILLS = "/v1/operations/rebuilds", "/v1/operations/backfills"
POSTED = "sunmao.partnership.need.posted.v1"
PROJECTIONS = {
    ("talent", "talent.match"): ["candidate", "capability", "organization", "obligation"],
    ("notify", "notify.parties"): ["directory"],
    ("notify", "notify.inbox"): ["sides"],
    ("notify", "notify.ladders"): ["term"],
}


def ago(**time: float) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat()


async def populated(small: SmallTown) -> str:
    """A town in which every projection that is looked at has rows; a need, matched and told of."""
    people = small.people
    await people.settle()
    university = {"organization_id": people.university}
    teacher = {
        "staff_no": "T1",
        "name": "李雷",
        "kind": "professional_course",
        "hired_on": "2026-03-01",
        "new_hire": True,
        "region_code": "500101",
    }
    await people.post("training", "/v1/teachers", teacher, role="university_hr", **university)
    offer = {
        "kind": "order_class",
        "programme_ids": people.programmes,
        "capacity": 20,
        "starts_on": "2026-01-01",
        "ends_on": "2099-12-31",
    }
    await people.post("partnership", "/v1/capabilities", offer, role="university_coop_office", **university)
    await small.at_rest()
    need = await people.post_need()
    await people.matched(need)
    await small.at_rest()
    return need


@pytest.mark.parametrize(("service", "consumer"), list(PROJECTIONS))
async def test_a_damaged_projection_is_rebuilt_as_it_was(small: SmallTown, service: str, consumer: str) -> None:
    await populated(small)
    tables = PROJECTIONS[service, consumer]
    before = {table: await small.rows(service, table) for table in tables}
    await damaged(small, service, tables)

    done = await small.people.post(service, REBUILDS, {"consumer": consumer})

    assert {table: await small.rows(service, table) for table in tables} == before
    assert done["count"] >= sum(map(len, before.values()))


async def test_a_rebuild_runs_no_reaction_again(small: SmallTown) -> None:
    need = await populated(small)
    asked = [("talent", "inbox", "event_id"), ("talent", "outbox", "id"), ("notify", "notification", "id")]
    before = [await small.rows(service, table, order=order) for service, table, order in asked]

    for service, consumer in PROJECTIONS:
        await small.people.post(service, REBUILDS, {"consumer": consumer})

    assert [await small.rows(service, table, order=order) for service, table, order in asked] == before
    assert await small.people.candidates_of(need) == sorted(small.people.programmes)


async def test_who_rebuilt_and_caught_up_is_written_down(small: SmallTown) -> None:
    await small.people.post("notify", REBUILDS, {"consumer": "notify.parties"})
    await small.people.post("notify", BACKFILLS, {"consumer": "notify.inbox", "since": ago(hours=1)})

    noted = [(row["act"], row["subject"], row["actor"]) for row in await small.rows("notify", "audit")]
    assert noted == [
        ("projections.rebuild", "notify.parties", "ops:local.ops"),
        ("reactions.backfill", "notify.inbox", "ops:local.ops"),
    ]


@pytest.mark.parametrize(
    ("path", "body", "known"),
    [
        (REBUILDS, {"consumer": "notify.feed"}, "notify.inbox, notify.ladders, notify.parties"),
        (
            BACKFILLS,
            {"consumer": "notify.parties", "since": ago(hours=1)},
            "notify.feed, notify.inbox, notify.ladders, notify.privacy, notify.tasks",
        ),
    ],
)
async def test_a_consumer_without_any_is_refused_and_those_with_some_are_named(
    small: SmallTown, path: str, body: dict[str, Any], known: str
) -> None:
    with pytest.raises(AnswerError, match=known):
        await small.people.post("notify", path, body)


async def test_a_backfill_runs_what_was_never_claimed_and_nothing_else(small: SmallTown) -> None:
    need = await populated(small)
    before = await small.rows("notify", "notification")
    [event_id] = [row["event_id"] for row in await small.rows("partnership", "outbox") if row["type"] == POSTED]
    claims, told = small.table("notify", "inbox").c, small.table("notify", "notification").c
    is_claim = (claims.consumer == "notify.inbox") & (claims.event_id == event_id)
    await small.execute("notify", delete(claims.event_id.table).where(is_claim))
    await small.execute("notify", delete(told.id.table).where(told.source_event_id == event_id))

    await small.people.post("notify", BACKFILLS, {"consumer": "notify.inbox", "since": ago(hours=1)})

    after = await small.rows("notify", "notification")
    assert len(before) == len(after) > 1
    assert [row["id"] for row in after if row not in before] == [
        row["id"] for row in after if row["source_event_id"] == event_id
    ]
    assert await small.people.candidates_of(need) == sorted(small.people.programmes)


async def test_a_backfill_that_is_repeated_changes_nothing(small: SmallTown) -> None:
    await populated(small)
    before = await small.rows("talent", "outbox"), await small.rows("notify", "notification")

    offered = [
        await small.people.post("talent", BACKFILLS, {"consumer": "talent.match", "since": ago(hours=1)})
        for _ in range(2)
    ]

    assert offered[0] == offered[1] != {"count": 0}
    assert (await small.rows("talent", "outbox"), await small.rows("notify", "notification")) == before


async def test_a_backfill_offers_nothing_of_before_its_time(small: SmallTown) -> None:
    await populated(small)

    done = await small.people.post("talent", BACKFILLS, {"consumer": "talent.match", "since": ago(hours=-1)})

    assert done == {"count": 0}


async def test_the_feed_takes_a_backfill_too(small: SmallTown) -> None:
    await populated(small)
    before = len(await small.rows("notify", "feed", order="event_id"))
    await small.execute("notify", "DELETE FROM feed")
    await small.execute("notify", "DELETE FROM inbox WHERE consumer = 'notify.feed'")

    await small.people.post("notify", BACKFILLS, {"consumer": "notify.feed", "since": ago(hours=1)})

    assert len(await small.rows("notify", "feed", order="event_id")) == before


async def damaged(small: SmallTown, service: str, tables: list[str]) -> None:
    """Rows that are lost, rows that claim to be newer than they are, and one under an id that never was."""
    for name in tables:
        table = small.table(service, name)
        ids = [row["id"] for row in await small.rows(service, name)]
        await small.execute(service, update(table).values(version=table.c.version + 100))
        await small.execute(service, delete(table).where(table.c.id == ids[0]))
        await small.execute(service, update(table).where(table.c.id == ids[-1]).values(id="org_ghost"))
