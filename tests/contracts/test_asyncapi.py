"""Each service has an AsyncAPI 3 document that the official parser accepts and that says how to take part."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from shared.contracts.asyncapi import Subscriptions, document
from shared.contracts.components import DEAD_LETTER
from shared.contracts.headers import cloudevent_headers
from shared.contracts.partnership import NeedPosted, OrganizationState
from shared.contracts.registry import REGISTRY, SERVICES
from shared.contracts.talent import MatchProposed
from shared.contracts.topics import TOPICS
from shared.web.service import installed_services
from tests.contracts.conftest import HERE, NODE
from tests.contracts.examples import GOLDEN, ROOT, with_change

every_service = pytest.mark.parametrize("service", SERVICES)
BOUND: Subscriptions = {"talent.match": [NeedPosted, OrganizationState], "talent.demand": [NeedPosted]}


def committed(service: str) -> dict[str, Any]:
    text = (ROOT / f"docs/events/{service}.asyncapi.json").read_text()
    parsed: dict[str, Any] = json.loads(text)
    return parsed


def judged(parser: Path, *files: Path) -> dict[str, list[str]]:
    """What the official parser finds wrong with each file: errors and warnings, no hints."""
    node = subprocess.run([NODE, "check.mjs", *files], cwd=parser, capture_output=True, text=True, check=False)
    assert node.returncode == 0, node.stderr
    said = json.loads(node.stdout)
    return {
        path: [remark["sentence"] for remark in found["said"] if remark["severity"] < 2]
        + ([] if found["understood"] else ["not understood"])
        for path, found in said.items()
    }


def test_the_official_parser_accepts_every_committed_document(asyncapi_parser: Path) -> None:
    files = [ROOT / f"docs/events/{service}.asyncapi.json" for service in SERVICES]

    found = judged(asyncapi_parser, *files)

    assert found == {str(file): [] for file in files}


def test_the_official_parser_accepts_a_document_with_subscriptions(asyncapi_parser: Path, tmp_path: Path) -> None:
    file = tmp_path / "talent.asyncapi.json"
    file.write_text(json.dumps(document("talent", BOUND, examples=GOLDEN, version="1.2.3")))

    assert judged(asyncapi_parser, file) == {str(file): []}


FLAWS: dict[str, tuple[tuple[str, ...], object]] = {
    "an operation on no channel": (
        ("operations", "send.sunmao.partnership.events.v1", "channel"),
        {"$ref": "#/channels/nowhere"},
    ),
    "a binding of the wrong type": (
        ("channels", "sunmao.partnership.events.v1", "bindings", "kafka", "partitions"),
        "twelve",
    ),
    "a schema that was not hoisted": (
        ("components", "schemas", NeedPosted.wire.type, "properties", "lines", "items"),
        {"$ref": "#/$defs/NeedLine"},
    ),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_the_official_parser_refuses_a_broken_document(flaw: str, asyncapi_parser: Path, tmp_path: Path) -> None:
    place, wrong = FLAWS[flaw]
    file = tmp_path / "broken.asyncapi.json"
    file.write_text(json.dumps(with_change(committed("partnership"), place, lambda _: wrong)))

    assert judged(asyncapi_parser, file)[str(file)]


def test_the_lock_of_the_parser_names_no_registry() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text())

    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert "omit-lockfile-registry-resolved=true" in (HERE / ".npmrc").read_text().splitlines()


def heard_by(service: str) -> set[str]:
    """The types that the service's consumers bind."""
    return {body.wire.type for bodies in installed_services()[service].subscriptions.values() for body in bodies}


@every_service
def test_a_document_has_one_message_per_type_with_headers_key_and_golden_example(service: str) -> None:
    messages = committed(service)["components"]["messages"]

    for body in REGISTRY.of(service):
        message = messages[body.wire.type]
        assert message["payload"] == {"$ref": f"#/components/schemas/{body.wire.type}"}
        assert message["headers"]["allOf"][0] == {"$ref": "#/components/schemas/CloudEventHeaders"}
        assert message["headers"]["allOf"][1]["properties"]["ce_type"] == {"const": body.wire.type}
        assert message["bindings"]["kafka"]["key"]["pattern"].startswith("^")
        assert message["examples"][0]["payload"] == GOLDEN[body.wire.type]["data"]
    told = {body.wire.type for body in REGISTRY.of(service)}
    assert messages.keys() == told | heard_by(service) | {DEAD_LETTER}


