"""Notify over HTTP: each reader sees their parties' inbox, parties' settings are their own, the feed has a scope."""

from typing import Any

import httpx
import pytest

from services.notify.domain.party import ALLIANCE_OFFICE
from services.notify.storage import purge_feed
from shared.contracts.ids import new_id
from shared.contracts.partnership import MatchConfirmed, NeedPosted
from shared.contracts.talent import MatchProposed
from shared.contracts.training import RuleOverridden
from shared.persistence.database import Database
from tests.fakes import NOON
from tests.unit.notify.arrivals import arrive, give_places, raw, tell_on
from tests.unit.notify.door import COLLEAGUE, TEACHER, by
from tests.unit.notify.world import ADMIN_E, ENTERPRISE, OFFICE_U, UNIVERSITY, golden


async def told(notify: httpx.AsyncClient, name: str, **query: Any) -> list[dict[str, Any]]:
    answer = await notify.get("/v1/inbox", params=query, headers=by(name))
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


# The inbox


async def test_each_reader_sees_what_their_parties_were_told(notify: httpx.AsyncClient, database: Database) -> None:
    await tell_on(database, golden(NeedPosted, organization_id=ENTERPRISE), golden(MatchConfirmed))

    inboxes = [[each["template"] for each in await told(notify, name)] for name in ("admin_e", "office_u", "teacher")]

    assert inboxes == [["match_confirmed", "need_posted"], ["match_confirmed"], []]


async def test_a_notification_is_told_in_the_language_that_is_asked_for_or_chosen(
    notify: httpx.AsyncClient, database: Database
) -> None:
    await tell_on(database, golden(NeedPosted, organization_id=ENTERPRISE))
    asked = await notify.get("/v1/inbox", headers=by("admin_e", **{"accept-language": "en"}))
    [unasked] = await told(notify, "admin_e")
    await notify.put(
        f"/v1/parties/{ADMIN_E}/locale", json={"locale": "en"}, headers=by("admin_e", **{"if-match": '"0"'})
    )
    [chosen] = await told(notify, "admin_e")

    assert asked.json()["items"][0]["title"] == chosen["title"] == "Need posted"
    assert (unasked["title"], unasked["language"]) == ("需求已发布", "zh-CN")


async def test_the_inbox_is_filtered_and_read_in_pages(notify: httpx.AsyncClient, database: Database) -> None:
    for second in range(3):
        await tell_on(database, golden(NeedPosted, organization_id=ENTERPRISE), seconds=second)
    await tell_on(database, golden(MatchConfirmed), seconds=3)
    [newest] = await told(notify, "admin_e", **{"class": "match"})
    await notify.post(f"/v1/inbox/{newest['id']}/reading", headers=by("admin_e"))

    first = (await notify.get("/v1/inbox?limit=2&unread=true", headers=by("admin_e"))).json()
    second_page = (
        await notify.get(f"/v1/inbox?limit=2&unread=true&cursor={first['next']}", headers=by("admin_e"))
    ).json()

    assert [len(first["items"]), len(second_page["items"]), second_page["next"]] == [2, 1, None]
    assert [each["template"] for each in await told(notify, "admin_e", unread=False)] == ["match_confirmed"]


async def test_reading_is_for_the_one_who_was_told_and_may_be_repeated(
    notify: httpx.AsyncClient, database: Database
) -> None:
    await tell_on(database, golden(NeedPosted, organization_id=ENTERPRISE))
    [item] = await told(notify, "admin_e")
    reading = f"/v1/inbox/{item['id']}/reading"

    answers = [await notify.post(reading, headers=by(name)) for name in ("office_u", "admin_e", "admin_e")]

    assert [answer.status_code for answer in answers] == [404, 200, 200]
    assert answers[1].json() == answers[2].json()
    assert answers[2].json()["status"] == "read"


async def test_matches_of_a_need_are_one_item_whose_text_counts_them(
    notify: httpx.AsyncClient, database: Database
) -> None:
    need_id = new_id("need")
    proposed = [golden(MatchProposed, match_id=new_id("match"), need_id=need_id) for _ in range(2)]

    await tell_on(database, *proposed)

    [item] = await told(notify, "office_u")
    assert (item["count"], item["subject"], item["class"]) == (2, need_id, "match")
    assert "2" in item["text"]


async def test_a_cursor_of_another_list_is_refused(notify: httpx.AsyncClient) -> None:
    assert (await notify.get("/v1/inbox?cursor=abc", headers=by("admin_e"))).status_code == 422


