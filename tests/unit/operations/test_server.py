"""Whom a request comes from: who connects, or whom a proxy names whose word is taken."""

import asyncio
from contextlib import nullcontext
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from deploy.local.ports import free_ports
from shared.operations.server import serve


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
