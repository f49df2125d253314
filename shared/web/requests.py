"""Around every request: an id that logs and events carry, and the numbers by which it is measured."""

import re
import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from ulid import ULID

from shared.observability.logging import bind
from shared.observability.metrics import EdgeNumbers
from shared.observability.tracing import Tracing

_HEADER: Final = b"x-request-id"
_FIT: Final = re.compile(r"^[A-Za-z0-9._-]{1,64}$")


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
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 500

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (_HEADER, request_id.encode())]
            await send(message)

        began = time.perf_counter()
        with self._numbers.answering(), bind(request_id=request_id):
            try:
                await self._app(scope, receive, answer)
            finally:
                self._measure(scope, status, time.perf_counter() - began)

    def _measure(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "unmatched"
        self._numbers.answered(route, scope["method"], status, seconds, self._tracing.recorded_trace())


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        text = str(value.decode("latin-1"))
        if name == _HEADER and _FIT.match(text):
            return text
    return f"req_{ULID()}"