async def test_nobody_unknown_and_no_machine_has_an_inbox(notify: httpx.AsyncClient) -> None:
    answers = [await notify.get("/v1/inbox", headers=headers) for headers in ({}, by("machine"))]

    assert [answer.status_code for answer in answers] == [401, 403]


# Parties


@pytest.mark.parametrize(
    ("name", "party", "status"),
    [
        ("admin_e", ADMIN_E, 200),
        ("teacher", f"person:{TEACHER}", 200),
        ("hr_u", f"person:{TEACHER}", 200),
        ("office_u", f"role:base_operator@{UNIVERSITY}", 200),
        ("office", ALLIANCE_OFFICE, 200),
        ("admin_e", ALLIANCE_OFFICE, 404),
        ("teacher", f"person:{COLLEAGUE}", 404),
        ("teacher", OFFICE_U, 404),
        ("admin_e", f"person:{TEACHER}", 404),
        ("office_u", f"role:emperor@{UNIVERSITY}", 404),
        ("office_u", "person:tch_01KM4C37M0M9AH7HZ0YVNAG2HZ", 404),
        ("office_u", "nobody", 422),
    ],
)
async def test_a_party_is_looked_after_by_itself_and_its_offices(
    notify: httpx.AsyncClient, name: str, party: str, status: int
) -> None:
    assert (await notify.get(f"/v1/parties/{party}", headers=by(name))).status_code == status


async def test_addresses_are_entered_over_the_version_that_was_seen(notify: httpx.AsyncClient) -> None:
    place, body = f"/v1/parties/{ADMIN_E}", {"addresses": [{"channel": "email", "address": "a@example.org"}]}
    blank = await notify.get(place, headers=by("admin_e"))
    seen = by("admin_e", **{"if-match": blank.headers["etag"]})

    answers = [
        await notify.put(f"{place}/addresses", json=body, headers=headers) for headers in (by("admin_e"), seen, seen)
    ]

    assert [answer.status_code for answer in answers] == [428, 200, 412]
    after = await notify.get(place, headers=by("admin_e"))
    assert (after.headers["etag"], after.json()["addresses"]) == ('"1"', body["addresses"])


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("addresses", {"addresses": [{"channel": "email", "address": "nowhere"}]}),
        ("addresses", {"addresses": [{"channel": "pigeon", "address": "a@example.org"}]}),
        ("addresses", {"addresses": [], "more": 1}),
        ("preferences", {"preferences": [{"class": "match", "channel": "inbox", "mode": "sometimes"}]}),
        ("preferences", {"preferences": [{"class": "match", "channel": "inbox", "mode": "off"}] * 2}),
        ("locale", {"locale": "fr"}),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_not_entered(notify: httpx.AsyncClient, what: str, body: dict[str, Any]) -> None:
    headers = by("admin_e", **{"if-match": "*"})

    answer = await notify.put(f"/v1/parties/{ADMIN_E}/{what}", json=body, headers=headers)

    assert answer.status_code == 422
    assert "nowhere" not in answer.text


async def test_the_office_of_the_alliance_reads_its_inbox_and_chooses_like_everybody(
    notify: httpx.AsyncClient, database: Database
) -> None:
    body = {"preferences": [{"class": "exception", "channel": "inbox", "mode": "off"}]}
    await tell_on(database, golden(RuleOverridden))

    answer = await notify.put(
        f"/v1/parties/{ALLIANCE_OFFICE}/preferences", json=body, headers=by("office", **{"if-match": '"0"'})
    )
    await tell_on(database, golden(RuleOverridden, subject_id="plc_2"))

    assert answer.status_code == 200
    assert [each["template"] for each in await told(notify, "office")] == ["rule_overridden"]


async def test_preferences_are_kept(notify: httpx.AsyncClient) -> None:
    body = {"preferences": [{"class": "match", "channel": "inbox", "mode": "daily"}]}

    answer = await notify.put(
        f"/v1/parties/{ADMIN_E}/preferences", json=body, headers=by("admin_e", **{"if-match": "*"})
    )

    assert answer.json()["preferences"] == body["preferences"]


# The feed


