"""A body with its envelope as it lies in the outbox: bytes that go out as they are."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from shared.contracts.envelope import Envelope, Headers
from shared.contracts.event import Message
from shared.contracts.topics import MAX_EVENT_BYTES, key_of, topic_of
from shared.errors import Invalid
from shared.persistence.sets import Row

_BETWEEN: Final = "\x1f"
_NAMES_FROM_VALUES: Final = "\x1e"


class EventTooLarge(Invalid):
    """An event over 256 kB is refused when it is published, in the transaction of the change that it reports."""

    en = "The change is too large to be told to others: {bytes} bytes, at most {limit}."
    zh = "该变更过大,无法发布:{bytes} 字节,上限 {limit} 字节。"


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a topic, committed and still to be sent."""

    event_id: str
    topic: str
    key: str
    type: str
    payload: bytes | None
    headers: bytes
    created_at: datetime

    def row(self) -> Row:
        """The record as a row of the outbox."""
        return asdict(self)


def record_of(body: Message, envelope: Envelope) -> Record:
    """The record that tells of this body."""
    payload = body.write()
    if len(payload) > MAX_EVENT_BYTES:
        raise EventTooLarge(bytes=len(payload), limit=MAX_EVENT_BYTES)
    headers = join_headers(envelope.headers())
    key = key_of(body.wire, envelope.subject)
    return Record(envelope.id, topic_of(body.wire), key, envelope.type, payload, headers, envelope.time)


def tombstone_of(topic: str, key: str, envelope: Envelope) -> Record:
    """The record that erases a key from a state topic: an envelope without a body, and so without a content type."""
    headers = join_headers(envelope.headers()[1:])
    return Record(envelope.id, topic, key, envelope.type, None, headers, envelope.time)


def join_headers(headers: Headers) -> bytes:
    """Headers as one value, cheap to store and to take apart. A value of our own envelope holds no separator."""
    names = _BETWEEN.join(name for name, _ in headers)
    return f"{names}{_NAMES_FROM_VALUES}".encode() + _BETWEEN.encode().join(value for _, value in headers)


def split_headers(joined: bytes) -> list[tuple[str, bytes]]:
    """What `join_headers` joined."""
    names, _, values = joined.partition(_NAMES_FROM_VALUES.encode())
    return list(zip(names.decode().split(_BETWEEN), values.split(_BETWEEN.encode()), strict=True))
