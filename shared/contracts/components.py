"""The parts of an AsyncAPI document that its channels share: one message per type, and the schemas behind them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from shared.contracts.event import Message
from shared.contracts.headers import cloudevent_headers, dead_letter_headers, headers_of
from shared.contracts.schemas import Plain, Schema, opened, reader_schema, rewritten

Example = Mapping[str, Any]
"""A golden example: `headers` and `data` of one record."""

DEAD_LETTER: Final = "dead-letter"
"""The message of a dead-letter topic, whatever its event was."""
_HEADERS: Final = "CloudEventHeaders"
_SCHEMAS: Final = "components/schemas"


def ref(place: str, name: str) -> Schema:
    """A reference into the document."""
    return {"$ref": f"#/{place}/{name}"}


def messages_of(bodies: Sequence[type[Message]], examples: Mapping[str, Example]) -> dict[str, Schema]:
    """One message per type, with its golden example where there is one, and the message of a dead letter."""
    messages = {body.wire.type: _message(body, examples.get(body.wire.type)) for body in bodies}
    return messages | {DEAD_LETTER: _dead_letter()}


def schemas_of(bodies: Sequence[type[Message]]) -> dict[str, Schema]:
    """The headers, the bodies under their types, and the parts that bodies share under names of their own."""
    places, shared = models_json_schema(
        [(body, "serialization") for body in bodies],
        ref_template="{model}",
        schema_generator=Plain,
    )
    # Two bodies that say the same under one name are one definition there: it stands under each of their types.
    types: dict[str, list[str]] = {}
    for body in bodies:
        types.setdefault(str(places[body, "serialization"]["$ref"]), []).append(body.wire.type)

    def at_home(schema: Schema) -> Schema:
        if "$ref" not in schema:
            return schema
        name = str(schema["$ref"])
        return _draft_7(schema | ref(_SCHEMAS, types.get(name, [name])[0]))

    definitions = shared.get("$defs", {}).items()
    parts = {at: rewritten(opened(part), at_home) for name, part in definitions for at in types.get(name, [name])}
    return {_HEADERS: cloudevent_headers(), **dict(sorted(parts.items()))}


def _draft_7(schema: Schema) -> Schema:
    """AsyncAPI's schemas are those of draft 7, in which whatever stands beside a `$ref` is lost."""
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return {"allOf": [{"$ref": schema["$ref"]}], **beside} if beside else schema


def _message(body: type[Message], example: Example | None) -> Schema:
    description = (body.__doc__ or "").strip()
    message: Schema = {
        "name": body.wire.type,
        "title": body.__name__,
        "summary": description.split("\n")[0],
        "description": description,
        "contentType": "application/json",
        "headers": {"allOf": [ref(_SCHEMAS, _HEADERS), headers_of(body.wire)]},
        "payload": ref(_SCHEMAS, body.wire.type),
        "correlationId": {"location": "$message.header#/ce_correlationid"},
        "tags": [{"name": body.wire.aggregate}, {"name": "state" if body.wire.is_state else "event"}],
        "bindings": {"kafka": {"key": _key(body), "bindingVersion": "0.5.0"}},
    }
    if example is not None:
        message["examples"] = [{"name": body.wire.fact, "headers": example["headers"], "payload": example["data"]}]
    return message


def _key(body: type[Message]) -> Schema:
    before = f"{body.wire.aggregate}/" if body.wire.is_state else ""
    subject = reader_schema(body)["properties"][body.wire.key]
    pattern = subject.get("pattern", "^.+$")
    return {"type": "string", "pattern": f"^{before}{pattern[1:]}"}


def _dead_letter() -> Schema:
    return {
        "name": DEAD_LETTER,
        "title": "DeadLetter",
        "summary": "An event as it came, with the cause for which a consumer set it aside.",
        "contentType": "application/octet-stream",
        "headers": dead_letter_headers(),
        "payload": {"description": "The bytes as they came, cut above 1.5 MiB."},
    }
