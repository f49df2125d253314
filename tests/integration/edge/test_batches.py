"""One request does the same act to many objects, each row with the outcome of its own request, on both databases."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.integration.edge.door import Door, stranger
from tests.integration.edge.test_problems import problem

KEY = {"idempotency-key": "k1"}
SUBMISSION, LINKS = "/v1/batches/agreements/submission", "/v1/batches/agreements/signature-links"


@dataclass
class Desk:
    """An enterprise with agreements to submit."""

    door: Door
    enterprise: str
    university: str

    @property
    def who(self) -> dict[str, str]:
        return self.door.token("enterprise_admin", self.enterprise)

    async def draft(self, **fields: Any) -> str:
        """The id of a new draft."""
        parties = {"enterprise": self.enterprise, "university": self.university}
        draft = {
            "type": "framework",
            "parties": [{"organization_id": id, "role": role} for role, id in parties.items()],
            "starts_on": self.door.clock.now.date().isoformat(),
            "ends_on": "2028-09-01",
            "content": {"goals": "a", "content_and_form": "b", "rights_and_duties": "c"},
            **fields,
        }
        made = await self.door.client.post("/v1/agreements", json=draft, headers=self.who)
        return str(made.raise_for_status().json()["id"])

    async def send(self, path: str, rows: list[dict[str, Any]], **headers: str) -> httpx.Response:
        return await self.door.client.post(path, json={"rows": rows}, headers={**self.who, **headers})

    async def outcomes(self, path: str, rows: list[dict[str, Any]], **headers: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.send(path, rows, **headers)).raise_for_status().json()["rows"]
        return found

    async def status(self, id: str) -> str:
        answer = await self.door.client.get(f"/v1/agreements/{id}", headers=self.who)
        return str(answer.raise_for_status().json()["status"])


@pytest.fixture
async def desk(door: Door) -> Desk:
    """An enterprise and a university, both verified."""
    return Desk(door, await door.organization(), await door.organization(kind="university"))


async def test_every_row_is_done_in_order_and_answered_as_its_own_request_would_be(desk: Desk) -> None:
    ids = [await desk.draft() for _ in range(3)]
    alone = await desk.door.client.post(f"/v1/agreements/{await desk.draft()}/submission", headers=desk.who)

    answer = await desk.send(SUBMISSION, [{"id": id} for id in ids])

    said = answer.raise_for_status().json()
    assert (answer.status_code, said["done"], said["refused"]) == (200, 3, 0)
    assert [(row["row"], row["status"], row["answer"]["id"]) for row in said["rows"]] == [
        (number, 200, id) for number, id in enumerate(ids, start=1)
    ]
    assert {row["answer"]["status"] for row in said["rows"]} == {alone.json()["status"]}
    assert said["rows"][0]["answer"].keys() == alone.json().keys()
    assert [await desk.status(id) for id in ids] == [alone.json()["status"]] * 3


async def test_each_refusal_is_its_rows_own_and_says_what_its_own_request_would_have(desk: Desk) -> None:
    other = Desk(desk.door, await desk.door.organization(), desk.university)
    first, hollow, last = await desk.draft(), await desk.draft(content={"goals": "a"}), await desk.draft()
    theirs, bad = await other.draft(), "need_1"
    wrong = [theirs, hollow, "agr_00000000000000000000000000", bad]
    zh = {"accept-language": "zh"}
    alone = [
        (await desk.door.client.post(f"/v1/agreements/{id}/submission", headers={**desk.who, **zh})) for id in wrong
    ]

    rows = await desk.outcomes(SUBMISSION, [{"id": id} for id in (first, *wrong, first, last)], **zh)

    assert [row["status"] for row in rows] == [200, *(answer.status_code for answer in alone), 409, 200]
    assert [row["problem"] for row in rows[1:5]] == [answer.json() for answer in alone]
    assert [row["status"] for row in rows[1:5]] == [404, 422, 404, 422]
    assert (rows[5]["problem"]["instance"], rows[5]["answer"]) == (
        f"/partnership/v1/agreements/{first}/submission",
        None,
    )
    assert [await desk.status(id) for id in (first, hollow, last)] == [
        "pending_signatures", "draft", "pending_signatures",
    ]  # fmt: skip


async def test_a_batch_is_done_once_under_its_key_and_answered_alike(desk: Desk) -> None:
    rows = [{"id": await desk.draft()}, {"id": stranger()}]

    first = await desk.send(SUBMISSION, rows, **KEY)
    told = await desk.door.count("outbox")
    again = await desk.send(SUBMISSION, rows, **KEY)
    problem(await desk.send(SUBMISSION, rows[:1], **KEY), 422, "key_reused")

    assert (first.json()["done"], first.json()["refused"]) == (1, 1)
    assert (again.content, again.headers["idempotent-replayed"]) == (first.content, "true")
    assert await desk.door.count("outbox") == told


async def test_many_who_repeat_a_batch_at_once_hear_the_same(desk: Desk) -> None:
    rows = [{"id": await desk.draft()} for _ in range(3)]

    answers = await asyncio.gather(*(desk.send(SUBMISSION, rows, **KEY) for _ in range(4)))

    assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert answers[0].json()["done"] == 3


async def test_a_batch_of_secrets_is_told_once_and_never_kept(desk: Desk) -> None:
    ids = [await desk.draft() for _ in range(2)]
    await desk.outcomes(SUBMISSION, [{"id": id} for id in ids])
    rows = [{"id": id, "body": {"signatory": f"张三{number}"}} for number, id in enumerate(ids)]

    told = await desk.outcomes(LINKS, rows, **KEY)
    again = await desk.send(LINKS, rows, **KEY)

    tokens = [row["answer"]["token"] for row in told]
    assert [row["status"] for row in told] == [201, 201]
    assert len(set(tokens)) == 2
    problem(again, 409, "already_done")
    assert await desk.door.count("signature_link") == 2
    kept = await desk.door.everything("idempotency")
    assert not any(token in kept for token in tokens)
    for token in tokens:
        (await desk.door.client.get(f"/v1/signature-links/{token}")).raise_for_status()


async def test_a_row_names_the_version_that_it_means(desk: Desk) -> None:
    one, other = await desk.draft(), await desk.draft()

    rows = await desk.outcomes(SUBMISSION, [{"id": one, "version": 1}, {"id": other, "version": 7}])

    assert [row["status"] for row in rows] == [200, 412]


async def test_what_a_row_lacks_is_said_where_it_is_missing(desk: Desk) -> None:
    id = await desk.draft()

    rows = await desk.outcomes(LINKS, [{"id": id}, {"id": id, "body": {"signatory": ""}}, {"id": id, "body": 7}])

    assert [row["status"] for row in rows] == [422, 422, 422]
    assert [[fault["pointer"] for fault in row["problem"]["errors"]] for row in rows] == [
        ["/body"], ["/body/signatory"], ["/body"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sent", [{"rows": []}, {"rows": [{"id": "agr_1"}] * 1001}, {"rows": [{}]}, {"rows": [{"id": "a", "more": 1}]}, {}]
)
async def test_a_batch_that_is_none_is_refused_as_a_whole(door: Door, sent: dict[str, Any]) -> None:
    answer = await door.client.post(SUBMISSION, json=sent, headers=await door.enterprise())

    assert problem(answer, 422, "invalid_request")["errors"][0]["pointer"].startswith("/body/rows")


async def test_who_may_not_do_the_act_may_not_do_it_in_batches(door: Door) -> None:
    rows = {"rows": [{"id": "agr_1"}]}

    problem(await door.client.post(SUBMISSION, json=rows), 401, "unauthenticated")
    problem(await door.client.post(SUBMISSION, json=rows, headers=door.office), 403, "role_not_allowed")


async def in_trouble(door: Door, *kinds: str) -> list[tuple[int, str | int]]:
    """The status of each row, with its problem's code or at which try it was done."""
    sent = {"rows": [{"id": kind} for kind in kinds]}
    answer = await door.client.post("/v1/batches/troubles", json=sent, headers={**door.office, **KEY})
    rows = answer.raise_for_status().json()["rows"]
    return [(row["status"], row["answer"]["tries"] if row["answer"] else row["problem"]["code"]) for row in rows]


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("database", (500, "internal_error")),
        ("collision", (409, "duplicate")),
        ("unforeseen", (500, "internal_error")),
        ("lost", (409, "lost_race")),
    ],
)
async def test_a_row_that_fails_takes_no_other_with_it(door: Door, kind: str, outcome: tuple[int, str]) -> None:
    found = await in_trouble(door, *["fine"] * 5, kind, *["fine"] * 6)

    assert [status for status, _ in found] == [200] * 5 + [outcome[0]] + [200] * 6
    assert found[5] == outcome
    kept = await door.everything("audit")
    assert (kept.count("fine"), kept.count(kind)) == (11, 0)


async def test_a_batch_that_loses_a_race_is_done_again(door: Door) -> None:
    found = await in_trouble(door, "fine", "race", "fine")

    assert found == [(200, 2)] * 3
    assert (await door.everything("audit")).count("fine") == 2


async def test_a_failing_row_says_nothing_of_its_cause(door: Door) -> None:
    answer = await door.client.post("/v1/batches/troubles", json={"rows": [{"id": "unforeseen"}]}, headers=door.office)

    assert "secret" not in answer.text
    assert answer.json()["refused"] == 1


async def test_batches_are_described_with_the_act_that_they_do(door: Door) -> None:
    described = (await door.client.get("/openapi.json")).json()["paths"][SUBMISSION]["post"]

    assert "POST /v1/agreements/{agreement_id}/submission" in described["description"]
    assert described["x-access"]["roles"] == ["university_coop_office", "enterprise_admin"]
