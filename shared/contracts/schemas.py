"""What a body promises, as JSON Schema: open for its readers (this form is published), closed for its writers."""

from collections.abc import Callable
from typing import Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from shared.contracts.event import Message
from shared.contracts.versions import urn_of

Schema = JsonSchemaValue
Change = Callable[[Schema], Schema]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
KNOWN: Final = "x-known-values"
"""The values of an open enumeration: all that a writer may use today, and not all that a reader may meet."""
NULL: Final[Schema] = {"type": "null"}
_FIRST: Final = ("title", "description", "type", "properties", "required")
_NAMED: Final = ("properties", "patternProperties", "$defs")
_LISTED: Final = ("anyOf", "oneOf", "allOf", "prefixItems")
_SINGLE: Final = ("items", "additionalProperties", "propertyNames", "contains", "not")


class Plain(GenerateJsonSchema):
    """Pydantic's schemas without titles that only repeat the name of a field."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002
        """Never."""
        return False


def published(body: type[Message], number: int) -> Schema:
    """The document that subscribers get: the reader's schema under the name of its number."""
    return {"$schema": DIALECT, "$id": urn_of(body, number), **reader_schema(body)}


def reader_schema(body: type[Message]) -> Schema:
    """What every reader, today's and tomorrow's, may rely on: open to further fields at every depth."""
    schema = opened(body.model_json_schema(mode="serialization", schema_generator=Plain))
    return {key: schema.pop(key) for key in _FIRST if key in schema} | schema


def writer_schema(body: type[Message]) -> Schema:
    """What is written today and nothing else."""
    return closed(reader_schema(body))


def opened(schema: Schema) -> Schema:
    """The reader's form of a schema: every object takes fields that it does not name."""
    return rewritten(schema, _open)


def closed(schema: Schema) -> Schema:
    """The writer's form: no field without a name here, no unknown value, no null where a field can be left out."""
    return rewritten(schema, _close)


def rewritten(schema: Schema, change: Change) -> Schema:
    """A schema in which every schema at every depth is as `change` makes it, the innermost first."""
    return change({key: _inside(key, value, change) for key, value in schema.items()})


def _inside(key: str, value: object, change: Change) -> object:
    if key in _NAMED and isinstance(value, dict):
        return {name: rewritten(part, change) for name, part in value.items()}
    if key in _LISTED and isinstance(value, list):
        return [rewritten(part, change) for part in value]
    if key in _SINGLE and isinstance(value, dict):
        return rewritten(value, change)
    return value


def _open(schema: Schema) -> Schema:
    if "properties" in schema:
        return schema | {"additionalProperties": True}
    if "patternProperties" in schema:
        return _as_map(schema)
    return schema


def _as_map(schema: Schema) -> Schema:
    [(pattern, value)] = schema["patternProperties"].items()
    rest = {key: part for key, part in schema.items() if key != "patternProperties"}
    names = rest.get("propertyNames", {}) | {"pattern": pattern}
    return rest | {"additionalProperties": value, "propertyNames": names}


def _close(schema: Schema) -> Schema:
    if KNOWN in schema:
        return schema | {"enum": schema[KNOWN]}
    if "properties" not in schema:
        return schema
    required = schema.get("required", [])
    fields = {name: part if name in required else without_null(part) for name, part in schema["properties"].items()}
    return schema | {"properties": fields, "additionalProperties": False}


def without_null(schema: Schema) -> Schema:
    """A schema that refuses null where `schema` took it."""
    if NULL not in schema.get("anyOf", []):
        return schema
    others = [part for part in schema["anyOf"] if part != NULL]
    rest = {key: value for key, value in schema.items() if key != "anyOf" and (key, value) != ("default", None)}
    return rest | (others[0] if len(others) == 1 else {"anyOf": others})
