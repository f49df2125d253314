"""One record as it arrived, and what can be said of it before anybody trusts its bytes."""

import uuid
from dataclasses import dataclass, replace
from functools import cached_property

from shared.contracts.envelope import Envelope, Unreadable


@dataclass(frozen=True)
class Delivery:
    """A record of a topic. Nothing of it is trusted: any header, key or payload may be any bytes."""

    topic: str
    partition: int
    offset: int
    key: str
    headers: tuple[tuple[str, bytes], ...]
    payload: bytes | None
    replay: bool = False
    by_type: bool = False

    @cached_property
    def texts(self) -> dict[str, str]:
        """The headers as text; what is no UTF-8 is replaced, a header without a value is empty."""
        return {name: (value or b"").decode("utf-8", "replace") for name, value in self.headers}

    @property
    def type(self) -> str:
        """The CloudEvents type, or nothing where it does not say."""
        return self.texts.get("ce_type", "")

    @cached_property
    def event_id(self) -> str:
        """The key by which a repeat is recognised: the event's UUID, else one made of source and id, else of the place.

        A foreign producer's id need not be a UUID, and must not be able to collide with another source's. `by_type`
        tells two majors of one fact apart.
        """
        known = self._uuid()
        return str(uuid.uuid5(known, self.type)) if self.by_type else str(known)

    def _uuid(self) -> uuid.UUID:
        written, source = self.texts.get("ce_id", ""), self.texts.get("ce_source", "")
        if not written:
            return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.topic}/{self.partition}/{self.offset}")
        try:
            return uuid.UUID(written)
        except ValueError:
            return uuid.uuid5(uuid.NAMESPACE_URL, f"{source} {written}")

    @cached_property
    def envelope(self) -> Envelope:
        """The CloudEvents attributes. Raises `Unreadable`."""
        return Envelope.read(self.texts)

    def replayed(self) -> "Delivery":
        """The same record, delivered again on purpose."""
        return replace(self, replay=True)


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event of any type, understood only as far as its envelope."""

    envelope: Envelope
    headers: tuple[tuple[str, bytes], ...]
    payload: bytes | None
    topic: str


def raw_event(delivery: Delivery) -> RawEvent:
    """The delivery as a raw event. Raises `Unreadable`."""
    return RawEvent(delivery.envelope, delivery.headers, delivery.payload, delivery.topic)


__all__ = ["Delivery", "RawEvent", "Unreadable", "raw_event"]
