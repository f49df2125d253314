"""Whatever goes wrong is answered as problem details, in the caller's language and without the caller's words."""

from typing import Any

import httpx
import pytest

from shared.web.requests import MAX_BODY_BYTES
from tests.integration.edge.door import SECRET, Door, stranger

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

JSON = {"content-type": "application/json"}
WORDS = "PRIVATE-WORDS"


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem that an answer tells of, once it is known to be whole."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    said: dict[str, Any] = answer.json()
    assert (answer.status_code, said["status"], said["code"]) == (status, status, code), said
    assert said["type"] == f"urn:sunmao:problem:{code}"
    assert said["instance"] == answer.request.url.path
    assert said["title"]
    assert said["detail"]
    assert answer.headers["x-request-id"]
    return said


@pytest.mark.parametrize("body", [b"{", b'{"kind": nothing}', b'"\xff\xfe"', b"[" * 100_000])
async def test_a_body_that_cannot_be_read_is_a_400(door: Door, body: bytes) -> None:
    answer = await door.client.post("/v1/organizations", content=body, headers={**door.office, **JSON})

    problem(answer, 400, "unreadable")


async def test_wrong_values_are_pointed_at_and_never_repeated(door: Door) -> None:
    who = await door.enterprise()
    lines = [{"line_no": WORDS, "kind": WORDS, "headcount": -1}, {"line_no": 2, "kind": "order_class", "headcount": 1}]
    body = door.need(lines=lines, region_code=WORDS, starts_on=WORDS, skills=[{"code": WORDS + " "}], budget_fen=WORDS)

    answer = await door.client.post("/v1/needs", json=body, headers=who)

    said = problem(answer, 422, "invalid_request")
    assert {error["pointer"] for error in said["errors"]} == {
        "/body/lines/0/line_no",
        "/body/lines/0/kind",
        "/body/lines/0/headcount",
        "/body/region_code",
        "/body/starts_on",
        "/body/skills/0/code",
        "/body/budget_fen",
    }
    assert WORDS not in answer.text


async def test_a_pointer_escapes_what_json_pointers_reserve(door: Door) -> None:
    answer = await door.client.post("/v1/organizations", json={**door.entry(), "a/b~c": 1}, headers=door.office)

    assert [error["pointer"] for error in problem(answer, 422, "invalid_request")["errors"]] == ["/body/a~1b~0c"]


async def test_a_body_that_is_not_json_is_of_the_wrong_shape(door: Door) -> None:
    answer = await door.client.post("/v1/organizations", content=WORDS.encode(), headers=door.office)

    assert [error["pointer"] for error in problem(answer, 422, "invalid_request")["errors"]] == ["/body"]
    assert WORDS not in answer.text


async def test_half_a_surrogate_pair_is_a_wrong_value(door: Door) -> None:
    body = b'{"kind":"enterprise","name_zh":"\\ud800","uscc":"1","region_code":"500101"}'

    answer = await door.client.post("/v1/organizations", content=body, headers={**door.office, **JSON})

    assert [error["pointer"] for error in problem(answer, 422, "invalid_request")["errors"]] == ["/body/name_zh"]


async def test_a_stranger_is_a_401_before_anything_of_the_body_is_looked_at(door: Door) -> None:
    answer = await door.client.post("/v1/organizations", content=b"{", headers=JSON)

    problem(answer, 401, "unauthenticated")
    assert answer.headers["www-authenticate"] == 'Bearer realm="sunmao"'


async def test_the_wrong_role_is_a_403(door: Door) -> None:
    answer = await door.client.post("/v1/organizations", json=door.entry(), headers=door.token("ops"))

    problem(answer, 403, "role_not_allowed")


async def test_an_act_of_an_organisation_is_a_403_without_one(door: Door) -> None:
    answer = await door.client.post("/v1/needs", json=door.need(), headers=door.token("enterprise_admin"))

    problem(answer, 403, "no_organization")


async def test_what_is_not_there_and_what_is_anothers_look_the_same(door: Door) -> None:
    need = await door.posted(await door.enterprise(), visibility="alliance")
    other = await door.enterprise()

    absent = await door.client.post(f"/v1/needs/need_{stranger()[4:]}/withdrawal", json={"reason": "no"}, headers=other)
    hidden = await door.client.post(f"/v1/needs/{need['id']}/withdrawal", json={"reason": "no"}, headers=other)

    unlike = {"instance"}
    first, second = problem(absent, 404, "not_found"), problem(hidden, 404, "not_found")
    assert {k: v for k, v in first.items() if k not in unlike} == {k: v for k, v in second.items() if k not in unlike}


async def test_a_wrong_state_is_a_409(door: Door) -> None:
    unverified = door.token("enterprise_admin", await door.organization(verified=False))

    answer = await door.client.post("/v1/needs", json=door.need(), headers=unverified)

    problem(answer, 409, "not_verified")


async def test_a_rule_that_refuses_says_which_and_what_would_pass(door: Door) -> None:
    answer = await door.client.post("/v1/organizations", json=door.entry(uscc="X" * 18), headers=door.office)

    rule = problem(answer, 422, "rule_refused")["rule"]
    assert (rule["id"], rule["verdict"]) == ("PTN-01", "fail")
    assert rule["version"]
    assert rule["remedy"]


@pytest.mark.parametrize("told", [True, False], ids=["told", "chunked"])
async def test_a_body_that_is_too_large_is_a_413(door: Door, told: bool) -> None:
    async def chunks():
        for _ in range(3):
            yield b" " * (MAX_BODY_BYTES // 2)

    body = b" " * (MAX_BODY_BYTES + 1) if told else chunks()
    answer = await door.client.post("/v1/organizations", content=body, headers={**door.office, **JSON})

    problem(answer, 413, "too_large")


async def test_a_body_of_just_the_limit_is_read(door: Door) -> None:
    answer = await door.client.post("/v1/organizations", content=b" " * MAX_BODY_BYTES, headers={**door.office, **JSON})

    problem(answer, 400, "unreadable")


async def test_a_method_that_is_not_there_is_a_405(door: Door) -> None:
    answer = await door.client.delete("/v1/needs", headers=door.office)

    problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"]


async def test_a_path_that_is_not_there_is_a_404(door: Door) -> None:
    problem(await door.client.get(f"/v1/{WORDS}"), 404, "not_found")


async def test_what_nobody_foresaw_is_a_500_that_tells_nothing(door: Door) -> None:
    answer = await door.client.get("/v1/trouble")

    problem(answer, 500, "internal_error")
    assert SECRET not in answer.text
    assert "ZeroDivisionError" not in answer.text
    assert "Traceback" not in answer.text


async def test_title_and_detail_follow_the_callers_language_and_the_code_does_not(door: Door) -> None:
    answers = [
        (await door.client.get("/v1/nothing", headers={"accept-language": language})).json()
        for language in ("en", "zh-CN")
    ]

    assert [answer["code"] for answer in answers] == ["not_found", "not_found"]
    assert [answer["title"] for answer in answers] == ["Not found", "未找到"]
    assert [answer["detail"][:5] for answer in answers] == ["There", "此地址不存"]
