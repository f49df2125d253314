"""Every type has a golden example, which is read and written for ever."""

import json
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from shared.contracts.envelope import Envelope
from shared.contracts.event import Message
from shared.contracts.schemas import Schema, closed, reader_schema
from shared.contracts.shelf import Shelf
from shared.contracts.topics import key_of
from tests.contracts.examples import BODIES, GOLDEN, ROOT, as_bytes, named, payload_of

every_body = pytest.mark.parametrize("body", BODIES, ids=named)
every_example = pytest.mark.parametrize("type_name", sorted(GOLDEN))


def test_every_type_has_a_golden_example() -> None:
    missing = {body.wire.type for body in BODIES} - GOLDEN.keys()

    assert not missing, f"add tests/contracts/golden/<type>.json for {sorted(missing)}"


def test_every_golden_example_is_of_a_type_that_exists() -> None:
    strangers = GOLDEN.keys() - {body.wire.type for body in BODIES}

    assert not strangers, f"a published type never goes away: {sorted(strangers)}"


@every_body
def test_a_golden_example_is_still_understood(body: type[Message]) -> None:
    understood = body.read(as_bytes(payload_of(body)))

    assert understood.subject == GOLDEN[body.wire.type]["headers"]["ce_subject"]


@every_body
def test_a_golden_example_is_written_again_as_it_was(body: type[Message]) -> None:
    golden = payload_of(body)

    written = json.loads(body.read(as_bytes(golden)).write())

    assert _agrees(golden, written), f"{golden} became {written}"


def _agrees(golden: Any, written: Any) -> bool:
    """Whether all that both have is the same: a later version may have added optional fields, or dropped some."""
    if isinstance(golden, dict) and isinstance(written, dict):
        return all(_agrees(golden[name], written[name]) for name in golden.keys() & written.keys())
    if isinstance(golden, list) and isinstance(written, list):
        return len(golden) == len(written) and all(map(_agrees, golden, written))
    return bool(golden == written)


@every_body
def test_a_golden_example_fits_the_writers_form_of_the_schema_that_it_names(body: type[Message]) -> None:
    schema = closed(_schema_named_by(GOLDEN[body.wire.type]["headers"]["ce_dataschema"], body))

    wrong = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(payload_of(body))

    assert not [f"{error.json_path}: {error.message}" for error in wrong]


def _schema_named_by(urn: str, body: type[Message]) -> Schema:
    type_name, _, number = urn.removeprefix("urn:sunmao:schema:").rpartition(":")
    assert type_name == body.wire.type
    shelf = Shelf(ROOT)
    if (frozen := shelf.frozen(body).get(int(number))) is not None:
        return frozen
    assert int(number) == shelf.number_of(body), f"{urn} names a schema that does not exist"
    return reader_schema(body)


@every_example
def test_the_headers_of_a_golden_example_are_written_again_as_they_were(type_name: str) -> None:
    golden = GOLDEN[type_name]["headers"]

    written = Envelope.read(golden).headers()

    assert {name: value.decode() for name, value in written} == golden


@every_body
def test_the_key_that_a_golden_example_names_is_that_of_its_topic(body: type[Message]) -> None:
    headers = GOLDEN[body.wire.type]["headers"]

    assert headers["ce_partitionkey"] == key_of(body.wire, headers["ce_subject"])


def test_the_golden_examples_tell_one_story_through_all_services() -> None:
    root = GOLDEN["sunmao.partnership.need.posted.v1"]["headers"]["ce_subject"]

    told = [example["headers"] for example in GOLDEN.values() if example["headers"]["ce_correlationid"] == root]

    assert {headers["ce_source"] for headers in told} >= {
        "/sunmao/partnership", "/sunmao/training", "/sunmao/talent", "/sunmao/notify",
    }  # fmt: skip
    assert len(told) > len(GOLDEN) // 2


def test_the_golden_examples_come_from_the_region() -> None:
    codes = {example["data"].get("region_code") for example in GOLDEN.values()} - {None}

    assert codes == {"500101", "511703", "500154"}


def test_no_two_golden_examples_have_one_event_id() -> None:
    ids = [example["headers"]["ce_id"] for example in GOLDEN.values()]

    assert len(set(ids)) == len(ids)
    assert {UUID(event_id).version for event_id in ids} == {7}
