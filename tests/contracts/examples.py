"""The golden examples, and a way through each of them beside its schema."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from shared.contracts.event import Message
from shared.contracts.publish import golden_in
from shared.contracts.registry import REGISTRY
from shared.contracts.schemas import KNOWN, NULL, Schema, reader_schema

ROOT: Final = Path(__file__).parents[2]
BODIES: Final = sorted(REGISTRY, key=lambda body: body.wire.type)
GOLDEN: Final = golden_in(ROOT)

Place = tuple[str | int, ...]
Spot = tuple[Place, Any, Schema]


def named(body: type[Message]) -> str:
    """How a test says which body it is about."""
    return body.wire.type


def payload_of(body: type[Message]) -> dict[str, Any]:
    """The data of a body's golden example, free to be changed."""
    return copy.deepcopy(GOLDEN[body.wire.type]["data"])


def as_bytes(data: object) -> bytes:
    """Data as it travels."""
    return json.dumps(data, ensure_ascii=False).encode()


def objects_in(body: type[Message]) -> list[Place]:
    """Where a body's example has an object with named fields, at whatever depth."""
    return [place for place, _, schema in spots_in(body) if "properties" in schema]


def enumerations_in(body: type[Message]) -> list[Place]:
    """Where a body's example has a value of an open enumeration, at whatever depth."""
    return [place for place, _, schema in spots_in(body) if KNOWN in schema]


def spots_in(body: type[Message]) -> list[Spot]:
    """Every value of a body's example with its place and its schema."""
    schema = reader_schema(body)
    return list(_visit(payload_of(body), schema, schema.get("$defs", {}), ()))


def _visit(value: Any, schema: Schema, definitions: Mapping[str, Schema], place: Place) -> Iterator[Spot]:
    schema = _plain(schema, definitions)
    yield place, value, schema
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _visit(item, schema["items"], definitions, (*place, index))
    elif isinstance(value, dict):
        fields = schema.get("properties", {})
        for name, item in value.items():
            yield from _visit(item, fields.get(name) or schema["additionalProperties"], definitions, (*place, name))


def _plain(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    if "$ref" in schema:
        return _plain(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    if "anyOf" in schema:
        [other] = [part for part in schema["anyOf"] if part != NULL]
        return _plain(other, definitions)
    return schema


def at(data: Any, place: Place) -> Any:
    """The value at a place."""
    for step in place:
        data = data[step]
    return data


def with_change(data: Any, place: Place, change: Callable[[Any], Any]) -> Any:
    """A copy of the data with the value at one place changed."""
    if not place:
        return change(data)
    parts = copy.copy(data)
    parts[place[0]] = with_change(parts[place[0]], place[1:], change)
    return parts
