"""One record as it arrived, and what can be said of it before anybody trusts its bytes."""

import builtins
import contextlib
import re
import uuid
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from shared.contracts.envelope import Envelope, Unreadable
from shared.contracts.event import Message

M = TypeVar("M", bound=Message)

_CANONICAL: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


@dataclass(eq=False)
class Delivery:
    """A record of a topic. Nothing of it is trusted: any header, key or payload may be any bytes.

    `texts` are the headers as text (what is no UTF-8 is replaced, a header without a value is empty), `type` the
    CloudEvents type, or nothing where it does not say. Nobody changes one; it is not frozen only because hundreds of
    thousands are made in a minute, and because its lazy parts would each take a lock (Python 3.11's `cached_property`).
    """

    topic: str
    partition: int
    offset: int
    key: str
    headers: Sequence[tuple[str, bytes | None]]
    payload: bytes | None
    replay: bool = False
    by_type: bool = False

    def __post_init__(self) -> None:
        self.texts = {name: value.decode("utf-8", "replace") if value else "" for name, value in self.headers}
        self.type = self.texts.get("ce_type", "")
        self._envelope: Envelope | None = None
        self._body: Message | None = None
        self._event_id: str | None = None

    @property
    def event_id(self) -> str:
        """The key by which a repeat is recognised: the event's UUID, else one made of source and id, else of the place.

        A foreign producer's id need not be a UUID, and must not be able to collide with another source's. `by_type`
        tells two majors of one fact apart.
        """
        if self._event_id is None:
            known = self._own_id()
            self._event_id = str(uuid.uuid5(uuid.UUID(known), self.type)) if self.by_type else known
        return self._event_id

    def _own_id(self) -> str:
        written, source = self.texts.get("ce_id", ""), self.texts.get("ce_source", "")
        if _CANONICAL.fullmatch(written):
            return written
        if not written:
            return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.topic}/{self.partition}/{self.offset}"))
        try:
            return str(uuid.UUID(written))
        except ValueError:
            return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{source} {written}"))

    @property
    def envelope(self) -> Envelope:
        """The CloudEvents attributes. Raises `Unreadable`."""
        if self._envelope is None:
            self._envelope = Envelope.read(self.texts)
        return self._envelope

    def read(self, body: builtins.type[M]) -> M:
        """The payload as such a body; understood once, however often it is asked for. Raises `ValueError`."""
        if isinstance(self._body, body):
            return self._body
        if self.payload is None:
            raise ValueError("an event without a body tells nothing")
        understood = body.read(self.payload)
        self._body = understood
        return understood

    def told_apart_by_type(self) -> "Delivery":
        """The same record to somebody to whom two majors of one fact are two events."""
        with contextlib.suppress(Unreadable):
            # Understood here, it is understood for both.
            _ = self.envelope
        twin = copy(self)
        twin.by_type, twin._event_id = True, None
        return twin

    def replayed(self) -> "Delivery":
        """The same record, delivered again on purpose."""
        return replace(self, replay=True)


@dataclass(frozen=True, slots=True)
class RawEvent:
    """An event of any type, understood only as far as its envelope."""

    envelope: Envelope
    headers: Sequence[tuple[str, bytes | None]]
    payload: bytes | None
    topic: str


def raw_event(delivery: Delivery) -> RawEvent:
    """The delivery as a raw event. Raises `Unreadable`."""
    return RawEvent(delivery.envelope, delivery.headers, delivery.payload, delivery.topic)


__all__ = ["Delivery", "RawEvent", "Unreadable", "raw_event"]
