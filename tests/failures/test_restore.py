"""One service is put back by an hour behind its topics, and brought back into agreement with all who listened."""

import signal
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.operations.addresses import PORTS
from tests.failures.drill import Drill
from tests.integration.operations.town import People, until

OFFICE = {"role": "alliance_office"}
ORGANIZATIONS = "SELECT id, version, status FROM organization ORDER BY id"


@dataclass
class Hour:
    """What was done in the hour that is then lost."""

    dumped_at: datetime
    old_need: str
    lost_need: str
    lost_organization: str


async def test_a_service_restored_behind_its_topics_agrees_with_its_neighbours_again(drill: Drill) -> None:
    hour = await _live_through(drill)
    alive = await drill.restore(hour.dumped_at)
    await drill.lose()

    preview = await drill.restore_once_alone(hour.dumped_at, "--preview")
    misdated = await drill.restore(datetime.now(UTC), "--margin", "0")
    killed = await drill.restore(hour.dumped_at, fault="restore.raised:1")
    said = await drill.restore_once_alone(hour.dumped_at)
    repeated = await drill.restore_once_alone(hour.dumped_at)
    await drill.restart()

    _refused(alive, "stop every process of it")
    _refused(misdated, "the dump is older than")
    assert killed.returncode == -signal.SIGKILL
    _lists_what_was_lost(hour, preview, said, repeated)
    assert "the counter of outbox" in killed.stdout
    assert ("raised 2 of organization" in said, "raised 1 of need" in said, "raised" in repeated) == (
        False,
        True,
        False,
    )
    await _nothing_is_left_of_the_lost_hour(drill, hour)
    await _what_was_heard_in_it_is_done_once(drill, hour)
    await _new_commands_are_heard(drill)
    assert await drill.restore_every_service(hour.dumped_at) == []
    await drill.lose_topic("sunmao.partnership.state.v1")
    _refused(await drill.restore(hour.dumped_at), "Kafka lacks sunmao.partnership.state.v1: `sunmao topics` creates")


def _refused(run: "subprocess.CompletedProcess[str]", why: str) -> None:
    [line] = run.stderr.splitlines()
    assert run.returncode == 2
    assert why in line


def _lists_what_was_lost(hour: Hour, *reports: str) -> None:
    for report in reports:
        assert f"gone: need {hour.lost_need}, first told at " in report
        assert f"gone: organization {hour.lost_organization}, first told at " in report
        assert "of sunmao.partnership.need.posted.v1" in report


async def _live_through(drill: Drill) -> Hour:
    """A need with its matches; then the dump; then an hour in which much is changed, born and heard."""
    people = drill.people
    old_need = await people.post_need("old")
    await people.matched(old_need)
    dumped_at = await drill.dump_while_the_broker_is_away(lambda: _suspend_and_verify(people, people.enterprise))
    await _suspend_and_verify(people, people.enterprise)
    lost_organization = await people.organization(3, "university")
    lost_need = await people.post_need("lost")
    # Talent is not restored: what it says now is heard twice, before and after.
    await people.programme(2)
    for need in (old_need, lost_need):
        await people.matched(need)
    await _suspend(people, people.university)
    await until(lambda: _same_organizations(drill), 120)
    return Hour(dumped_at, old_need, lost_need, lost_organization)


async def _nothing_is_left_of_the_lost_hour(drill: Drill, hour: Hour) -> None:
    """The neighbour's projection is right, and whoever begins now learns what the owner has."""
    await until(lambda: _same_organizations(drill), 120)
    await until(drill.agrees, 120)

    known = {id: status for id, _, status in await drill.rows("talent", ORGANIZATIONS)}
    assert hour.lost_organization not in known
    assert known[drill.people.university] == "verified"
    assert f"need/{hour.lost_need}" not in await drill.told()
    audit = await drill.rows("partnership", "SELECT actor, subject FROM audit WHERE act = 'restored'")
    assert audit == [("system:partnership", "partnership")] * 2


async def _what_was_heard_in_it_is_done_once(drill: Drill, hour: Hour) -> None:
    """The match that talent proposed in the lost hour comes back under its id; those from before it stand alone."""
    people = drill.people
    await people.matched(hour.old_need)
    await until(drill.agrees, 120)

    assert await people.candidates_of(hour.old_need) == sorted(people.programmes)
    page = await people.get("notify", "/v1/inbox", template="need_posted", limit=200, **people.administrator)
    told = [item["correlation_id"] for item in page["items"]]
    assert told.count(hour.old_need) == 1
    assert await _letters(drill) == {(hour.lost_need, "waiting")}


async def _new_commands_are_heard(drill: Drill) -> None:
    """Versions go on above everything that was told."""
    people = drill.people
    await _suspend(people, people.university)
    await until(lambda: _same_organizations(drill), 120)
    await _verify(people, people.university)
    # State and events come by different topics: a need that overtakes the verification is matched a minute later.
    await until(lambda: _same_organizations(drill), 120)
    need = await people.post_need("new")
    await people.matched(need)
    await until(lambda: _same_organizations(drill), 120)
    await until(drill.agrees, 120)


async def _suspend(people: People, organization: str) -> None:
    path = f"/v1/organizations/{organization}/suspension"
    await people.post("partnership", path, {"reason": "under review"}, **OFFICE)


async def _verify(people: People, organization: str) -> None:
    await people.post("partnership", f"/v1/organizations/{organization}/verification", **OFFICE)


async def _suspend_and_verify(people: People, organization: str) -> None:
    await _suspend(people, organization)
    await _verify(people, organization)


async def _same_organizations(drill: Drill) -> bool:
    """Whether talent knows of every organisation what partnership has."""
    return await drill.rows("partnership", ORGANIZATIONS) == await drill.rows("talent", ORGANIZATIONS)


async def _letters(drill: Drill) -> set[tuple[str, str]]:
    """What is set aside anywhere, by story and status."""
    asked = "SELECT convert_from(payload, 'UTF8')::json ->> 'need_id', status FROM dead_letter"
    return {row for service in PORTS for row in await drill.rows(service, asked)}
