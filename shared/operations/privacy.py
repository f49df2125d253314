"""`sunmao privacy`: the data map as a table, and what people or their offices ask of running services about them."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from shared.operations.addresses import Addresses
from shared.operations.remote import show_table
from shared.operations.visitor import AnswerError, Visitor
from shared.personal.data_map import SENSITIVE, DataMap, Erasing, Field, Held, Kind
from shared.personal.retention import retentions
from shared.web.service import installed_services

console = Console()

_ERASED = {
    Erasing.BLANKED: "blanked",
    Erasing.OWN_ID: "the id takes its place",
    Erasing.PARTS: "parts blanked",
    Erasing.KEPT: "kept",
}


@dataclass(frozen=True, slots=True)
class Asker:
    """In whose name it is asked: a role, an organisation, persons; or `SUNMAO_TOKEN`."""

    role: str
    organization_id: str | None = None
    persons: Sequence[str] = ()


def map_table(personal: DataMap) -> str:
    """What a service holds of people, as a Markdown table: a line for each column that says more than an id."""
    lines = ["| table | what of whom | class | ground | at an erasure |", "|---|---|---|---|---|"]
    for each in sorted(personal.tables, key=lambda held: held.table):
        if each.speaks_of_people:
            lines += [
                _line(each, name, field) for name, field in each.fields.items() if field.kind is not Kind.REFERENCE
            ]
    return "\n".join(lines)


def retention_table() -> str:
    """How long what is kept and why, as a Markdown table."""
    lines = ["| class | kept | ground | source |", "|---|---|---|---|"]
    lines += [
        f"| `{name}` | {each.en} ({each.sure}) | {each.ground} | {each.source} |" for name, each in retentions().items()
    ]
    return "\n".join(lines)


def installed_maps(service: str | None) -> list[DataMap]:
    """The maps of the services that are installed here, or of one of them."""
    found = [each.personal for each in installed_services().values() if service in {None, each.name}]
    return [personal for personal in found if personal is not None]


async def export(person_id: str, asker: Asker, services: Sequence[str]) -> None:
    """All that these services hold of a person, as one JSON object by service."""
    told: dict[str, Any] = {}
    async with _visitor() as visitor:
        token = await _token(visitor, asker)
        for service in services:
            told[service] = await _held(visitor, service, person_id, token)
    console.print_json(json.dumps(told, ensure_ascii=False))


async def erase(person_id: str, asker: Asker) -> None:
    """Erase a person, and say which services have confirmed it."""
    async with _visitor() as visitor:
        token = await _token(visitor, asker)
        path = f"/v1/personal-data/{person_id}/erasure"
        erasure = (await visitor.call("POST", "training", path, token=token)).json()
    show_erasure(erasure)


async def receipts(erasure_id: str, asker: Asker) -> bool:
    """Show which services have confirmed an erasure; whether all have."""
    async with _visitor() as visitor:
        token = await _token(visitor, asker)
        erasure = (await visitor.call("GET", "training", f"/v1/erasures/{erasure_id}", token=token)).json()
    show_erasure(erasure)
    return bool(erasure["status"] == "complete")


def show_erasure(erasure: Mapping[str, Any]) -> None:
    """An erasure with a line for each service."""
    console.print(f"{erasure['id']}  {erasure['person_id']}  {erasure['status']}", soft_wrap=True)
    show_table([{**receipt, "confirmed_at": receipt["confirmed_at"] or "-"} for receipt in erasure["receipts"]])


async def _held(visitor: Visitor, service: str, person_id: str, token: str) -> Any:
    """What one service holds; None where it knows nobody of this id for whom the caller may ask."""
    try:
        return (await visitor.call("GET", service, f"/v1/personal-data/{person_id}", token=token)).json()
    except AnswerError as error:
        if error.code != "not_found":
            raise
        return None


def _visitor() -> Visitor:
    return Visitor(Addresses.read(os.environ), token=os.environ.get("SUNMAO_TOKEN"))


async def _token(visitor: Visitor, asker: Asker) -> str:
    return await visitor.token(asker.role, asker.organization_id, asker.persons)


def _line(held: Held, name: str, field: Field) -> str:
    kind = f"{field.kind.value}{' (sensitive)' if field.kind in SENSITIVE else ''}"
    whose = f", {field.of}" if field.of else ""
    erased = "row removed" if held.removed else _ERASED[field.erasing]
    if not (held.person or held.party or held.object or held.mentions):
        erased = "goes with time" if held.age else "kept"
    ground = retentions()[held.kept].ground
    return f"| `{held.table}.{name}` | {kind}{whose} | `{held.kept}` | {ground} | {erased} |"
