"""CloudEvents 1.0 in Kafka's binary mode: what travels beside a body, as headers that any CloudEvents SDK can read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final, Self

from shared.contracts.fields import REGION_TIME

Headers = Sequence[tuple[str, bytes]]

_PREFIX: Final = "ce_"
_CONTENT_TYPE: Final = ("content-type", b"application/json")


class Unreadable(ValueError):
    """The headers are not those of a CloudEvent in binary mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The attributes of one event. `sequence` is the version of its subject; `traceparent` names the trace it began in."""

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

    def headers(self) -> list[tuple[str, bytes]]:
        """The Kafka headers of an event with a body. A tombstone travels without the first, `content-type`."""
        texts = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "subject": self.subject,
            "partitionkey": self.subject,
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
        """Understand headers; raises `Unreadable` naming what is missing or malformed."""
        values: dict[str, str] = {name[3:]: text for name, text in headers.items() if name.startswith(_PREFIX)}
        try:
            return cls(
                time=datetime.fromisoformat(values["time"]),
                sequence=int(values["sequence"]),
                test=values.get("test") == "true",
                id=values["id"],
                source=values["source"],
                type=values["type"],
                subject=values["subject"],
                correlationid=values["correlationid"],
                **{name: values.get(name) for name in _OPTIONAL},  # type: ignore[arg-type]
            )
        except KeyError as missing:
            raise Unreadable(f"the header ce_{missing.args[0]} is missing") from None
        except ValueError as wrong:
            raise Unreadable(f"a header cannot be read: {wrong}") from None


_OPTIONAL: Final = tuple(field.name for field in fields(Envelope) if field.default is None)
