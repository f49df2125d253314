"""A page for a phone: plain HTML that loads nothing, runs nothing and is told to nobody by the browser.

Whatever stands on it is escaped by whoever makes its content.
"""

import base64
import hashlib
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from fastapi import Request
from fastapi.responses import Response

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
    return Template(files(__package__).joinpath("plain_page.html").read_text())


@cache
def _style() -> str:
    return files(__package__).joinpath("plain_page.css").read_text()
