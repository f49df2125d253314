"""The language of a problem is the caller's, its code is not, and what it says of a value never is the value."""

import json
import sqlite3
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException

from shared.errors import Conflict, Forbidden, Invalid, LostRace, NotFound, Refusal
from shared.rules import NotInForce
from shared.web import problems
from shared.web.problems import language_of
from shared.web.refusals import Gone, NoPrecondition, PreconditionFailed, TooBusy


def asked(language: str | None = None) -> Request:
    headers = [] if language is None else [(b"accept-language", language.encode())]
    return Request({"type": "http", "path": "/v1/needs", "query_string": b"", "headers": headers, "method": "GET"})


async def answered(error: Exception, language: str | None = None) -> tuple[Response, dict[str, Any]]:
    """What the application answers to an error."""
    app = FastAPI()
    problems.install(app)
    kind = next(kind for kind in type(error).__mro__ if kind in app.exception_handlers)
    handle: Any = app.exception_handlers[kind]
    answer: Response = await handle(asked(language), error)
    return answer, json.loads(bytes(answer.body))


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("zh-CN", "zh"),
        ("ZH-hans-cn", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB, zh;q=0.9", "en"),
        ("en;q=0.3, zh;q=0.7", "zh"),
        ("en; q=0.3, zh; q=0.7", "zh"),
        ("zh; q=0.3 , en ;q=0.7", "en"),
        ("fr, zh;q=0.1", "zh"),
        ("zh;q=0, en;q=0.1", "en"),
        ("zh;q=0", "en"),
        ("zh;q=much, en;q=0.1", "en"),
        ("zha, enm", "en"),
        ("zha;q=1, zh;q=0.1", "zh"),
        ("*", "en"),
        (",;q=,", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_language_is_the_one_that_the_caller_prefers(wanted: str | None, language: str) -> None:
    assert language_of(asked(wanted)) == language


class Odd(Invalid):
    en = "Odd: {number}."
    zh = "奇数:{number}。"


@pytest.mark.parametrize(
    ("refusal", "status", "code"),
    [
        (NotFound(kind="need"), 404, "not_found"),
        (Forbidden(), 403, "forbidden"),
        (Conflict(), 409, "conflict"),
        (LostRace(), 409, "lost_race"),
        (Odd(number=3), 422, "odd"),
        (Refusal(), 422, "refusal"),
        (Gone(oldest=3), 410, "gone"),
        (PreconditionFailed(), 412, "precondition_failed"),
        (NoPrecondition(), 428, "no_precondition"),
        (TooBusy(), 503, "too_busy"),
        (HTTPException(404, "Not Found"), 404, "not_found"),
        (HTTPException(405), 405, "method_not_allowed"),
        (HTTPException(413), 413, "too_large"),
        (HTTPException(400, "There was an error parsing the body"), 400, "unreadable"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
async def test_every_refusal_has_one_status_and_one_code_in_both_languages(
    refusal: Exception, status: int, code: str
) -> None:
    (answer, en), (_, zh) = await answered(refusal), await answered(refusal, "zh-CN")

    assert (answer.status_code, en["status"], en["code"], zh["code"]) == (status, status, code, code)
    assert en["title"] != zh["title"]
    assert en["detail"] != zh["detail"]
    assert answer.media_type == "application/problem+json"


@pytest.mark.parametrize("kind", ["union_tag_invalid", "url_parsing", "uuid_parsing"])
async def test_a_message_that_would_repeat_the_value_is_replaced(kind: str) -> None:
    fault = {"type": kind, "loc": ("body", "a/b", 0, "c~d"), "msg": "Input 'PRIVATE' is wrong", "input": "PRIVATE"}

    _, said = await answered(RequestValidationError([fault]))

    assert said["errors"] == [{"pointer": "/body/a~1b/0/c~0d", "message": "This value does not fit."}]


async def test_a_business_date_before_any_rule_is_refused_in_both_languages() -> None:
    error = NotInForce("No pack names INT-01 for CN on 2001-01-01.")

    (answer, en), (_, zh) = await answered(error), await answered(error, "zh")

    assert (answer.status_code, en["code"]) == (422, "no_rule_in_force")
    assert "business date" in en["detail"]
    assert "业务日期" in zh["detail"]


def violation(*row: str | None) -> IntegrityError:
    """What SQLite says to a row that breaks a constraint."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a TEXT PRIMARY KEY, b TEXT UNIQUE, c TEXT NOT NULL)")
    connection.execute("INSERT INTO t VALUES ('1', '1', '1')")
    with pytest.raises(sqlite3.IntegrityError) as error:
        connection.execute("INSERT INTO t VALUES (?, ?, ?)", row)
    connection.close()
    return IntegrityError("INSERT INTO t", None, error.value)


@pytest.mark.parametrize("row", [("1", "2", "2"), ("2", "1", "2")])
async def test_a_value_that_is_there_already_is_a_duplicate(row: tuple[str, ...]) -> None:
    answer, said = await answered(violation(*row))

    assert (answer.status_code, said["code"]) == (409, "duplicate")


async def test_a_value_that_the_code_forgot_is_an_error_of_ours() -> None:
    answer, said = await answered(violation("2", "2", None))

    assert (answer.status_code, said["code"]) == (500, "internal_error")
    assert "NOT NULL" not in str(said)


async def test_a_database_that_refuses_connections_is_unavailable() -> None:
    answer, said = await answered(ConnectionRefusedError(111, "PRIVATE"))

    assert (answer.status_code, said["code"]) == (503, "unavailable")
    assert "PRIVATE" not in str(said)
