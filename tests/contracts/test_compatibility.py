"""The rows of the compatibility table, each at the top, in nested objects, in lists, in maps and behind references."""

from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from shared.contracts.compatibility import violations
from shared.contracts.schemas import Schema, closed, opened, reader_schema
from tests.contracts.examples import BODIES, named


def _object(required: list[str] | None = None, /, **fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": required or []}


def _listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


TEXT: Schema = {"type": "string", "maxLength": 20}
WHOLE: Schema = {"type": "integer", "minimum": 0, "maximum": 9}
NULLABLE: Schema = {"anyOf": [TEXT, {"type": "null"}], "default": None}
ENUM: Schema = {"type": "string", "enum": ["a", "b"]}
WIDER: Schema = {"type": "string", "enum": ["a", "b", "c"]}
KNOWN: Schema = {"type": "string", "maxLength": 64, "x-known-values": ["a", "b"]}
KNOWN_WIDER: Schema = KNOWN | {"x-known-values": ["a", "b", "c"]}
KNOWN_OTHER_ORDER: Schema = KNOWN | {"x-known-values": ["b", "a"]}

MAY = {
    "nothing changed": (_object(["x"], x=TEXT), _object(["x"], x=TEXT)),
    "add optional": (_object(), _object(x=TEXT)),
    "add optional nullable": (_object(), _object(x=NULLABLE)),
    "remove optional": (_object(x=TEXT), _object()),
    "widen known values": (_object(x=KNOWN), _object(x=KNOWN_WIDER)),
    "reorder known values": (_object(x=KNOWN), _object(x=KNOWN_OTHER_ORDER)),
    "other words": (_object(x=TEXT), _object(x=TEXT | {"title": "X", "description": "An x.", "examples": ["x"]})),
    "the same bound in other words": (
        _object(x={"type": "integer", "minimum": 1}),
        _object(x={"type": "integer", "exclusiveMinimum": 0}),
    ),
    "a bound that excludes nothing": (_object(x={"type": "string"}), _object(x={"type": "string", "minLength": 0})),
    "null in other words": (
        _object(x={"anyOf": [TEXT, {"type": "null"}]}),
        _object(x={"type": ["string", "null"], "maxLength": 20}),
    ),
    "a default of an object that only grew": (
        _object(x=_object() | {"default": {"a": 1}}),
        _object(x=_object() | {"default": {"a": 1, "b": None}}),
    ),
}
MAY_NOT = {
    "add required": (_object(), _object(["x"], x=TEXT)),
    "remove required": (_object(["x"], x=TEXT), _object()),
    "type change": (_object(["x"], x=TEXT), _object(["x"], x=WHOLE)),
    "optional type change": (_object(x=TEXT), _object(x=WHOLE)),
    "whole to broken number": (_object(x={"type": "integer"}), _object(x={"type": "number"})),
    "text to list of texts": (_object(x=TEXT), _object(x=_listed(TEXT))),
    "required to nullable": (_object(["x"], x=TEXT), _object(["x"], x={"anyOf": [TEXT, {"type": "null"}]})),
    "nullable to not": (_object(["x"], x={"anyOf": [TEXT, {"type": "null"}]}), _object(["x"], x=TEXT)),
    "required to optional": (_object(["x"], x=TEXT), _object(x=TEXT)),
    "optional to required": (_object(x=TEXT), _object(["x"], x=TEXT)),
    "enum widen": (_object(x=ENUM), _object(x=WIDER)),
    "enum narrow": (_object(x=WIDER), _object(x=ENUM)),
    "narrow known values": (_object(x=KNOWN_WIDER), _object(x=KNOWN)),
    "text to enumeration": (_object(x={"type": "string", "maxLength": 64}), _object(x=KNOWN)),
    "enumeration to text": (_object(x=KNOWN), _object(x={"type": "string", "maxLength": 64})),
    "raise a bound": (_object(x=WHOLE), _object(x=WHOLE | {"maximum": 10})),
    "lower a bound": (_object(x=WHOLE), _object(x=WHOLE | {"maximum": 8})),
    "add a bound": (_object(x={"type": "string"}), _object(x=TEXT)),
    "drop a bound": (_object(x=TEXT), _object(x={"type": "string"})),
    "longer list": (_object(x=_listed(TEXT) | {"maxItems": 3}), _object(x=_listed(TEXT) | {"maxItems": 4})),
    "list may be empty": (_object(x=_listed(TEXT) | {"minItems": 1}), _object(x=_listed(TEXT))),
    "change a pattern": (
        _object(x={"type": "string", "pattern": "^a"}),
        _object(x={"type": "string", "pattern": "^b"}),
    ),
    "change a format": (_object(x=TEXT | {"format": "date"}), _object(x=TEXT | {"format": "date-time"})),
    "change a constant": (_object(x={"const": 1}), _object(x={"const": 2})),
    "change a default": (_object(x=TEXT | {"default": "a"}), _object(x=TEXT | {"default": "b"})),
    "another alternative": (
        _object(x={"anyOf": [TEXT, WHOLE]}),
        _object(x={"anyOf": [TEXT, WHOLE, {"type": "boolean"}]}),
    ),
    "items said no longer": (_object(x=_listed(TEXT)), _object(x={"type": "array"})),
    "a map's values": (
        _object(x={"type": "object", "additionalProperties": WHOLE}),
        _object(x={"type": "object", "additionalProperties": TEXT}),
    ),
    "a map's names": (
        _object(x={"type": "object", "additionalProperties": WHOLE, "propertyNames": {"maxLength": 3}}),
        _object(x={"type": "object", "additionalProperties": WHOLE, "propertyNames": {"maxLength": 4}}),
    ),
    "a keyword that nobody thought of": (_object(x=TEXT), _object(x=TEXT | {"contentEncoding": "base64"})),
}
DEPTHS: dict[str, tuple[Callable[[Schema], Schema], str]] = {
    "top": (lambda part: part, ""),
    "nested object": (lambda part: _object(["in"], **{"in": part}), "in."),
    "nested list": (lambda part: _object(["in"], **{"in": _listed(part)}), "in[]."),
    "list in list": (lambda part: _object(**{"in": _listed(_listed(part))}), "in[][]."),
    "list in object in list": (
        lambda part: _object(**{"in": _listed(_object(deep=_listed(part)))}),
        "in[].deep[].",
    ),
    "map": (lambda part: _object(**{"in": {"type": "object", "additionalProperties": part}}), "in.*."),
    "optional object": (lambda part: _object(**{"in": {"anyOf": [part, {"type": "null"}]}}), "in."),
    "reference": (lambda part: _object(**{"in": {"$ref": "#/$defs/Part"}}) | {"$defs": {"Part": part}}, "in."),
    "list of references": (
        lambda part: _object(**{"in": _listed({"$ref": "#/$defs/Part"})}) | {"$defs": {"Part": part}},
        "in[].",
    ),
    "optional reference": (
        lambda part: (
            _object(**{"in": {"anyOf": [{"$ref": "#/$defs/Part"}, {"type": "null"}], "default": None}})
            | {"$defs": {"Part": part}}
        ),
        "in.",
    ),
}
at_every_depth = pytest.mark.parametrize("depth", DEPTHS)


@at_every_depth
@pytest.mark.parametrize("row", MAY)
def test_a_compatible_change_is_allowed(row: str, depth: str) -> None:
    old, new = (DEPTHS[depth][0](schema) for schema in MAY[row])

    assert violations(old, new) == []


@at_every_depth
@pytest.mark.parametrize("row", MAY_NOT)
def test_an_incompatible_change_is_one_sentence_that_names_the_place_and_the_way_out(row: str, depth: str) -> None:
    nest, place = DEPTHS[depth]
    old, new = (nest(schema) for schema in MAY_NOT[row])

    [sentence] = violations(old, new)

    assert sentence.startswith(f"`{place}x")
    assert sentence.endswith("or publish a new major")


@pytest.mark.parametrize("form", [opened, closed])
@pytest.mark.parametrize("row", [row for row in (*MAY, *MAY_NOT) if "null" not in row])
def test_the_form_of_the_schemas_makes_no_difference(row: str, form: Callable[[Schema], Schema]) -> None:
    old, new = (MAY | MAY_NOT)[row]

    assert bool(violations(form(old), form(new))) == (row in MAY_NOT)


def test_a_changed_part_that_is_used_twice_is_said_once() -> None:
    def using(part: Schema) -> Schema:
        ref = {"$ref": "#/$defs/Part"}
        return _object(a=ref, b=_listed(ref)) | {"$defs": {"Part": part}}

    assert len(violations(using(_object()), using(_object(["x"], x=TEXT)))) == 1


def test_parts_that_hold_themselves_are_compared_to_the_end() -> None:
    def tree(leaf: Schema) -> Schema:
        node = _object(leaf=leaf, children=_listed({"$ref": "#/$defs/Node"}))
        return {"$ref": "#/$defs/Node", "$defs": {"Node": node}}

    assert violations(tree(TEXT), tree(TEXT)) == []
    assert len(violations(tree(TEXT), tree(WHOLE))) == 1


def test_a_part_that_only_changed_its_name_is_the_same() -> None:
    old = _object(a={"$ref": "#/$defs/Old"}) | {"$defs": {"Old": _object(x=TEXT)}}
    new = _object(a={"$ref": "#/$defs/New"}) | {"$defs": {"New": _object(x=TEXT)}}

    assert violations(old, new) == []


def test_every_violation_is_said() -> None:
    old = _object(["a", "b"], a=TEXT, b=KNOWN_WIDER, c=WHOLE)
    new = _object(["d"], b=KNOWN, c=TEXT, d=TEXT)

    assert len(violations(old, new)) == 5


def test_the_kind_of_a_whole_body_may_not_change() -> None:
    [sentence] = violations(_object(), _listed(TEXT))

    assert sentence.startswith("the body itself changed its type from object to array")


@pytest.mark.parametrize("body", BODIES, ids=named)
def test_every_body_may_follow_itself(body: Any) -> None:
    schema = reader_schema(body)

    Draft202012Validator.check_schema(schema)
    assert violations(schema, schema) == []


@pytest.mark.parametrize("body", BODIES, ids=named)
def test_every_required_field_of_every_body_is_missed_when_it_goes(body: Any) -> None:
    schema = reader_schema(body)

    for name in schema["required"]:
        fields = {field: part for field, part in schema["properties"].items() if field != name}
        without = schema | {"properties": fields, "required": [other for other in schema["required"] if other != name]}

        [sentence] = violations(schema, without)
        assert sentence.startswith(f"`{name}` was required and is gone")
