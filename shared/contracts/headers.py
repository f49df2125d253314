"""The headers of a record as a schema: CloudEvents attributes, what each holds, and which are always there."""

from collections.abc import Mapping
from typing import Final

from shared.contracts.envelope import Envelope
from shared.contracts.event import Wire
from shared.contracts.schemas import Schema

_ALWAYS: Final = {"specversion", "partitionkey"} | set(Envelope._fields) - set(Envelope._field_defaults)
_INSTANT: Final[Schema] = {"format": "date-time"}

_ATTRIBUTES: Final[Mapping[str, tuple[str, Schema]]] = {
    "specversion": ("The version of CloudEvents.", {"const": "1.0"}),
    "id": ("Unique (UUIDv7): the key by which a repeat is recognised. A later major of a fact has the same.", {}),
    "source": ("The service that says it. Sequences compare within one source only.", {"format": "uri-reference"}),
    "type": ("The name of the fact or state, with its major.", {}),
    "subject": ("The id of the aggregate that it speaks of.", {}),
    "partitionkey": ("The key of the record: the subject, on a state topic with its kind before it.", {}),
    "time": ("When it was recorded, in +08:00 with milliseconds.", _INSTANT),
    "sequence": ("The version of the subject after it: ten digits, growing, with gaps.", {"pattern": "^[0-9]{10}$"}),
    "correlationid": ("The id of the root of the business story to which it belongs.", {}),
    "dataschema": ("The schema of the body, `urn:sunmao:schema:<type>:<n>`.", {"format": "uri"}),
    "causationid": ("The id of the event or request that caused it.", {}),
    "actor": ("Who acted: a person or a role by reference, or `system:<service>`.", {}),
    "region": ("The region that it concerns, by GB/T 2260.", {"pattern": "^[0-9]{6}$"}),
    "rulepack": ("The rule pack that decided, `<pack>@<version>`.", {}),
    "academicyear": ("The academic year of its date.", {"pattern": "^[0-9]{4}-[0-9]{4}$"}),
    "test": ("Present on demonstration data only.", {"const": "true"}),
    "traceparent": ("The trace in which it began (W3C), never changed on the way.", {}),
}
_TRANSPORT: Final[Mapping[str, str]] = {
    "traceparent": "The trace of this hop (W3C).",
    "replay": "Present when the record is sent again by an operator.",
}
_DEAD_LETTER: Final[Mapping[str, str]] = {
    "dlq_consumer": "The consumer that set the event aside.",
    "dlq_topic": "The topic from which it came.",
    "dlq_partition": "Its partition there.",
    "dlq_offset": "Its offset there.",
    "dlq_error_type": "The kind of the error.",
    "dlq_error": "What the error said.",
    "dlq_attempts": "How often it was tried.",
}
_CUT: Final = {"dlq_payload_sha256": "The hash of the whole body, present when it was cut."}


def cloudevent_headers() -> Schema:
    """The headers that every record of an event or a state topic may carry."""
    return {
        "type": "object",
        "description": "CloudEvents 1.0, Kafka binding, binary mode. All values are UTF-8 texts.",
        "properties": {
            "content-type": {"type": "string", "const": "application/json", "description": "The body is JSON."},
            **{
                f"ce_{name}": {"type": "string", "description": meaning, **shape}
                for name, (meaning, shape) in _ATTRIBUTES.items()
            },
            **_texts(_TRANSPORT),
        },
        "required": [f"ce_{name}" for name in _ATTRIBUTES if name in _ALWAYS],
    }


def headers_of(wire: Wire) -> Schema:
    """What is certain of the headers of one type. Only a state may lack a body, and then `content-type` with it."""
    return {
        "type": "object",
        "properties": {"ce_type": {"const": wire.type}, "ce_source": {"const": f"/sunmao/{wire.service}"}},
        "required": ["ce_type", "ce_source", *([] if wire.is_state else ["content-type"])],
    }


def dead_letter_headers() -> Schema:
    """The headers that a record on a dead-letter topic carries beside those with which it had come."""
    return {"type": "object", "properties": _texts({**_DEAD_LETTER, **_CUT}), "required": list(_DEAD_LETTER)}


def _texts(meanings: Mapping[str, str]) -> dict[str, Schema]:
    return {name: {"type": "string", "description": meaning} for name, meaning in meanings.items()}
