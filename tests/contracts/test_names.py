"""Names on the wire are for ever, so each follows the convention before it is published, and each value has bounds."""

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from shared.contracts.event import Event, Message, State, named
from shared.contracts.ids import PREFIXES, OrganizationId
from shared.contracts.registry import SERVICES, Registry
from shared.contracts.schemas import KNOWN, Schema, reader_schema, rewritten
from shared.contracts.topics import MAX_EVENT_BYTES, TOPICS, topic_of
from tests.contracts.examples import BODIES, as_bytes, payload_of, spots_in
from tests.contracts.examples import named as named_by

every_body = pytest.mark.parametrize("body", BODIES, ids=named_by)

_ID = re.compile(rf"({'|'.join(sorted(PREFIXES.values()))})_[0-9A-HJKMNP-TV-Z]{{26}}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T.*")
_ENDINGS = {_ID: ("_id", "_ids"), _DATE: ("_on",), _INSTANT: ("_at",)}
_BENT = {
    "id": "stands beside a `kind` that says whose id it is",
}


@every_body
def test_ids_dates_and_instants_are_named_for_what_they_are(body: type[Message]) -> None:
    misnamed = [
        (name, value)
        for name, value in _named_texts(body)
        for shape, endings in _ENDINGS.items()
        if shape.fullmatch(value) and not name.endswith(endings) and name not in _BENT
    ]

    assert not misnamed, "an id ends in _id, a date in _on, an instant in _at"


@every_body
def test_only_what_is_named_so_holds_money_or_shares(body: type[Message]) -> None:
    numbers = {place[-1]: value for place, value, _ in spots_in(body) if isinstance(value, int | float) and place}

    money = re.compile(r"(budget|price|fee|cost|amount|money|cny|yuan)(?!.*_fen$)")
    share = re.compile(r"(share|rate|ratio|percent|pct)(?!.*_bp$)")
    wrong = [name for name in numbers if money.search(str(name))]
    shares = [name for name in numbers if share.search(str(name))]

    assert not wrong, "money ends in _fen and is whole"
    assert not shares, "a share ends in _bp and is in basis points"


@every_body
def test_money_shares_and_credits_are_whole_numbers(body: type[Message]) -> None:
    wrong = [
        name
        for name, field in _fields_of(reader_schema(body))
        if name.endswith(("_fen", "_bp", "half_credits")) and "integer" not in str(field)
    ]

    assert not wrong


@every_body
def test_a_name_is_lower_case_words(body: type[Message]) -> None:
    names = [name for name, _ in _fields_of(reader_schema(body))]

    assert not [name for name in names if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)]


def _named_texts(body: type[Message]) -> Iterator[tuple[str, str]]:
    for place, value, _ in spots_in(body):
        if isinstance(value, str):
            yield next(str(step) for step in reversed(place) if isinstance(step, str)), value


def _fields_of(schema: Schema) -> list[tuple[str, Schema]]:
    found: list[tuple[str, Schema]] = []

    def look(part: Schema) -> Schema:
        found.extend(part.get("properties", {}).items())
        return part

    rewritten(schema, look)
    return found


@every_body
def test_every_number_and_text_has_bounds(body: type[Message]) -> None:
    unbounded: list[Schema] = []

    def look(part: Schema) -> Schema:
        if part.get("type") in ("integer", "number") and not {"minimum", "maximum"} <= part.keys():
            unbounded.append(part)
        if part.get("type") == "string" and not {"maxLength", "pattern", "format", KNOWN} & part.keys():
            unbounded.append(part)
        return part

    rewritten(reader_schema(body), look)

    assert not unbounded, "poison must be refused before a database meets it; give the field a kind from fields.py"


@every_body
def test_a_required_field_is_never_null_because_null_is_not_written(body: type[Message]) -> None:
    wrong: list[str] = []

    def look(part: Schema) -> Schema:
        wrong.extend(name for name in part.get("required", []) if "null" in _types(part["properties"][name]))
        return part

    rewritten(reader_schema(body), look)

    assert not wrong


def _types(schema: Schema) -> set[Any]:
    return {schema.get("type"), *(part.get("type") for part in schema.get("anyOf", []))}


@every_body
def test_a_body_says_what_it_is(body: type[Message]) -> None:
    assert reader_schema(body)["description"].endswith(".")


@every_body
def test_a_type_is_named_for_its_service_aggregate_and_fact(body: type[Message]) -> None:
    assert re.fullmatch(r"sunmao\.[a-z]+\.[a-z_]+\.[a-z_]+\.v[1-9][0-9]*", body.wire.type)
    assert body.wire.service in SERVICES
    assert body.wire.key in body.model_fields


@every_body
def test_what_is_named_state_is_a_state_and_nothing_else_is(body: type[Message]) -> None:
    assert body.wire.is_state == issubclass(body, State) != issubclass(body, Event)


@every_body
def test_every_state_names_the_states_that_are_known(body: type[Message]) -> None:
    if body.wire.is_state:
        assert reader_schema(body)["properties"]["status"][KNOWN]


@every_body
def test_every_body_travels_on_a_topic_that_exists(body: type[Message]) -> None:
    assert topic_of(body.wire) in {topic.name for topic in TOPICS}


def test_every_topic_name_is_one_that_kafka_takes_and_that_says_service_flow_and_layout() -> None:
    names = [topic.name for topic in TOPICS]

    assert len(set(names)) == len(names) == 3 * len(SERVICES)
    assert all(re.fullmatch(r"sunmao\.[a-z]+\.(events|state|dead-letters)\.v[1-9]", name) for name in names)
    assert all(len(name) <= 249 for name in names)


def test_every_topic_takes_the_largest_event() -> None:
    assert all(int(topic.config["max.message.bytes"]) > MAX_EVENT_BYTES for topic in TOPICS)


def test_a_type_that_is_named_twice_is_refused() -> None:
    @named("partnership.need.seen", key="organization_id")
    class NeedSeen(Event):
        organization_id: OrganizationId

    one, other = ModuleType("one"), ModuleType("other")
    one.NeedSeen = other.NeedSeen = NeedSeen  # type: ignore[attr-defined]

    with pytest.raises(ValueError, match=r"sunmao\.partnership\.need\.seen\.v1 is named twice"):
        Registry([one, other])


def test_every_prefix_of_an_id_is_unique_and_no_prefix_begins_another() -> None:
    prefixes = list(PREFIXES.values())

    assert len(set(prefixes)) == len(prefixes)
    assert all(re.fullmatch(r"[a-z]{2,4}", prefix) for prefix in prefixes)


@pytest.mark.parametrize("bent", sorted(_BENT))
def test_a_bent_name_is_still_in_use(bent: str) -> None:
    assert bent in {name for body in BODIES for name, _ in _fields_of(reader_schema(body))}


@pytest.mark.parametrize("number", [10**30, -1, 2**31])
@pytest.mark.parametrize("state", [body for body in BODIES if body.wire.is_state], ids=named_by)
def test_a_version_that_no_database_holds_is_refused(state: type[Message], number: int) -> None:
    with pytest.raises(ValueError, match="version"):
        state.read(as_bytes(payload_of(state) | {"version": number}))
