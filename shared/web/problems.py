"""Every refusal and every error as problem details (RFC 9457), in the caller's language, without the caller's input."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

import orjson
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException

from shared.errors import Conflict, Duplicate, Forbidden, NotFound, Refusal, RuleRefused
from shared.identity.refusals import IssuerUnavailable, Unauthenticated
from shared.web.refusals import Answered, Gone, NoPrecondition, PreconditionFailed, TooBusy

log: Any = structlog.get_logger(__name__)

_MEDIA_TYPE: Final = "application/problem+json"
_STATUS: Final[Mapping[type[Refusal], int]] = {
    Unauthenticated: 401,
    IssuerUnavailable: 503,
    NotFound: 404,
    Forbidden: 403,
    Gone: 410,
    PreconditionFailed: 412,
    NoPrecondition: 428,
    TooBusy: 503,
    Conflict: 409,
}


def language_of(request: Request) -> str:
    """`zh` or `en`, whichever the caller's `Accept-Language` prefers."""
    wanted: list[tuple[float, str]] = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        if tag[:2].lower() in {"zh", "en"}:
            wanted.append((_weight(weight), tag[:2].lower()))
    return max(wanted, key=lambda item: item[0])[1] if wanted else "en"


def problem(
    request: Request, status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    """One problem document."""
    body = {
        "type": f"urn:sunmao:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "code": code,
        **{name: value for name, value in more.items() if value is not None},
    }
    return Response(orjson.dumps(body), status, headers=dict(headers or {}), media_type=_MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every kind of error of this application so."""
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(IntegrityError, _integrity)
    app.add_exception_handler(UnicodeDecodeError, _not_text)
    app.add_exception_handler(Answered, _answered)
    app.add_exception_handler(Exception, _unexpected)


async def _refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)  # noqa: S101
    language = language_of(request)
    if isinstance(error, RuleRefused):
        return _rule(request, error, language)
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 422)
    headers = {"WWW-Authenticate": error.challenge} if isinstance(error, Unauthenticated) else None
    return problem(request, status, error.code, error.say(language), headers=headers)


def _rule(request: Request, error: RuleRefused, language: str) -> Response:
    finding = error.finding
    rule = {
        "id": finding.rule,
        "version": finding.version,
        "verdict": finding.verdict.value,
        "actual": finding.actual,
        "limit": finding.limit,
        "remedy": getattr(finding.remedy, language, None),
    }
    return problem(request, 422, "rule_refused", getattr(finding.message, language), rule=rule)


async def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    kinds = {str(fault["type"]) for fault in error.errors()}
    if "json_invalid" in kinds:
        return problem(request, 400, "unreadable", "The body is not JSON.")
    return problem(request, 422, "invalid_request", "Some values do not fit.", errors=_faults(error.errors()))


def _faults(errors: Sequence[Any]) -> list[dict[str, str]]:
    """Where each fault is and what would pass; pydantic's own text may quote the value, ours does not."""
    return [{"pointer": "/" + "/".join(map(str, fault["loc"])), "message": str(fault["msg"])} for fault in errors]


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "_")
    return problem(request, error.status_code, code, str(error.detail), headers=error.headers)


async def _integrity(request: Request, error: Exception) -> Response:
    # Values of the row stay out of the log line: only the constraint's name is of use to anybody.
    log.info("a constraint refused", constraint=str(getattr(error, "orig", "")).splitlines()[0][:200])
    duplicate = Duplicate()
    return problem(request, 409, duplicate.code, duplicate.say(language_of(request)))


async def _not_text(request: Request, _error: Exception) -> Response:
    return problem(request, 400, "unreadable", "The body is not UTF-8.")


async def _answered(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Answered)  # noqa: S101
    return error.response


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", exc_info=error)
    return problem(request, 500, "internal_error", "Something went wrong on our side; the request id helps to find it.")


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
