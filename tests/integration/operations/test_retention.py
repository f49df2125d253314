"""What nobody can need any more is removed from the embedded edition's files, and nothing that somebody can."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from shared.messaging.inbox import Inbox
from shared.operations.parts import tidy
from shared.operations.retention import trim_log
from tests.integration.operations.town import SmallTown


async def grown(small: SmallTown) -> list[dict[str, Any]]:
    """A town with a history that every consumer has passed, and partnership's log."""
    await small.people.settle()
    need = await small.people.post_need()
    await small.people.matched(need)
    await small.at_rest()
    ends = await small._ends()
    for reader in small.town.readers:
        async with reader.pipeline.bench.works.database.writing() as connection:
            await Inbox(connection, reader.pipeline.consumer.name).move_to({reader.source: ends[reader.source]})
    return await log(small)


async def log(small: SmallTown) -> list[dict[str, Any]]:
    return [dict(row) for row in await small.rows("partnership", "outbox")]


async def trim(small: SmallTown) -> int:
    return await trim_log(small.town.parts["partnership"], small.town.readers)


def is_state(row: dict[str, Any]) -> bool:
    return str(row["topic"]).endswith(".state.v1")


async def test_young_events_stay_and_only_superseded_states_go(small: SmallTown) -> None:
    before = await grown(small)
    newest = {row["key"]: row["id"] for row in before if is_state(row)}

    removed = await trim(small)

    after = await log(small)
    assert [row["id"] for row in after if is_state(row)] == sorted(newest.values())
    assert [row for row in after if not is_state(row)] == [row for row in before if not is_state(row)]
    assert removed == len(before) - len(after) > 0


async def test_events_go_after_thirty_days_and_the_last_states_stay(small: SmallTown) -> None:
    before = await grown(small)

    small.clock.ahead = timedelta(days=29)
    await trim(small)
    kept = [row for row in await log(small) if not is_state(row)]
    small.clock.ahead = timedelta(days=31)
    await trim(small)

    after = await log(small)
    assert kept == [row for row in before if not is_state(row)]
    assert [row for row in after if not is_state(row)] == []
    assert {row["key"] for row in after} == {row["key"] for row in before if is_state(row)}


async def test_what_one_consumer_has_not_passed_stays_whatever_its_age(small: SmallTown) -> None:
    before = await grown(small)
    small.clock.ahead = timedelta(days=365)
    passed = before[3]["id"]
    positions = small.table("notify", "position")
    behind = (positions.c.consumer == "notify.feed") & (positions.c.source == "partnership")
    await small.execute("notify", update(positions).where(behind).values(position=passed))

    await trim(small)

    after = await log(small)
    assert [row for row in after if row["id"] > passed] == [row for row in before if row["id"] > passed]
    assert all(is_state(row) for row in after if row["id"] <= passed)


async def test_a_number_that_was_given_once_is_never_given_again(small: SmallTown) -> None:
    """Positions are numbers of the log: one that came back would be passed over by every consumer."""
    before = await grown(small)
    await small.execute("partnership", "DELETE FROM outbox")

    await small.people.organization(9, "enterprise")

    assert min(row["id"] for row in await log(small)) > before[-1]["id"]


async def test_projections_can_be_rebuilt_from_a_trimmed_log(small: SmallTown) -> None:
    await grown(small)
    before = await small.rows("talent", "candidate"), await small.rows("talent", "organization")
    small.clock.ahead = timedelta(days=31)
    for parts in small.town.parts.values():
        await trim_log(parts, small.town.readers)

    await small.people.post("talent", "/v1/operations/rebuilds", {"consumer": "talent.match"})

    assert (await small.rows("talent", "candidate"), await small.rows("talent", "organization")) == before


@pytest.mark.parametrize(("days", "kept"), [(36, True), (38, False)])
async def test_claims_are_kept_a_week_longer_than_events(small: SmallTown, days: int, kept: bool) -> None:
    await grown(small)
    before = await small.rows("talent", "inbox", order="event_id")

    small.clock.ahead = timedelta(days=days)
    await tidy(small.town.parts["talent"])

    assert await small.rows("talent", "inbox", order="event_id") == (before if kept else [])


@pytest.mark.parametrize(("hours", "kept"), [(23, 1), (25, 0)])
async def test_keys_of_requests_are_kept_a_day(small: SmallTown, hours: int, kept: int) -> None:
    await small.people.settle(programmes=0)
    await small.people.post_need("k1")

    small.clock.ahead = timedelta(hours=hours)
    await tidy(small.town.parts["partnership"])

    assert len(await small.rows("partnership", "idempotency", order="key")) == kept
