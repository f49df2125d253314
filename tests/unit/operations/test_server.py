"""Whom a request comes from (who connects, or whom a proxy names whose word is taken), and how a server stops."""

import asyncio
from contextlib import nullcontext
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from deploy.local.ports import free_ports
from shared.observability.metrics import Metrics
from shared.observability.tracing import TracingSettings, build
from shared.operations import server
from shared.operations.server import serve
from shared.web.requests import RequestMiddleware


async def _who(scope: Any, receive: Any, send: Any) -> None:
    client = Request(scope).client
    await PlainTextResponse(client.host if client else "")(scope, receive, send)


@pytest.mark.parametrize(
    ("proxies", "whom"), [(None, "192.0.2.7"), ("*", "192.0.2.7"), ("198.51.100.0/24", "127.0.0.1")]
)
async def test_a_proxy_is_believed_if_it_is_named_or_on_this_machine_where_none_is(
    proxies: str | None, whom: str
) -> None:
    (port,) = free_ports(1)
    up, over = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(
        serve(_who, "127.0.0.1", port, nullcontext(), ready=up.set, over=over, proxies=proxies)
    )
    await up.wait()

    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/", headers={"x-forwarded-for": "192.0.2.7"})
    over.set()
    await serving

    assert answer.text == whom


async def test_a_request_that_takes_longer_than_the_server_waits_may_be_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "_GRACE_SECONDS", 0.1)
    (port,) = free_ports(1)
    up, over, at_work = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def endless(_scope: Any, _receive: Any, _send: Any) -> None:
        at_work.set()
        await asyncio.Event().wait()

    numbers, tracing = Metrics(CollectorRegistry()).edge("talent"), build(TracingSettings("talent"))
    app = RequestMiddleware(endless, numbers, tracing)
    serving = asyncio.create_task(serve(app, "127.0.0.1", port, nullcontext(), ready=up.set, over=over))
    await up.wait()

    async with httpx.AsyncClient() as client:
        asking = asyncio.create_task(client.get(f"http://127.0.0.1:{port}/v1/needs"))
        await at_work.wait()
        over.set()
        answer = await asking
    await serving

    assert (answer.status_code, answer.json()["code"]) == (503, "stopping")
    assert answer.headers["content-type"] == "application/problem+json"
