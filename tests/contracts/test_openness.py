"""Closed when writing, open when reading, at every depth: shown on every golden example."""

import json

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from shared.contracts.event import Message
from shared.contracts.fields import UNKNOWN
from shared.contracts.partnership import NeedPosted, NeedWithdrawn
from shared.contracts.schemas import reader_schema, writer_schema
from tests.contracts.examples import (
    BODIES,
    as_bytes,
    at,
    enumerations_in,
    named,
    objects_in,
    payload_of,
    with_change,
)

every_body = pytest.mark.parametrize("body", BODIES, ids=named)


@every_body
def test_a_misspelt_field_is_refused_when_it_is_written_at_every_depth(body: type[Message]) -> None:
    for place in objects_in(body):
        misspelt = with_change(payload_of(body), place, lambda part: part | {"misspelt": 1})

        with pytest.raises(ValidationError, match="misspelt"):
            body(**misspelt)


@every_body
def test_a_field_of_a_later_version_is_passed_over_at_every_depth(body: type[Message]) -> None:
    understood = body.read(as_bytes(payload_of(body)))

    for place in objects_in(body):
        later = with_change(payload_of(body), place, lambda part: part | {"of_a_later_version": {"deep": [1]}})

        assert body.read(as_bytes(later)) == understood, place


@every_body
def test_a_value_of_a_later_version_is_read_as_unknown_at_every_depth(body: type[Message]) -> None:
    for place in enumerations_in(body):
        later = with_change(payload_of(body), place, lambda _: "of_a_later_version")

        understood = json.loads(body.read(as_bytes(later)).write())

        assert at(understood, place) == UNKNOWN, place


@every_body
def test_an_unknown_value_is_refused_when_it_is_written_at_every_depth(body: type[Message]) -> None:
    for place in enumerations_in(body):
        wrong = with_change(payload_of(body), place, lambda _: "of_a_later_version")

        with pytest.raises(ValidationError, match="must be one of"):
            body(**wrong)


@every_body
def test_the_schemas_are_as_open_and_as_closed_as_the_models(body: type[Message]) -> None:
    reader, writer = Draft202012Validator(reader_schema(body)), Draft202012Validator(writer_schema(body))
    golden = payload_of(body)
    assert reader.is_valid(golden)
    assert writer.is_valid(golden)

    for place in objects_in(body):
        later = with_change(golden, place, lambda part: part | {"of_a_later_version": 1})

        assert reader.is_valid(later), place
        assert not writer.is_valid(later), place


@every_body
def test_an_unknown_value_fits_the_readers_schema_and_not_the_writers(body: type[Message]) -> None:
    reader, writer = Draft202012Validator(reader_schema(body)), Draft202012Validator(writer_schema(body))

    for place in enumerations_in(body):
        later = with_change(payload_of(body), place, lambda _: "of_a_later_version")

        assert reader.is_valid(later), place
        assert not writer.is_valid(later), place


def test_the_examples_reach_objects_inside_lists_and_inside_objects() -> None:
    depths = {len(place) for body in BODIES for place in objects_in(body)}

    assert max(depths) >= 3


@every_body
def test_an_event_without_its_subject_is_refused_by_every_reader(body: type[Message]) -> None:
    data = payload_of(body)
    del data[body.wire.key]

    with pytest.raises(ValidationError, match=body.wire.key):
        body.read(as_bytes(data))


@pytest.mark.parametrize(
    "payload",
    [b"", b"\xff\xfe", b"not json", b"[]", b"null", b'"text"', b"{}", b'{"need_id": "\\ud800"}', b"[" * 100_000],
    ids=["empty", "not-utf-8", "not-json", "list", "null", "text", "no-fields", "half-a-character", "deep"],
)
def test_what_is_no_payload_is_refused_as_a_value_error(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        NeedPosted.read(payload)


def test_a_nul_character_is_refused_by_every_reader() -> None:
    data = payload_of(NeedWithdrawn) | {"of_a_later_version": "a\x00b"}

    with pytest.raises(ValueError, match="NUL"):
        NeedWithdrawn.read(as_bytes(data))


def test_a_text_that_only_spells_a_nul_escape_is_read_as_it_is() -> None:
    data = payload_of(NeedWithdrawn) | {"reason": r"the path is C:\u0000"}

    understood = NeedWithdrawn.read(as_bytes(data))

    assert understood.reason == r"the path is C:\u0000"
