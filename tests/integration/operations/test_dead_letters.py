"""What was set aside is shown, run again after a fix or put away, by operators alone, who are written down."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.operations.visitor import AnswerError
from tests.integration.operations.town import SmallTown, until

LETTERS = "/v1/operations/dead-letters"
NEED_POSTED = "sunmao.partnership.need.posted.v1"


async def breakdown(small: SmallTown, needs: int = 1) -> list[str]:
    """Needs that were posted while talent could not keep any, each of them a dead letter by now."""
    await small.people.settle(programmes=1)
    await small.execute("talent", "ALTER TABLE demand RENAME TO demand_away")
    posted = [await small.people.post_need() for _ in range(needs)]
    await until(lambda: _has_letters(small, needs))
    return posted


async def mended(small: SmallTown) -> None:
    """The fix after which the letters can be run."""
    await small.execute("talent", "ALTER TABLE demand_away RENAME TO demand")


async def test_a_dead_letter_is_listed_with_its_cause_and_no_body(small: SmallTown) -> None:
    [need] = await breakdown(small)

    [letter] = await small.people.get("talent", LETTERS)

    assert (letter["consumer"], letter["type"], letter["key"]) == ("talent.match", NEED_POSTED, need)
    assert (letter["status"], letter["attempts"]) == ("open", 1)
    assert letter["error_type"] == "RefusedByDatabaseError"
    assert "demand" in letter["error"]
    assert letter["first_seen"].endswith("+08:00")
    assert not {"payload", "headers"} & set(letter)


NARROWED: list[tuple[dict[str, Any], int]] = [
    ({"consumer": "talent.match"}, 2),
    ({"consumer": "talent.other"}, 0),
    ({"type": NEED_POSTED, "status": "open"}, 2),
    ({"type": "sunmao.partnership.need.amended.v1"}, 0),
    ({"error_type": "RefusedByDatabaseError", "limit": 1}, 1),
    ({"error_type": "ValueError"}, 0),
    ({"status": "replayed"}, 0),
    ({"after": 1}, 1),
]


async def test_the_list_is_narrowed(small: SmallTown) -> None:
    await breakdown(small, needs=2)

    found = [(wanted, len(await small.people.get("talent", LETTERS, **wanted))) for wanted, _ in NARROWED]

    assert found == NARROWED


async def test_one_is_shown_whole(small: SmallTown) -> None:
    [need] = await breakdown(small)

    letter = await small.people.get("talent", f"{LETTERS}/1")

    assert letter["headers"]["ce_subject"] == need
    assert f'"need_id":"{need}"' in letter["payload"]


async def test_one_that_is_not_there_is_a_404(small: SmallTown) -> None:
    for id in (7, 2**63 - 1):
        with pytest.raises(AnswerError) as refused:
            await small.people.get("talent", f"{LETTERS}/{id}")

        assert (refused.value.status, refused.value.code) == (404, "not_found")


async def test_a_dry_run_counts_and_changes_nothing(small: SmallTown) -> None:
    await breakdown(small, needs=2)
    before = await small.rows("talent", "dead_letter")
    await mended(small)

    done = await small.people.post("talent", f"{LETTERS}/replays", {"dry_run": True})

    assert done == {"selected": 2, "replayed": 0, "failed": 0}
    assert await small.rows("talent", "dead_letter") == before
    assert await noted(small) == []


async def test_a_replay_after_the_fix_does_what_was_missed(small: SmallTown) -> None:
    needs = await breakdown(small, needs=2)
    await mended(small)

    done = await small.people.post("talent", f"{LETTERS}/replays", {"rate": 1000})

    assert done == {"selected": 2, "replayed": 2, "failed": 0}
    assert [letter["status"] for letter in await small.people.get("talent", LETTERS)] == ["replayed"] * 2
    for need in needs:
        await small.people.matched(need)
        assert await small.people.candidates_of(need) == small.people.programmes


async def test_a_replay_before_the_fix_fails_and_is_counted_as_another_try(small: SmallTown) -> None:
    await breakdown(small)

    done = await small.people.post("talent", f"{LETTERS}/replays", {})

    assert done == {"selected": 1, "replayed": 0, "failed": 1}
    [letter] = await small.people.get("talent", LETTERS)
    assert (letter["status"], letter["attempts"]) == ("open", 2)


async def test_only_what_the_filters_name_is_replayed(small: SmallTown) -> None:
    await breakdown(small, needs=3)
    await mended(small)
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()

    answers = [
        await small.people.post("talent", f"{LETTERS}/replays", wanted)
        for wanted in ({"ids": [2]}, {"since": later}, {"type": "x"}, {"consumer": "talent.match", "limit": 1})
    ]

    assert [answer["replayed"] for answer in answers] == [1, 0, 0, 1]
    letters = await small.people.get("talent", LETTERS)
    assert [letter["status"] for letter in letters] == ["replayed", "replayed", "open"]


async def test_what_was_replayed_is_not_replayed_again(small: SmallTown) -> None:
    await breakdown(small)
    await mended(small)
    await small.people.post("talent", f"{LETTERS}/replays", {})

    again = await small.people.post("talent", f"{LETTERS}/replays", {"ids": [1]})

    assert again == {"selected": 0, "replayed": 0, "failed": 0}


async def test_what_is_discarded_stays_with_the_reason_and_is_never_replayed(small: SmallTown) -> None:
    await breakdown(small, needs=2)
    await mended(small)

    discarded = await small.people.post("talent", f"{LETTERS}/discards", {"ids": [1, 9], "reason": "entered twice"})
    replayed = await small.people.post("talent", f"{LETTERS}/replays", {})

    assert (discarded, replayed["replayed"]) == ({"count": 1}, 1)
    letters = await small.people.get("talent", LETTERS)
    assert [letter["status"] for letter in letters] == ["discarded", "replayed"]


async def test_who_replayed_and_discarded_is_written_down_with_the_request(small: SmallTown) -> None:
    await breakdown(small, needs=2)
    named = {"headers": {"x-request-id": "r-1"}}

    await small.people.post("talent", f"{LETTERS}/discards", {"ids": [1], "reason": "entered twice"}, **named)
    await small.people.post("talent", f"{LETTERS}/replays", {"consumer": "talent.match"}, **named)

    discarded, replayed = await noted(small)
    assert (discarded["act"], discarded["subject"], discarded["reason"]) == (
        "dead-letters.discard",
        "1",
        "entered twice",
    )
    assert (replayed["act"], replayed["subject"], replayed["reason"]) == ("dead-letters.replay", "talent.match", None)
    assert {(row["actor"], row["request_id"]) for row in (discarded, replayed)} == {("ops:local.ops", "r-1")}


async def test_a_notification_that_was_missed_comes_late_and_once(small: SmallTown) -> None:
    await small.people.settle(programmes=0)
    await small.execute("notify", "ALTER TABLE notification RENAME TO notification_away")
    need = await small.people.post_need()
    await small.everything_read()
    # The event may only wait for its need at first; tried again, it meets the missing table.
    await small.town.parts["notify"].chances.retry_waiting()
    await small.execute("notify", "ALTER TABLE notification_away RENAME TO notification")

    for _ in range(2):
        await small.people.post("notify", f"{LETTERS}/replays", {})

    await until(lambda: _inbox(small))
    assert [(item["correlation_id"], item["late"]) for item in await _inbox(small)] == [(need, True)]


ROUTES = [
    ("GET", LETTERS),
    ("GET", f"{LETTERS}/1"),
    ("POST", f"{LETTERS}/replays"),
    ("POST", f"{LETTERS}/discards"),
    ("GET", "/v1/operations/outbox"),
    ("POST", "/v1/operations/rebuilds"),
    ("POST", "/v1/operations/backfills"),
]


async def test_operations_are_for_operators(small: SmallTown) -> None:
    office = {"authorization": f"Bearer {small.town.issuer.issue(roles=['alliance_office'])}"}

    for method, path in ROUTES:
        for service in small.town.parts:
            nobody = await small.client.request(method, f"/{service}{path}")
            other = await small.client.request(method, f"/{service}{path}", headers=office)

            assert (nobody.status_code, other.status_code) == (401, 403), path


SENSELESS: list[tuple[str, dict[str, Any]]] = [
    ("dead-letters/replays", {"since": "2026-09-01T00:00:00"}),
    ("dead-letters/replays", {"ids": [2**63]}),
    ("dead-letters/replays", {"rate": 0}),
    ("dead-letters/replays", {"status": "discarded"}),
    ("dead-letters/discards", {"ids": [], "reason": "entered twice"}),
    ("dead-letters/discards", {"ids": [1], "reason": ""}),
    ("backfills", {"consumer": "talent.match", "since": "2026-09-01T00:00:00"}),
    ("backfills", {"consumer": "talent.nobody", "since": "2026-09-01T00:00:00+08:00"}),
    ("rebuilds", {"consumer": "talent.nobody"}),
]


async def test_what_cannot_be_meant_is_refused_and_not_written_down(small: SmallTown) -> None:
    headers = {"authorization": f"Bearer {small.town.issuer.issue(roles=['ops'])}"}

    for path, body in SENSELESS:
        answer = await small.client.post(f"/talent/v1/operations/{path}", json=body, headers=headers)

        assert answer.status_code == 422, (path, body)
    assert await noted(small) == []


async def noted(small: SmallTown) -> Sequence[Mapping[str, Any]]:
    """What is written down of operators' acts in talent."""
    return [row for row in await small.rows("talent", "audit") if row["actor"].startswith("ops:")]


async def _inbox(small: SmallTown) -> list[dict[str, Any]]:
    page = await small.people.get("notify", "/v1/inbox", template="need_posted", **small.people.administrator)
    items: list[dict[str, Any]] = page["items"]
    return items


async def _has_letters(small: SmallTown, count: int) -> bool:
    return len(await small.rows("talent", "dead_letter")) == count
