"""A body that a program sends as JSON and the page of a one-time link as its form: both are held to the same shape."""

from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from shared.web.refusals import Unreadable

_FORM: Final = "application/x-www-form-urlencoded"
_MOST_FIELDS: Final = 8
B = TypeVar("B", bound=BaseModel)


async def sent(request: Request, kind: type[B]) -> B:
    """What was sent. A field that was left empty in a form was not said. Raises `Unreadable` for what is neither."""
    body = await request.body()
    try:
        return kind.model_validate(_read(request, body))
    except ValidationError as error:
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]) from None


def taken_as(kind: type[BaseModel]) -> dict[str, Any]:
    """How a route says that it takes such a body either way."""
    schema = {"schema": kind.model_json_schema()}
    return {"requestBody": {"required": True, "content": dict.fromkeys(("application/json", _FORM), schema)}}


def _read(request: Request, body: bytes) -> object:
    try:
        if request.headers.get("content-type", "").startswith(_FORM):
            return _filled_in(body)
        return from_json(body)
    except ValueError:
        raise Unreadable from None


def _filled_in(body: bytes) -> dict[str, str]:
    pairs = parse_qsl(body.decode(), strict_parsing=True, max_num_fields=_MOST_FIELDS)
    return {name: value for name, value in pairs if value.strip()}
