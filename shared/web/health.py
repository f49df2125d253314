"""What a process says of itself to whoever runs it: alive, ready, and its numbers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from shared.identity.access import public
from shared.identity.router import AccessRouter

Check = Callable[[], Awaitable[str | None]]
"""None where all is well, else one sentence that says what is not."""


@dataclass(slots=True)
class Health:
    """The checks of one service. `alive` fails only for what a restart mends; `ready` for what callers would notice."""

    alive: dict[str, Check] = field(default_factory=dict)
    ready: dict[str, Check] = field(default_factory=dict)
    told: dict[str, Check] = field(default_factory=dict)
    stopping: bool = False

    async def liveness(self) -> dict[str, str]:
        """What is wrong, by check."""
        return await _failures(self.alive)

    async def readiness(self) -> tuple[dict[str, str], dict[str, str]]:
        """What is wrong, and what is only told (the broker's absence does not stop commands)."""
        wrong = await _failures(self.ready)
        if self.stopping:
            wrong["stopping"] = "the process is being stopped"
        return wrong, await _failures(self.told)


router = AccessRouter(tags=["operations"])


@router.get("/livez", access=public())
async def livez(request: Request) -> Response:
    """200 while the process is alive; it does not look at anything outside itself. Says which release it is."""
    wrong = await _health(request).liveness()
    body = {"status": "failing" if wrong else "alive", "wrong": wrong, "version": request.app.version}
    return JSONResponse(body, 503 if wrong else 200)


@router.get("/readyz", access=public())
async def readyz(request: Request) -> Response:
    """200 while requests can be served: database reachable, migrations applied, projections caught up."""
    wrong, told = await _health(request).readiness()
    body = {"status": "unready" if wrong else "ready", "wrong": wrong, "told": told}
    return JSONResponse(body, 503 if wrong else 200)


@router.get("/metrics", access=public())
async def metrics(request: Request) -> Response:
    """The numbers of this process for Prometheus, with exemplars in OpenMetrics."""
    body, content_type = request.app.state.runtime.metrics.expose(request.headers.get("accept", ""))
    return Response(body, headers={"content-type": content_type})


def _health(request: Request) -> Health:
    health: Health = request.app.state.health
    return health


async def _failures(checks: dict[str, Check]) -> dict[str, str]:
    failures: dict[str, str] = {}
    for name, check in checks.items():
        if (sentence := await check()) is not None:
            failures[name] = sentence
    return failures
