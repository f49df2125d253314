"""A body with its envelope as it lies in the outbox: bytes that go out as they are."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from shared.contracts.envelope import Envelope, Headers
from shared.contracts.event import Message
from shared.contracts.topics import MAX_EVENT_BYTES, key_of, topic_of
from shared.errors import Invalid
from shared.persistence.sets import Row

_BETWEEN: Final = "\x1f"
_NAMES_FROM_VALUES: Final = "\x1e"
_ORIGIN: Final = "ce_traceparent"
_HOP: Final = "traceparent"


class EventTooLarge(Invalid):
    """An event over 256 kB is refused when it is published, in the transaction of the change that it reports."""

    en = "The change is too large to be told to others: {bytes} bytes, at most {limit}."
    zh = "该变更过大，无法发布：{bytes} 字节，上限 {limit} 字节。"


class Record(NamedTuple):
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
        return self._asdict()


def record_of(body: Message, envelope: Envelope) -> Record:
    """The record that tells of this body."""
    payload = body.write()
    if len(payload) > MAX_EVENT_BYTES:
        raise EventTooLarge(bytes=len(payload), limit=MAX_EVENT_BYTES)
    headers = join_texts(envelope.texts())
    key = key_of(body.wire, envelope.subject)
    return Record(envelope.id, topic_of(body.wire), key, envelope.type, payload, headers, envelope.time)


def tombstone_of(topic: str, key: str, envelope: Envelope) -> Record:
    """The record that erases a key from a state topic: an envelope without a body, and so without a content type."""
    texts = envelope.texts()
    del texts["content-type"]
    headers = join_texts(texts)
    return Record(envelope.id, topic, key, envelope.type, None, headers, envelope.time)


def join_headers(headers: Headers) -> bytes:
    """Headers as one value, cheap to store and to take apart. A value of our own envelope holds no separator."""
    names = _BETWEEN.join(name for name, _ in headers)
    return f"{names}{_NAMES_FROM_VALUES}".encode() + _BETWEEN.encode().join(value for _, value in headers)


def join_texts(headers: Mapping[str, str]) -> bytes:
    """The same of an envelope's own headers, whose values are texts."""
    return f"{_BETWEEN.join(headers)}{_NAMES_FROM_VALUES}{_BETWEEN.join(headers.values())}".encode()


def split_headers(joined: bytes) -> list[tuple[str, bytes]]:
    """What `join_headers` joined."""
    names, _, values = joined.partition(b"\x1e")
    return list(zip(_names(names), values.split(b"\x1f"), strict=True))


def split_for_hop(joined: bytes) -> list[tuple[str, bytes]]:
    """The same as they go out: the origin's trace is also that of this hop."""
    names, _, values = joined.partition(b"\x1e")
    sent, origin = _names_for_hop(names)
    found = values.split(b"\x1f")
    if origin is not None:
        found.append(found[origin])
    return list(zip(sent, found, strict=True))


@lru_cache(maxsize=512)
def _names(joined: bytes) -> tuple[str, ...]:
    """Few sets of headers are in use, but each event carries one."""
    return tuple(joined.decode().split(_BETWEEN))


@lru_cache(maxsize=512)
def _names_for_hop(joined: bytes) -> tuple[tuple[str, ...], int | None]:
    """The names that go out, and which of them is the origin's trace, if there is one."""
    names = _names(joined)
    origin = {name: at for at, name in enumerate(names)}.get(_ORIGIN)
    return (names, None) if origin is None else ((*names, _HOP), origin)
