"""Every refusal and every error as problem details (RFC 9457), in the caller's language, without the caller's input."""

from collections.abc import Awaitable, Callable, Mapping
from html import escape
from typing import Any, Final

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException

from shared.documents.store import StoreUnavailable
from shared.errors import Conflict, Duplicate, Forbidden, NotFound, Refusal, RuleRefused
from shared.identity.refusals import IssuerUnavailable, Unauthenticated
from shared.messaging.blame import is_away, is_collision
from shared.papers.refusals import TooManyPapers
from shared.rules import NotInForce
from shared.tables import Fault, TableRefused
from shared.web.faults import told
from shared.web.plain_page import plain_page, wants_page
from shared.web.refusals import (
    Answered,
    Gone,
    InternalError,
    InvalidRequest,
    MethodNotAllowed,
    NoPrecondition,
    NoRuleInForce,
    NoSuchAddress,
    PreconditionFailed,
    Stopping,
    TooBusy,
    TooLarge,
    TooManyTries,
    Unavailable,
    Unreadable,
)
from shared.web.sent_file import WrappedFile

log: Any = structlog.get_logger(__name__)

_MEDIA_TYPE: Final = "application/problem+json"
_STATUS: Final[Mapping[type[Refusal], int]] = {
    Unreadable: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    Conflict: 409,
    Gone: 410,
    PreconditionFailed: 412,
    TooLarge: 413,
    WrappedFile: 415,
    NoPrecondition: 428,
    TooManyTries: 429,
    InternalError: 500,
    IssuerUnavailable: 503,
    StoreUnavailable: 503,
    TooBusy: 503,
    TooManyPapers: 503,
    Stopping: 503,
    Unavailable: 503,
}
_PUT_RIGHT: Final = {"en": "Go back and put this right:", "zh": "请返回上一页，更正下列内容："}
_TITLES: Final[Mapping[int, Mapping[str, str]]] = {
    400: {"en": "Unreadable", "zh": "无法读取"},
    401: {"en": "Not authenticated", "zh": "未认证"},
    403: {"en": "Not allowed", "zh": "无权办理"},
    404: {"en": "Not found", "zh": "未找到"},
    405: {"en": "No such method", "zh": "方法不支持"},
    409: {"en": "Conflict", "zh": "状态冲突"},
    410: {"en": "No longer kept", "zh": "已不再保留"},
    412: {"en": "Changed meanwhile", "zh": "对象已变更"},
    413: {"en": "Too large", "zh": "正文过大"},
    415: {"en": "Not sent as such", "zh": "提交方式不支持"},
    422: {"en": "Cannot be so", "zh": "不符合要求"},
    428: {"en": "Precondition missing", "zh": "缺少前提条件"},
    429: {"en": "Too many tries", "zh": "请求过于频繁"},
    500: {"en": "Internal error", "zh": "内部错误"},
    503: {"en": "Unavailable", "zh": "暂不可用"},
}
_FRAMEWORK: Final[Mapping[int, type[Refusal]]] = {404: NoSuchAddress, 405: MethodNotAllowed, 413: TooLarge}


def language_of(request: Request) -> str:
    """`zh` or `en`, whichever the caller's `Accept-Language` prefers; `en` where it names neither."""
    return stated_language(request) or "en"


def stated_language(request: Request) -> str | None:
    """`zh` or `en`, whichever the caller's `Accept-Language` prefers; None where it names neither."""
    wanted: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, parameter = (piece.strip().lower() for piece in part.partition(";"))
        language, weight = tag.partition("-")[0], _weight(parameter)
        if language in {"zh", "en"} and weight > 0:
            wanted.append((weight, language))
    return max(wanted, key=lambda item: item[0])[1] if wanted else None


