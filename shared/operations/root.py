"""The front door of the embedded edition: health of all services together, and one page that tells the last story."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from shared.operations.story_page import render_page

if TYPE_CHECKING:
    from shared.operations.embedded import Town

_LOOPBACK = {"127.0.0.1", "::1", "testclient"}


def root_routes(town: "Town") -> list[BaseRoute]:
    """The routes beside the services."""

    async def livez(_request: Request) -> Response:
        wrong = {name: failures for name, parts in town.parts.items() if (failures := await parts.health.liveness())}
        return JSONResponse({"status": "failing" if wrong else "alive", "wrong": wrong}, 503 if wrong else 200)

    async def readyz(_request: Request) -> Response:
        wrong = {
            name: failures for name, parts in town.parts.items() if (failures := (await parts.health.readiness())[0])
        }
        return JSONResponse({"status": "unready" if wrong else "ready", "wrong": wrong}, 503 if wrong else 200)

    async def metrics(request: Request) -> Response:
        body, content_type = town.metrics.expose(request.headers.get("accept", ""))
        return Response(body, headers={"content-type": content_type})

    async def page(request: Request) -> Response:
        if request.client is None or request.client.host not in _LOOPBACK:
            return JSONResponse({"detail": "This page is for the machine that it runs on."}, 404)
        return HTMLResponse(render_page(list(town.parts), await _last_story(town)))

    return [Route("/livez", livez), Route("/readyz", readyz), Route("/metrics", metrics), Route("/", page)]


async def _last_story(town: "Town") -> list[dict[str, Any]]:
    """The demonstration events of the last story that was run here, oldest first."""
    story = town.folder.last_story()
    if story is None or "notify" not in town.parts:
        return []
    token = town.issuer.issue(scopes=["events:read"], subject="sunmao-root-page")
    transport = httpx.ASGITransport(town.parts["notify"].app)
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://notify", headers=headers) as client:
        answer = await client.get(f"/v1/stories/{story}")
    events: list[dict[str, Any]] = answer.json() if answer.status_code == HTTPStatus.OK else []
    return [event for event in events if event.get("test") in {True, "true"}]
