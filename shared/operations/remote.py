"""What the command line asks of running services, over HTTP as anybody would, and how it shows the answers."""

import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from shared.contracts.fields import REGION_TIME
from shared.operations.addresses import Addresses
from shared.operations.visitor import Visitor

console = Console()


@asynccontextmanager
async def operator() -> AsyncIterator[tuple[Visitor, str]]:
    """Somebody with the role `ops`: a token of `SUNMAO_TOKEN`, else of the local issuer."""
    async with Visitor(Addresses.read(os.environ), token=os.environ.get("SUNMAO_TOKEN")) as visitor:
        yield visitor, await visitor.token("ops")


async def list_dead_letters(service: str, *, status: str | None, consumer: str | None) -> None:
    """One line for each."""
    wanted = {name: value for name, value in {"status": status, "consumer": consumer}.items() if value}
    async with operator() as (visitor, token):
        answer = await visitor.call("GET", service, "/v1/operations/dead-letters", token=token, params=wanted)
    columns = ("id", "consumer", "type", "status", "error_type", "error", "attempts", "first_seen")
    show_table([{name: row[name] for name in columns} for row in answer.json()])


async def show_dead_letter(service: str, id: int) -> None:
    """Everything about one."""
    await _show(service, "GET", f"/v1/operations/dead-letters/{id}")


async def replay(service: str, selection: dict[str, Any], since: datetime | None) -> None:
    """What was replayed, or would be."""
    body = {**selection, "since": _instant(since) if since else None}
    await _show(service, "POST", "/v1/operations/dead-letters/replays", body)


async def discard(service: str, ids: Sequence[int], reason: str) -> None:
    """How many were."""
    await _show(service, "POST", "/v1/operations/dead-letters/discards", {"ids": list(ids), "reason": reason})


async def show_outbox(service: str) -> None:
    """What lies in it."""
    await _show(service, "GET", "/v1/operations/outbox")


async def rebuild(service: str, consumer: str) -> None:
    """How many states were read."""
    await _show(service, "POST", "/v1/operations/rebuilds", {"consumer": consumer})


async def backfill(service: str, consumer: str, since: datetime) -> None:
    """How many events were offered."""
    await _show(service, "POST", "/v1/operations/backfills", {"consumer": consumer, "since": _instant(since)})


async def tail(type_prefix: str, after: int | None) -> None:
    """Events as they arrive, one a line."""
    wanted: dict[str, Any] = {"type": type_prefix, "limit": 100, **({"after": after} if after is not None else {})}
    async with operator() as (visitor, token):
        async for event in visitor.stream("notify", "/v1/events/stream", token=token, params=wanted):
            _print_event(event)


async def story(correlation_id: str) -> None:
    """The events of one story."""
    async with operator() as (visitor, token):
        answer = await visitor.call("GET", "notify", f"/v1/stories/{correlation_id}", token=token)
    for event in answer.json():
        _print_event(event)


async def print_token(role: str, organization_id: str | None, persons: Sequence[str]) -> None:
    """A token, alone on a line."""
    async with Visitor(Addresses.read(os.environ)) as visitor:
        typer.echo(await visitor.token(role, organization_id, persons))


async def _show(service: str, method: str, path: str, body: dict[str, Any] | None = None) -> None:
    async with operator() as (visitor, token):
        answer = await visitor.call(method, service, path, token=token, json=body)
    console.print_json(json.dumps(answer.json(), ensure_ascii=False))


def show_table(rows: Sequence[dict[str, Any]]) -> None:
    """One line for each row."""
    if not rows:
        console.print("none")
        return
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    console.print(table)


def _print_event(event: dict[str, Any]) -> None:
    console.print(
        f"[dim]{event['time']}[/dim] [bold]{event['type']}[/bold] {event['subject']} "
        f"[dim]#{int(event['sequence'])} {event.get('actor', '')} {event.get('correlationid', '')}[/dim]",
        soft_wrap=True,
    )


def _instant(at: datetime) -> str:
    return (at if at.tzinfo else at.replace(tzinfo=REGION_TIME)).isoformat()
