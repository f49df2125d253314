"""The front door of the embedded edition: health of all services together, and one page that tells the last story."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, Final

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from shared.identity.issuer import LocalIssuer
from shared.observability.metrics import Metrics
from shared.operations.folder import Folder
from shared.operations.parts import Parts
from shared.operations.story_page import render_page

_LOOPBACK: Final = {"127.0.0.1", "::1", "testclient"}


@dataclass(frozen=True, slots=True)
class FrontDoor:
    """The routes beside the services."""

    parts: Mapping[str, Parts]
    metrics: Metrics
    folder: Folder
    issuer: LocalIssuer

    def routes(self) -> list[BaseRoute]:
        """Health, metrics, and the page."""
        return [
            Route("/livez", self._livez),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics),
            Route("/", self._page),
        ]

    async def _livez(self, _request: Request) -> Response:
        found = {name: await parts.health.liveness() for name, parts in self.parts.items()}
        wrong = _only_failures(found)
        body = {"status": "failing" if wrong else "alive", "wrong": wrong, "version": version("sunmao")}
        return JSONResponse(body, 503 if wrong else 200)

    async def _readyz(self, _request: Request) -> Response:
        found = {name: await parts.health.readiness() for name, parts in self.parts.items()}
        wrong, told = (_only_failures({name: said[part] for name, said in found.items()}) for part in (0, 1))
        body = {"status": "unready" if wrong else "ready", "wrong": wrong, "told": told}
        return JSONResponse(body, 503 if wrong else 200)

    async def _metrics(self, request: Request) -> Response:
        body, content_type = self.metrics.expose(request.headers.get("accept", ""))
        return Response(body, headers={"content-type": content_type})

    async def _page(self, request: Request) -> Response:
        if request.client is None or request.client.host not in _LOOPBACK:
            return JSONResponse({"detail": "This page is for the machine that it runs on."}, 404)
        return HTMLResponse(render_page(list(self.parts), await self._last_story()))

    async def _last_story(self) -> list[dict[str, Any]]:
        """The demonstration events of the last story that was run here, oldest first."""
        story = self.folder.last_story()
        if story is None or "notify" not in self.parts:
            return []
        token = self.issuer.issue(scopes=["events:read"], subject="sunmao-root-page")
        transport = httpx.ASGITransport(self.parts["notify"].app)
        headers = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://notify", headers=headers) as client:
            answer = await client.get(f"/v1/stories/{story}")
        events: list[dict[str, Any]] = answer.json() if answer.status_code == HTTPStatus.OK else []
        return [event for event in events if event.get("test") in {True, "true"}]


def _only_failures(found: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {name: failures for name, failures in found.items() if failures}
