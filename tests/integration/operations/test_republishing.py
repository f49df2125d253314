"""States are told once more under their versions: whoever begins afterwards learns them, and nobody else a thing."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import delete

from shared.contracts.topics import TOPICS
from shared.messaging.log import OUTBOX, delivery_of
from shared.operations import republishing
from shared.operations.republishing import Republishing
from shared.persistence.database import Database
from tests.integration.operations.test_cli import assert_one_line, program, sunmao
from tests.integration.operations.town import SmallTown, until

STATES = [topic.name for topic in TOPICS if topic.flow == "state"]
PROJECTIONS = {
    ("talent", "talent.match"): ["candidate", "capability", "organization", "obligation"],
    ("notify", "notify.parties"): ["directory"],
    ("notify", "notify.inbox"): ["sides"],
}


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several pages for a few things."""
    monkeypatch.setattr(republishing, "PAGE", 2)


async def test_whoever_begins_after_the_topics_were_lost_learns_what_the_owners_have(small: SmallTown) -> None:
    await _lived_in(small)
    before = await _projections(small)
    for service in small.town.parts:
        await small.execute(service, delete(OUTBOX).where(OUTBOX.c.topic.in_(STATES)))
    for service, consumer in PROJECTIONS:
        await small.people.post(service, "/v1/operations/rebuilds", {"consumer": consumer})
    lost = await _projections(small)

    for name in small.town.parts:
        await _republish(small, name)
    for service, consumer in PROJECTIONS:
        await small.people.post(service, "/v1/operations/rebuilds", {"consumer": consumer})

    assert not any(lost.values())
    assert await _projections(small) == before


async def test_versions_stay_as_they_are_and_ids_are_new(small: SmallTown) -> None:
    await _lived_in(small)
    told = await _told(small)

    said = await _republish(small, "partnership")
    again = await _told(small)

    new = again[len(told) :]
    newest = {one.key: one for one in told}
    assert {one.key for one in new} == set(newest)
    assert all(newest[one.key].envelope.sequence == one.envelope.sequence for one in new)
    assert all(newest[one.key].payload == one.payload for one in new)
    assert {one.event_id for one in told}.isdisjoint(one.event_id for one in new)
    assert sum(int(line.split()[0]) for line in said) == len(new)


async def test_those_who_know_everything_notice_nothing(small: SmallTown) -> None:
    await _lived_in(small)
    everything = {name: await small.rows(name, "audit") for name in ("talent", "notify")}
    before, told = await _projections(small), await small.rows("notify", "feed", order="position")

    for _ in range(2):
        for name in small.town.parts:
            await _republish(small, name)
    await small.at_rest()

    assert await _projections(small) == before
    assert await small.rows("notify", "feed", order="position") == told
    assert {name: await small.rows(name, "audit") for name in everything} != everything, "it is written down"
    assert not any([await small.rows(name, "dead_letter") for name in small.town.parts])


async def test_the_last_word_of_a_key_is_its_newest_however_much_is_changed_meanwhile(small: SmallTown) -> None:
    await _lived_in(small)
    office = {"role": "alliance_office"}
    path = f"/v1/organizations/{small.people.university}"

    async def change() -> None:
        for _ in range(15):
            await small.people.post("partnership", f"{path}/suspension", {"reason": "under review"}, **office)
            await small.people.post("partnership", f"{path}/verification", **office)

    changing = asyncio.create_task(change())
    while not changing.done():
        await _republish(small, "partnership")
    await changing

    versions = [one.envelope.sequence for one in await _told(small) if one.key.endswith(small.people.university)]
    assert versions == sorted(versions)
    assert len(versions) > len(set(versions)) > 30


def test_without_a_database_and_a_town_there_is_nothing_to_tell(tmp_path: Any) -> None:
    done = sunmao("republish-state", "partnership", SUNMAO_HOME=str(tmp_path))

    assert_one_line(done, "SUNMAO_PARTNERSHIP_DATABASE_URL is not set")


async def test_the_command_works_beside_a_served_town(small: SmallTown) -> None:
    await _lived_in(small)

    done = await asyncio.to_thread(
        program, "republish-state", "partnership", "--rate", "1000", SUNMAO_HOME=str(small.town.folder.path)
    )

    assert (done.code, done.err) == (0, "")
    assert "2 of organization will be told again" in done.out.splitlines()


async def _lived_in(small: SmallTown) -> None:
    await small.people.settle()
    await small.people.matched(await small.people.post_need())
    await small.at_rest()

    async def numbered() -> bool:
        return None not in [event["position"] for event in await small.rows("notify", "feed")]

    # An event is in the feed before it has its place there.
    await until(numbered)


async def _republish(small: SmallTown, name: str) -> Sequence[str]:
    database = Database(small.town.folder.database_url(name))
    try:
        return await Republishing(small.town.parts[name].service, database).run()
    finally:
        await database.close()


async def _told(small: SmallTown) -> list[Any]:
    rows = await small.rows("partnership", "outbox")
    return [delivery_of(row) for row in rows if row["topic"] in STATES]  # type: ignore[arg-type]


async def _projections(small: SmallTown) -> dict[str, Sequence[Mapping[str, Any]]]:
    tables = [(service, table) for (service, _), named in PROJECTIONS.items() for table in named]
    return {f"{service}.{table}": await small.rows(service, table) for service, table in tables}