@every_service
@pytest.mark.parametrize("part", ["headers", "payload"])
def test_the_examples_fit_what_the_document_says_of_headers_and_payload(service: str, part: str) -> None:
    components = committed(service)["components"]

    for name, message in components["messages"].items():
        judge = Draft7Validator({"allOf": [message[part]], "components": components})
        for example in message.get("examples", []):
            assert not [f"{name} {error.json_path}: {error.message}" for error in judge.iter_errors(example[part])]


@every_service
@pytest.mark.parametrize("part", ["headers", "payload"])
def test_an_example_that_lacks_what_is_required_does_not_fit(service: str, part: str) -> None:
    components = committed(service)["components"]

    messages = [message for message in components["messages"].values() if "examples" in message]

    assert not [
        one for one in messages if Draft7Validator({"allOf": [one[part]], "components": components}).is_valid({})
    ]


@every_service
def test_a_document_has_one_channel_per_topic_with_its_set_up(service: str) -> None:
    topics = {topic.name: topic for topic in TOPICS}
    own = {name for name, topic in topics.items() if topic.service == service and topic.flow != "state"}

    assert committed(service)["channels"].keys() >= own
    for name, channel in committed(service)["channels"].items():
        binding = channel["bindings"]["kafka"]
        assert (channel["address"], binding["topic"], binding["partitions"]) == (name, name, topics[name].partitions)
        assert binding["topicConfiguration"].keys() == topics[name].config.keys()


@every_service
def test_a_document_names_every_message_that_a_channel_carries_once(service: str) -> None:
    document = committed(service)

    carried = [name for channel in document["channels"].values() for name in channel["messages"]]

    assert sorted(carried) == sorted(document["components"]["messages"])


def test_no_schema_keeps_definitions_of_its_own() -> None:
    text = "".join((ROOT / f"docs/events/{service}.asyncapi.json").read_text() for service in SERVICES)

    assert "$defs" not in text


def test_a_consumer_receives_what_it_binds_in_the_group_of_its_service() -> None:
    operations = document("talent", BOUND, version="1")["operations"]

    received = operations["receive.talent.match.sunmao.partnership.events.v1"]

    assert received["action"] == "receive"
    assert received["bindings"]["kafka"]["groupId"]["const"] == "sunmao.talent"
    assert received["messages"] == [
        {"$ref": "#/channels/sunmao.partnership.events.v1/messages/sunmao.partnership.need.posted.v1"}
    ]
    assert "receive.talent.match.sunmao.partnership.state.v1" in operations
    assert "receive.talent.demand.sunmao.partnership.events.v1" in operations


def test_a_service_sends_what_it_publishes_and_what_it_sets_aside() -> None:
    operations = document("talent", version="1")["operations"]

    sent = operations["send.sunmao.talent.events.v1"]

    assert {"$ref": f"#/channels/sunmao.talent.events.v1/messages/{MatchProposed.wire.type}"} in sent["messages"]
    assert operations["send.sunmao.talent.dead-letters.v1"]["messages"] == [
        {"$ref": f"#/channels/sunmao.talent.dead-letters.v1/messages/{DEAD_LETTER}"}
    ]


def test_a_document_says_its_version_and_the_committed_ones_that_of_the_project() -> None:
    assert document("talent", version="4.5.6")["info"]["version"] == "4.5.6"
    assert f'version = "{committed("talent")["info"]["version"]}"' in (ROOT / "pyproject.toml").read_text()


def test_the_headers_that_are_always_there_are_marked() -> None:
    always = set(cloudevent_headers()["required"])

    assert always == {
        "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject", "ce_partitionkey", "ce_time", "ce_sequence",
        "ce_correlationid",
    }  # fmt: skip