def problem(
    request: Request, status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """One problem document; a person with a browser is given a page that says the same."""
    if wants_page(request):
        return _page(request, status, _told(request, detail, more), headers or {})
    body = {
        "type": f"urn:sunmao:problem:{code}",
        "title": _TITLES[status][language_of(request)],
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "code": code,
        **{name: value for name, value in more.items() if value is not None},
    }
    return Response(orjson.dumps(body), status, headers=dict(headers or {}), media_type=_MEDIA_TYPE)


def _page(request: Request, status: int, content: str, headers: Mapping[str, str]) -> Response:
    language = language_of(request)
    page = plain_page(_TITLES[status][language], content, language, status=status)
    page.headers.update(headers)
    return page


def _told(request: Request, detail: str, more: Mapping[str, Any]) -> str:
    """What is wrong, as a page says it: where single values are, each of them by the name of its field."""
    if not (errors := more.get("errors")):
        return f"<p>{escape(detail)}</p>"
    places = [(error["pointer"].rpartition("/")[2], error["message"]) for error in errors]
    lines = "".join(f"<dt>{escape(field)}</dt><dd>{escape(message)}</dd>" for field, message in places)
    return f"<p>{_PUT_RIGHT[language_of(request)]}</p><dl>{lines}</dl>"


def refused(
    request: Request, refusal: Refusal, *, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """What a refusal is answered with."""
    status = next((status for kind, status in _STATUS.items() if isinstance(refusal, kind)), 422)
    return problem(request, status, refusal.code, refusal.say(language_of(request)), headers=headers, **more)


def unexpected(request: Request, error: Exception) -> Response:
    """The answer to what nobody foresaw; the cause goes to the log and nowhere else."""
    log.error("unexpected error", exc_info=error)
    return refused(request, InternalError())


def install(app: FastAPI) -> None:
    """Answer every kind of error of this application so; what is none of these, `RequestMiddleware` answers."""
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)


async def answer_to(request: Request, error: Exception) -> Response:
    """What an error is answered with, where the answer has begun already and cannot be it."""
    kind = next((kind for kind in type(error).mro() if kind in _HANDLERS), None)
    return unexpected(request, error) if kind is None else await _HANDLERS[kind](request, error)


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101
    if isinstance(error, RuleRefused):
        return _rule(request, error)
    if isinstance(error, TableRefused):
        return refused(request, error, errors=[_cell(fault, language_of(request)) for fault in error.checked.faults])
    return refused(request, error, headers=_headers_of(error))


def _headers_of(error: Refusal) -> dict[str, str] | None:
    if isinstance(error, Unauthenticated):
        return {"WWW-Authenticate": error.challenge}
    return {"Retry-After": str(error.facts["seconds"])} if isinstance(error, TooManyTries) else None


def _rule(request: Request, error: RuleRefused) -> Response:
    finding, language = error.finding, language_of(request)
    rule = {
        "id": finding.rule,
        "version": finding.version,
        "verdict": finding.verdict.value,
        "actual": finding.actual,
        "limit": finding.limit,
        "remedy": getattr(finding.remedy, language, None),
    }
    return problem(request, 422, "rule_refused", getattr(finding.message, language), rule=rule)


def _cell(fault: Fault, language: str) -> dict[str, object]:
    column = fault.column
    return {
        "pointer": f"/rows/{fault.row}" + (f"/{column.name}" if column else ""),
        "message": fault.message.say(language),
        "row": fault.row,
        "column": column.heading.say(language) if column else None,
    }


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return refused(request, Unreadable())
    return refused(request, InvalidRequest(), errors=told(faults, language_of(request)))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    refusal = _FRAMEWORK.get(error.status_code, Unreadable)
    return refused(request, refusal(), headers=error.headers)


async def _database(request: Request, error: Exception) -> Response:
    if is_collision(error):
        # Values of the row stay out of the log line: only the constraint's name is of use to anybody.
        constraint = str(getattr(error, "orig", "")).splitlines()[0][:200]
        log.info("a constraint refused", constraint=constraint)
        return refused(request, Duplicate())
    if is_away(error):
        log.warning("the database is away", error=type(error).__name__)
        return refused(request, Unavailable())
    return unexpected(request, error)


async def _busy(request: Request, _error: Exception) -> Response:
    return refused(request, TooBusy())


async def _lawless(request: Request, error: Exception) -> Response:
    log.info("no rule was in force", reason=str(error))
    return refused(request, NoRuleInForce())


async def _answered(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Answered)  # noqa: S101
    return error.response


_HANDLERS: Final[Mapping[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]] = {
    Refusal: _refusal,
    RequestValidationError: _validation,
    HTTPException: _http,
    DBAPIError: _database,
    OSError: _database,
    NoConnectionFree: _busy,
    NotInForce: _lawless,
    Answered: _answered,
}


def _weight(parameter: str) -> float:
    try:
        return float(parameter.removeprefix("q=") or 1)
    except ValueError:
        return 0.0
