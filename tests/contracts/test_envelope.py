"""The envelope is a CloudEvent in Kafka's binary mode: we and a foreign SDK read what we write; poison is refused."""

import json
from datetime import datetime, timedelta, timezone

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event, to_binary_event
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.envelope import Envelope, Unreadable
from shared.contracts.event import Message
from shared.contracts.fields import REGION_TIME
from shared.contracts.headers import cloudevent_headers
from tests.contracts.examples import BODIES, GOLDEN, as_bytes, named, payload_of

FULL = Envelope(
    id="01a12d9f-a680-7ca3-8701-9d1b7fe5d34e",
    source="/sunmao/partnership",
    type="sunmao.partnership.need.posted.v1",
    subject="need_01M4PSZ9M0CXNRQE2CWWK7VN90",
    time=datetime(2026, 10, 12, 9, 0, 0, 420_000, tzinfo=REGION_TIME),
    sequence=7,
    correlationid="need_01M4PSZ9M0CXNRQE2CWWK7VN90",
    dataschema="urn:sunmao:schema:sunmao.partnership.need.posted.v1:1",
    causationid="01a12d9f-a658-7bdd-9a8b-f97ea84d6ab2",
    actor="enterprise_admin:per_01KM4C37M0Y6Q1A6ST3BWJRN4N",
    region="511703",
    rulepack="partnership-cn@1",
    academicyear="2026-2027",
    test=True,
    traceparent="00-fda999613e659778a3560e5f6e15be12-a890e3913357ac47-01",
)
BARE = FULL._replace(
    dataschema=None, causationid=None, actor=None, region=None, rulepack=None, academicyear=None, test=False,
    traceparent=None,
)  # fmt: skip

texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=80)
instants = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(REGION_TIME))  # noqa: DTZ001


def _texts(envelope: Envelope) -> dict[str, str]:
    return {name: value.decode() for name, value in envelope.headers()}


@pytest.mark.parametrize("envelope", [FULL, BARE], ids=["full", "bare"])
def test_what_is_written_is_read(envelope: Envelope) -> None:
    assert Envelope.read(_texts(envelope)) == envelope


@given(subject=texts, actor=st.none() | texts, time=instants, sequence=st.integers(0, 2**31 - 1))
def test_whatever_is_written_is_read(subject: str, actor: str | None, time: datetime, sequence: int) -> None:
    whole = time.replace(microsecond=time.microsecond // 1000 * 1000)
    envelope = FULL._replace(subject=subject, actor=actor, time=whole, sequence=sequence)

    assert Envelope.read(_texts(envelope)) == envelope


def test_the_time_is_written_in_the_regions_time_whatever_it_was_given_in() -> None:
    envelope = FULL._replace(time=datetime(2026, 10, 12, 1, 0, tzinfo=timezone(timedelta(0))))

    assert _texts(envelope)["ce_time"] == "2026-10-12T09:00:00.000+08:00"


def test_sequences_sort_as_texts() -> None:
    sequences = [_texts(FULL._replace(sequence=version))["ce_sequence"] for version in (2, 10, 999_999_999)]

    assert sequences == sorted(sequences)


def test_a_state_is_keyed_by_kind_and_id() -> None:
    state = FULL._replace(type="sunmao.partnership.need.state.v1")

    assert state.partitionkey == "need/need_01M4PSZ9M0CXNRQE2CWWK7VN90"
    assert FULL.partitionkey == "need_01M4PSZ9M0CXNRQE2CWWK7VN90"


@pytest.mark.parametrize("missing", sorted(_texts(BARE).keys() - {"content-type", "ce_partitionkey"}))
@pytest.mark.parametrize("how", ["absent", "empty"])
def test_a_missing_header_is_named(missing: str, how: str) -> None:
    headers = _texts(BARE)
    if how == "absent":
        del headers[missing]
    else:
        headers[missing] = ""

    with pytest.raises(Unreadable, match=f"the header {missing} is missing"):
        Envelope.read(headers)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_specversion", "0.3"),
        ("ce_time", "yesterday"),
        ("ce_time", "2026-10-12T09:00:00"),
        ("ce_time", "2026-10-12"),
        ("ce_time", "0001-01-01T00:00:00+14:00"),
        ("ce_sequence", "-1"),
        ("ce_sequence", "1_0"),
        ("ce_sequence", "１２"),
        ("ce_sequence", "9999999999"),
        ("ce_sequence", "1" * 5000),
        ("ce_id", "a\x00b"),
        ("ce_actor", "line\nbreak"),
    ],
)
def test_a_header_that_cannot_be_is_refused(name: str, value: str) -> None:
    with pytest.raises(Unreadable, match="a header cannot be read"):
        Envelope.read(_texts(FULL) | {name: value})


def test_headers_that_are_not_ours_are_passed_over() -> None:
    headers = _texts(FULL) | {"ce_later": "1", "traceparent": "of this hop", "replay": "job"}

    assert Envelope.read(headers) == FULL


@pytest.mark.parametrize("body", BODIES, ids=named)
def test_the_cloudevents_sdk_reads_every_event(body: type[Message]) -> None:
    headers = GOLDEN[body.wire.type]["headers"]
    payload = body.read(as_bytes(payload_of(body))).write()
    record = KafkaMessage(
        headers={name: value.encode() for name, value in headers.items()},
        key=headers["ce_partitionkey"].encode(),
        value=payload,
    )

    event = from_kafka_event(record)

    assert (event.get_type(), event.get_subject()) == (body.wire.type, headers["ce_subject"])
    assert (event.get_id(), event.get_source()) == (headers["ce_id"], headers["ce_source"])
    assert event.get_time() == datetime.fromisoformat(headers["ce_time"])
    assert event.get_extension("partitionkey") == headers["ce_partitionkey"]
    assert event.get_extension("sequence") == headers["ce_sequence"]
    assert event.get_dataschema() == headers["ce_dataschema"]
    assert event.get_data() == json.loads(payload)


def test_we_read_what_the_cloudevents_sdk_writes() -> None:
    record = KafkaMessage(headers=dict(FULL.headers()), key=FULL.partitionkey, value=b"{}")

    written = to_binary_event(from_kafka_event(record))

    assert Envelope.read({name: value.decode() for name, value in written.headers.items()}) == FULL


def test_the_schema_of_the_headers_names_all_that_is_written_and_requires_what_always_is() -> None:
    schema = cloudevent_headers()

    assert set(schema["properties"]) == _texts(FULL).keys() | {"traceparent", "replay"}
    assert set(schema["required"]) == _texts(BARE).keys() - {"content-type"}