async def test_the_feed_is_a_batch_of_cloudevents_with_their_places(
    notify: httpx.AsyncClient, database: Database
) -> None:
    await arrive(database, raw("need_1", payload=b'{"n":123456789012345678901.0}', test=True, region="511700"))
    await arrive(database, raw("need_2", payload=b"\xff", more=(("ce_custom", b"x"), ("ce_data", b"y"))), seconds=1)
    await give_places(database)

    answer = await notify.get("/v1/events", headers=by("machine"))

    first, second = answer.json()
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    assert answer.headers["feed-position"] == "2"
    assert (first["specversion"], first["subject"], first["feedposition"], first["test"]) == ("1.0", "need_1", 1, True)
    assert (first["sequence"], first["region"], first["datacontenttype"]) == (
        "0000000001",
        "511700",
        "application/json",
    )
    assert b'"data":{"n":123456789012345678901.0}' in answer.content
    assert (second["data_base64"], second["custom"], "data" in second) == ("/w==", "x", False)


async def test_the_feed_is_for_its_scope_and_for_those_who_run_the_platform(notify: httpx.AsyncClient) -> None:
    names = ("machine", "ops", "admin_e")

    answers = [await notify.get("/v1/events", headers=by(name)) for name in names]

    assert [answer.status_code for answer in answers] == [200, 200, 403]


async def test_a_place_that_is_gone_is_told_with_the_oldest_and_one_to_come_is_refused(
    notify: httpx.AsyncClient, database: Database
) -> None:
    for second, name in enumerate("abc"):
        await arrive(database, raw(name), seconds=second)
    await give_places(database)
    async with database.writing() as connection:
        await purge_feed(connection, NOON.replace(second=2), 100)

    answers = {after: await notify.get(f"/v1/events?after={after}", headers=by("ops")) for after in (1, 2, 3, 4)}

    assert {after: answer.status_code for after, answer in answers.items()} == {1: 410, 2: 200, 3: 200, 4: 422}
    assert (answers[1].json()["code"], answers[1].json()["oldest"]) == ("gone", 3)
    assert [each["subject"] for each in (await notify.get("/v1/events", headers=by("ops"))).json()] == ["c"]


async def test_a_stream_from_a_place_that_is_gone_is_refused_before_it_begins(
    notify: httpx.AsyncClient, database: Database
) -> None:
    await arrive(database, raw())
    await give_places(database)
    async with database.writing() as connection:
        await purge_feed(connection, NOON.replace(second=1), 100)

    answers = [
        await notify.get("/v1/events/stream", headers=by("ops", **{"last-event-id": "0"})),
        await notify.get("/v1/inbox/stream", headers=by("ops", **{"last-event-id": "9"})),
        await notify.get("/v1/inbox/stream", headers=by("ops", **{"last-event-id": "x"})),
    ]

    assert [answer.status_code for answer in answers] == [410, 422, 422]


async def test_a_story_is_told_by_its_id_or_as_the_latest(notify: httpx.AsyncClient, database: Database) -> None:
    await arrive(database, raw("need_1"), raw("mat_1", correlationid="need_1"), raw("org_1"))
    await give_places(database)

    answers = [await notify.get(f"/v1/stories/{story}", headers=by("ops")) for story in ("need_1", "latest", "need_2")]

    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert {each["subject"] for each in answers[0].json()} == {"need_1", "mat_1"}
    assert answers[1].json() == answers[0].json()


async def test_alertmanager_hands_in_what_fires_and_nobody_else_does(notify: httpx.AsyncClient) -> None:
    fires = {
        "status": "firing",
        "labels": {"alertname": "OutboxStalled", "severity": "page", "service": "talent"},
        "annotations": {"summary": "talent has sent nothing for a minute"},
        "startsAt": "2026-09-01T04:00:00.000Z",
        "endsAt": "0001-01-01T00:00:00Z",
        "generatorURL": "",
        "fingerprint": "c6fb7c0a3a0f1e2d",
    }
    group = {"version": "4", "groupKey": "{}", "status": "firing", "receiver": "notify", "alerts": [fires]}

    answers = {
        name: await notify.post("/v1/alerts", json=group, headers={"authorization": f"Bearer {name}"})
        for name in ("alertmanager", "ops", "machine", "teacher")
    }
    broken = {**group, "alerts": [{**fires, "startsAt": "yesterday"}]}
    refused = await notify.post("/v1/alerts", json=broken, headers={"authorization": "Bearer alertmanager"})

    assert {name: answer.status_code for name, answer in answers.items()} == {
        "alertmanager": 200, "ops": 200, "machine": 403, "teacher": 403,
    }  # fmt: skip
    assert answers["alertmanager"].json() == {"alerts": 1, "parties": 0}
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/body/alerts/0/startsAt")
