"""Around every request: an id that logs and events carry, a limit to its body, an answer come what may, its numbers."""

import asyncio
import re
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from ulid import ULID

from shared.documents.content import MAX_DOCUMENT_BYTES
from shared.documents.office import DOCX, XLSX
from shared.observability.logging import bind
from shared.observability.metrics import EdgeNumbers
from shared.observability.tracing import Tracing
from shared.tables import MAX_TABLE_BYTES
from shared.web.problems import refused, unexpected
from shared.web.refusals import Stopping, Unreadable

MAX_BODY_BYTES: Final = 2 * 1024 * 1024
TABLE_TYPES: Final = ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
"""What tables are sent as; they may be larger than other bodies."""
DOCUMENT_TYPES: Final = ("application/pdf", "image/png", "image/jpeg", DOCX, XLSX, "application/octet-stream")
"""What documents are sent as; at their one address they may be larger still."""
_DOCUMENTS: Final = "/v1/documents"

_REQUEST_ID: Final = b"x-request-id"
_FIT: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestMiddleware:
    """Gives each request an id (the caller's, if it is one), answers with it, and measures."""

    def __init__(self, app: ASGIApp, numbers: EdgeNumbers, tracing: Tracing) -> None:
        self._app = app
        self._numbers = numbers
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # What is there already is the mount under which the service was found, not a route of its own.
        scope.pop("route", None)
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        answering = _Answering(send, request_id)
        began = time.perf_counter()
        with self._tracing.unrecorded(scope), self._numbers.answering(), bind(request_id=request_id):
            try:
                await self._answer(scope, _Limited(receive, _told_length(scope), _most(scope)), answering)
            finally:
                self._measure(scope, answering.status, time.perf_counter() - began)

    async def _answer(self, scope: Scope, receive: Receive, send: "_Answering") -> None:
        request = Request(scope, receive)
        if not _readable(scope):
            await refused(request, Unreadable())(scope, receive, send)
            return
        try:
            await self._app(scope, receive, send)
        except asyncio.CancelledError:
            # The server breaks off whoever is at work when the time in which it stops is over.
            if send.begun:
                raise
            await refused(request, Stopping())(scope, receive, send)
        except Exception as error:
            if send.begun:
                raise
            await unexpected(request, error)(scope, receive, send)

    def _measure(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "unmatched"
        self._numbers.answered(route, scope["method"], status, seconds, self._tracing.recorded_trace())


@dataclass(slots=True)
class _Answering:
    """Sends an answer with the request's id, and remembers its status."""

    send: Send
    request_id: str
    status: int = 500
    begun: bool = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.begun = message["status"], True
            message["headers"] = [*message["headers"], (_REQUEST_ID, self.request_id.encode())]
        await self.send(message)


@dataclass(slots=True)
class _Limited:
    """Receives a body as long as it is not too large. `told` is how long it is said to be."""

    receive: Receive
    told: int
    most: int
    seen: int = 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.seen += len(message.get("body", b""))
        if max(self.told, self.seen) > self.most:
            # FastAPI lets this class alone pass from where it reads a body.
            raise HTTPException(413)
        return message


def _readable(scope: Scope) -> bool:
    """Whether an address is UTF-8 (another encoding would be kept as question marks) and holds no NUL.

    No value of ours holds one, and PostgreSQL fails over it.
    """
    try:
        asked = unquote_to_bytes(scope["query_string"]).decode()
    except UnicodeDecodeError:
        return False
    return "\x00" not in scope["path"] + asked


def _request_id(scope: Scope) -> str:
    text = _header(scope, _REQUEST_ID)
    return text if _FIT.fullmatch(text) else f"req_{ULID()}"


def _most(scope: Scope) -> int:
    if scope["method"] == "POST" and scope["path"].endswith(_DOCUMENTS):
        return MAX_DOCUMENT_BYTES
    sent_as = _header(scope, b"content-type").partition(";")[0].strip().lower()
    return MAX_TABLE_BYTES if sent_as in TABLE_TYPES else MAX_BODY_BYTES


def _told_length(scope: Scope) -> int:
    text = _header(scope, b"content-length")
    return int(text) if text.isdecimal() else 0


def _header(scope: Scope, wanted: bytes) -> str:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == wanted), "")
