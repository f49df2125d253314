"""CloudEvents 1.0 in Kafka's binary mode: what travels beside a body, as headers that any CloudEvents SDK can read."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple, Self

from shared.contracts.fields import MAX_COUNT, REGION_TIME

Headers = Sequence[tuple[str, bytes]]

_PREFIX: Final = "ce_"
_VERSION: Final = "ce_specversion"
_CONTENT_TYPE: Final = "content-type"
_ASCII_CONTROL: Final = bytes([*range(0x20), 0x7F])
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Unreadable(ValueError):
    """The headers are not those of a CloudEvent in binary mode."""


class Envelope(NamedTuple):
    """The attributes of one event. `sequence` is its subject's version; `traceparent` names the trace it began in.

    A tuple, because every event needs two of them and a frozen dataclass takes four times as long to make.
    """

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    sequence: int
    correlationid: str
    dataschema: str | None = None
    causationid: str | None = None
    actor: str | None = None
    region: str | None = None
    rulepack: str | None = None
    academicyear: str | None = None
    test: bool = False
    traceparent: str | None = None

    @property
    def partitionkey(self) -> str:
        """The record's key: the subject, on a state topic with the kind of its aggregate before it."""
        parts = self.type.split(".")
        return f"{parts[2]}/{self.subject}" if len(parts) == 5 and parts[3] == "state" else self.subject

    def texts(self) -> dict[str, str]:
        """The Kafka headers of an event with a body. A tombstone travels without the first, `content-type`."""
        texts = {
            _CONTENT_TYPE: "application/json",
            _VERSION: "1.0",
            "ce_id": self.id,
            "ce_source": self.source,
            "ce_type": self.type,
            "ce_subject": self.subject,
            "ce_partitionkey": self.partitionkey,
            "ce_time": _written(self.time),
            "ce_sequence": f"{self.sequence:010d}",
            "ce_correlationid": self.correlationid,
        }
        if self.test:
            texts["ce_test"] = "true"
        for name, header in _OPTIONAL:
            if (text := getattr(self, name)) is not None:
                texts[header] = text
        return texts

    def headers(self) -> list[tuple[str, bytes]]:
        """The same as a Kafka client takes them."""
        return [(name, text.encode()) for name, text in self.texts().items()]

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> Self:
        """Understand headers; raises `Unreadable` naming what is malformed or missing (an empty header is missing)."""
        values: list[Any] = [headers.get(header) or None for header in _HEADERS]
        if not headers.get(_VERSION) or None in values[:_REQUIRED]:
            raise Unreadable(f"the header {_missing(headers)} is missing")
        try:
            _check(headers)
            values[_TIME] = _instant(values[_TIME])
            values[_SEQUENCE] = _version(values[_SEQUENCE])
        except (ValueError, OverflowError) as wrong:
            raise Unreadable(f"a header cannot be read: {wrong}") from None
        values[_TEST] = values[_TEST] == "true"
        return cls._make(values)


def _missing(headers: Mapping[str, str]) -> str:
    return next(name for name in (_VERSION, *_HEADERS[:_REQUIRED]) if not headers.get(name))


def _check(headers: Mapping[str, str]) -> None:
    if headers[_VERSION] != "1.0":
        raise ValueError("ce_specversion must be 1.0")
    if not _are_plain("".join(headers.values())) and any(map(_CONTROL.search, _attributes(headers))):
        raise ValueError("a ce_ header holds a control character, which CloudEvents forbids")


def _are_plain(texts: str) -> bool:
    """Whether they hold ASCII without control characters, as nearly all do; twenty times as fast as the expression."""
    return texts.isascii() and len(texts.encode().translate(None, _ASCII_CONTROL)) == len(texts)


def _attributes(headers: Mapping[str, str]) -> list[str]:
    return [text for name, text in headers.items() if name.startswith(_PREFIX)]


@lru_cache(maxsize=64)
def _written(at: datetime) -> str:
    """All events of one transaction have one time."""
    return at.astimezone(REGION_TIME).isoformat(timespec="milliseconds")


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("ce_time must say its offset from UTC, such as +08:00")
    return at.astimezone(REGION_TIME)


def _version(text: str) -> int:
    if len(text) > 10 or not (text.isascii() and text.isdigit()) or int(text) > MAX_COUNT:
        raise ValueError(f"ce_sequence must be a whole number from 0 to {MAX_COUNT}")
    return int(text)


_OPTIONAL: Final = tuple((name, _PREFIX + name) for name, value in Envelope._field_defaults.items() if value is None)
_REQUIRED: Final = len(Envelope._fields) - len(Envelope._field_defaults)
_HEADERS: Final = tuple(_PREFIX + name for name in Envelope._fields)
_TIME, _SEQUENCE, _TEST = (Envelope._fields.index(name) for name in ("time", "sequence", "test"))
