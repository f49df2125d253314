"""CloudEvents 1.0 in Kafka's binary mode: what travels beside a body, as headers that any CloudEvents SDK can read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final, Self

from shared.contracts.fields import MAX_COUNT, REGION_TIME

Headers = Sequence[tuple[str, bytes]]

_PREFIX: Final = "ce_"
_CONTENT_TYPE: Final = ("content-type", b"application/json")
_VERSION: Final = re.compile(r"[0-9]{1,10}", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Unreadable(ValueError):
    """The headers are not those of a CloudEvent in binary mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The attributes of one event. `sequence` is its subject's version; `traceparent` names the trace it began in."""

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

    def headers(self) -> list[tuple[str, bytes]]:
        """The Kafka headers of an event with a body. A tombstone travels without the first, `content-type`."""
        texts = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "partitionkey": self.partitionkey,
            "time": self.time.astimezone(REGION_TIME).isoformat(timespec="milliseconds"),
            "sequence": f"{self.sequence:010d}",
            "correlationid": self.correlationid,
            "test": "true" if self.test else None,
            **{name: getattr(self, name) for name in _OPTIONAL},
        }
        attributes = [(_PREFIX + name, text.encode()) for name, text in texts.items() if text is not None]
        return [_CONTENT_TYPE, *attributes]

    @classmethod
    def read(cls, headers: Mapping[str, str]) -> Self:
        """Understand headers; raises `Unreadable` naming what is malformed or missing (an empty header is missing)."""
        values = {name[3:]: text for name, text in headers.items() if name.startswith(_PREFIX) and text}
        try:
            _check(values)
            return cls(
                time=_instant(values["time"]),
                sequence=_version(values["sequence"]),
                test=values.get("test") == "true",
                id=values["id"],
                source=values["source"],
                type=values["type"],
                subject=values["subject"],
                correlationid=values["correlationid"],
                **{name: values.get(name) for name in _OPTIONAL},
            )
        except KeyError as missing:
            raise Unreadable(f"the header ce_{missing.args[0]} is missing") from None
        except (ValueError, OverflowError) as wrong:
            raise Unreadable(f"a header cannot be read: {wrong}") from None


def _check(values: Mapping[str, str]) -> None:
    if values["specversion"] != "1.0":
        raise ValueError("ce_specversion must be 1.0")
    if _CONTROL.search("".join(values.values())):
        raise ValueError("a ce_ header holds a control character, which CloudEvents forbids")


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("ce_time must say its offset from UTC, such as +08:00")
    return at.astimezone(REGION_TIME)


def _version(text: str) -> int:
    if _VERSION.fullmatch(text) is None or int(text) > MAX_COUNT:
        raise ValueError(f"ce_sequence must be a whole number from 0 to {MAX_COUNT}")
    return int(text)


_OPTIONAL: Final = tuple(field.name for field in fields(Envelope) if field.default is None)
