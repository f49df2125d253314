"""One row of a batch on its way through the route of its act: as far as its transaction, and on once that is over."""

import asyncio
import json
from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar, cast
from urllib.parse import quote

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.types import Message, Scope

from shared.identity.principal import Principal
from shared.kernel.aggregate import Aggregate
from shared.kernel.work import Context
from shared.web import problems
from shared.web.asked import Asked
from shared.web.batches.marking import id_in
from shared.web.batches.views import NewRow, ObjectRow, OutcomeView
from shared.web.edge import EDGE, Edge
from shared.web.runtime import Runtime

A = TypeVar("A", bound=Aggregate)
C = TypeVar("C")
T = TypeVar("T")
V = TypeVar("V", bound=BaseModel)

_TAKEN_ALONG: Final = (
    "type", "asgi", "http_version", "scheme", "server", "client", "root_path", "app",
    "starlette.exception_handlers", "fastapi_middleware_astack",
)  # fmt: skip
_HEADERS: Final = (b"authorization", b"accept-language")
_JSON: Final = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Ready:
    """What a row asks for once its route has come to the transaction."""

    asked: Asked[Any, Any, Any, Any]
    context: Context
    request: Request
    who: Principal | None


class Row:
    """A row, its number counted from 1. `ready` is set while it waits for the transaction."""

    def __init__(self, number: int, row: NewRow, route: APIRoute, batch: Request) -> None:
        self.number = number
        self.status: int = route.status_code or 200
        self.ready: Ready | None = None
        self._body = b"" if row.body is None else json.dumps(row.body).encode()
        self._route = route
        self._scope = _scope(row, route, batch, partial(RowEdge, self))
        self._reached = asyncio.Event()
        self._over: asyncio.Future[BaseModel] = asyncio.get_running_loop().create_future()
        self._sent: dict[str, Any] = {"status": 500, "body": b""}
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Go as far as the transaction; a row that is refused before goes to its end."""
        self._task = asyncio.create_task(self._go())
        await self._reached.wait()

    async def wait(self, ready: Ready) -> BaseModel:
        """Let the transaction begin, and go on with what came of this row in it."""
        if self.ready is not None:
            raise AssertionError(f"{self._route.path} acts twice; it cannot be done in batches")
        self.ready = ready
        self._reached.set()
        return await self._over

    async def end(self, view: BaseModel | None) -> None:
        """Go to the end with what came of it; without anything the row is given up."""
        if self._task is None:
            return
        if view is not None:
            self._over.set_result(view)
        else:
            self._task.cancel()
        await asyncio.wait({self._task})

    @property
    def refusal(self) -> OutcomeView:
        """How a row was answered that did not come as far as the transaction."""
        status: int = self._sent["status"]
        if status < 400:
            raise AssertionError(f"{self._route.path} does not act by edge.act; it cannot be done in batches")
        return OutcomeView(row=self.number, status=status, problem=orjson.loads(self._sent["body"]))

    async def _go(self) -> None:
        try:
            await self._route.handle(self._scope, self._receive, self._send)
        except Exception as error:  # noqa: BLE001
            # Whatever is wrong with one row is that row's answer, never its neighbours' loss.
            answer = problems.unexpected(Request(self._scope), error)
            await answer(self._scope, self._receive, self._send)
        finally:
            self._reached.set()

    async def _receive(self) -> Message:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        self._sent["status"] = message.get("status", self._sent["status"])
        self._sent["body"] += message.get("body", b"")


class RowEdge(Edge):
    """The edge of a row: instead of a transaction of its own it waits for that of the batch."""

    def __init__(self, row: Row, request: Request, response: Response, runtime: Runtime, who: Principal | None) -> None:
        super().__init__(request, response, runtime, who)
        self._row = row

    async def carry_out(self, asked: Asked[A, C, T, V], context: Context) -> V:
        """Wait for what comes of it in the transaction of the batch."""
        view = await self._row.wait(Ready(asked, context, self._request, self._who))
        return cast("V", view)


def _scope(row: NewRow, route: APIRoute, batch: Request, edge: Any) -> Scope:
    """The request that a row stands for, as the route of its act would get it."""
    parameters, path, headers = {}, route.path, _headers(batch)
    if isinstance(row, ObjectRow) and (name := id_in(route.path)):
        parameters, path = {name: row.id}, path.replace(f"{{{name}}}", quote(row.id, safe=""))
        headers += [] if row.version is None else [(b"if-match", f'"{row.version}"'.encode())]
    path = batch.scope.get("root_path", "") + path
    return {
        **{name: batch.scope[name] for name in _TAKEN_ALONG if name in batch.scope},
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "state": {"request_id": batch.state.request_id},
        "route": route,
        "path_params": parameters,
        EDGE: edge,
    }


def _headers(batch: Request) -> list[tuple[bytes, bytes]]:
    return [_JSON, *((name, value) for name, value in batch.scope["headers"] if name in _HEADERS)]
