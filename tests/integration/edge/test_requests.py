"""Every request has an id that answers, logs and audit rows share, and is measured under its route, not its path."""

import re

import pytest
from structlog.typing import EventDict

from shared.web.attempts import DEFAULT_TRIES
from tests.integration.edge.door import Door
from tests.integration.edge.test_problems import problem

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SERIES = "http_server_request_duration_seconds_count"


async def test_a_callers_id_is_answered(door: Door) -> None:
    answer = await door.client.get("/livez", headers={"x-request-id": "their.id-1"})

    assert answer.headers.get_list("x-request-id") == ["their.id-1"]


@pytest.mark.parametrize("sent", ["", "a b", "x" * 65, "a\tb", "ä", "id\u2028"])
async def test_an_id_that_no_log_should_hold_is_replaced(door: Door, sent: str) -> None:
    answer = await door.client.get("/livez", headers=[(b"x-request-id", sent.encode())])

    assert re.fullmatch(r"req_[0-9A-Z]{26}", answer.headers["x-request-id"])


async def test_the_audit_row_names_the_request(door: Door) -> None:
    answer = await door.client.post(
        "/v1/organizations", json=door.entry(), headers={**door.office, "x-request-id": "their-id"}
    )

    assert answer.status_code == 201
    assert "their-id" in await door.everything("outbox") + await door.everything("audit")


async def test_what_nobody_foresaw_is_logged_with_the_requests_id(door: Door, logged: list[EventDict]) -> None:
    await door.client.get("/v1/trouble", headers={"x-request-id": "their-id"})

    [line] = [line for line in logged if line["event"] == "unexpected error"]
    assert line["request_id"] == "their-id"
    assert isinstance(line["exc_info"], ZeroDivisionError)


async def test_a_request_is_measured_under_its_route(door: Door) -> None:
    who = await door.enterprise()
    need = await door.posted(who)
    (await door.client.get(f"/v1/needs/{need['id']}", headers=who)).raise_for_status()
    await door.client.get("/v1/nowhere/at-all")
    await door.client.get("/v1/operations/dead-letters/7", headers=door.token("ops"))

    told = (await door.client.get("/metrics")).text

    assert count(told, route="/v1/needs/{need_id}", method="GET", status="2xx") == 1
    assert count(told, route="/v1/needs", method="POST", status="2xx") == 1
    assert count(told, route="/v1/operations/dead-letters/{id}", method="GET", status="4xx") == 1
    assert count(told, route="unmatched", method="GET", status="4xx") == 1
    assert need["id"] not in told
    assert "at-all" not in told


async def test_a_500_is_measured_as_one(door: Door) -> None:
    await door.client.get("/v1/trouble")

    told = (await door.client.get("/metrics")).text

    assert count(told, route="/v1/trouble", method="GET", status="5xx") == 1


async def test_who_is_refused_at_the_door_is_counted_by_reason(door: Door) -> None:
    await door.client.get("/v1/needs")
    await door.client.get("/v1/needs", headers={"authorization": "Bearer x"})

    told = (await door.client.get("/metrics")).text

    assert 'sunmao_auth_failures_total{reason="missing",service="partnership"} 1.0' in told
    assert 'sunmao_auth_failures_total{reason="malformed",service="partnership"} 1.0' in told


def count(told: str, *, route: str, method: str, status: str) -> float:
    """How many requests were measured under these labels."""
    for line in told.splitlines():
        named = dict(re.findall(r'(\w+)="([^"]*)"', line))
        if line.startswith(SERIES) and route in named.values() and {method, status} <= set(named.values()):
            return float(line.rsplit(" ", 1)[1])
    return 0


@pytest.mark.parametrize(("language", "words"), [("en", "Too many tries"), ("zh", "一次性链接访问过于频繁")])
async def test_who_tries_a_link_too_often_is_told_when_to_come_back(door: Door, language: str, words: str) -> None:
    path, headers = f"/v1/signature-links/{'x' * 43}", {"accept-language": language}

    answers = [await door.client.get(path, headers=headers) for _ in range(DEFAULT_TRIES.per_link + 1)]

    assert {answer.status_code for answer in answers[:-1]} == {404}
    assert problem(answers[-1], 429, "too_many_tries")["detail"].startswith(words)
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    told = (await door.client.get("/metrics")).text
    assert 'sunmao_auth_failures_total{reason="too_many_tries",service="partnership"} 1.0' in told
