"""A page for a phone: plain HTML that loads nothing, runs nothing and is told to nobody by the browser.

Whatever stands on it is escaped by whoever makes its content; `line` escapes what it is given.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from html import escape
from string import Template
from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response

from shared.contracts.fields import REGION_TIME
from shared.shipped import shipped_text, shipped_yaml

PAGE: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/html": {"schema": {"type": "string"}}}}}
"""How a route says that it answers a browser with a page."""
_TAGS: Final = {"zh": "zh-CN", "en": "en"}


def wants_page(request: Request) -> bool:
    """Whether a person with a browser asks; programs ask for JSON, or for nothing in particular."""
    accepted = request.headers.get("accept", "").lower()
    return "text/html" in accepted and "json" not in accepted


def plain_page(title: str, content: str, language: str, *, status: int = 200) -> Response:
    """A page with a heading and some HTML below it."""
    text = _template().substitute(
        title=escape(title), content=content, style=_style(), language=_TAGS.get(language, "en")
    )
    headers = {**_headers(), "Content-Language": _TAGS.get(language, "en"), "Vary": "Accept, Accept-Language"}
    return Response(text, status, headers=headers, media_type="text/html; charset=utf-8")


def line(name: str, value: str) -> str:
    """One line of what a page tells, in a list of such."""
    return f"<dt>{name}</dt><dd>{escape(value)}</dd>"


def hash_line(name: str, sha256: str) -> str:
    """The line of a checksum."""
    return f'<dt>{name}</dt><dd class="hash">{sha256}</dd>'


def minute(at: datetime) -> str:
    """An instant as a page shows it."""
    return at.astimezone(REGION_TIME).strftime("%Y-%m-%d %H:%M (+08:00)")


@cache
def page_words(package: str, file: str) -> Mapping[str, Mapping[str, str]]:
    """The words of a page by language, from a file beside the code that makes it. A name in braces is filled in."""
    said: Any = shipped_yaml(package, file)
    return {language: {name: str(text) for name, text in words.items()} for language, words in said.items()}


@cache
def _headers() -> dict[str, str]:
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


@cache
def _template() -> Template:
    return Template(shipped_text(__package__, "plain_page.html"))


@cache
def _style() -> str:
    return shipped_text(__package__, "plain_page.css")
