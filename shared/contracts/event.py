"""What an event and a state are: a typed body with a name on the wire. Closed when writing, open when reading."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Final, Self, TypeVar

from pydantic import BaseModel, ConfigDict

from shared.contracts.fields import Code, Count

READING: Final = {"reading": True}
"""The validation context in which enumerations are open."""
_NUL: Final = rb"\u0000"
_ESCAPED_NUL: Final = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@dataclass(frozen=True)
class Wire:
    """A body's name on the wire, `sunmao.<service>.<aggregate>.<fact>.v<major>`, and the field with its subject."""

    service: str
    aggregate: str
    fact: str
    major: int
    key: str

    @cached_property
    def name(self) -> str:
        """The name without its version: two majors of one fact share it."""
        return f"sunmao.{self.service}.{self.aggregate}.{self.fact}"

    @cached_property
    def type(self) -> str:
        """The CloudEvents `type`."""
        return f"{self.name}.v{self.major}"

    @property
    def is_state(self) -> bool:
        """Whether it travels on the compacted state topic."""
        return self.fact == "state"


class Body(BaseModel):
    """Part of an event: frozen, and closed to misspelt fields when it is written.

    What reads and writes a body is made when the first of its kind comes: most kinds never come to a process.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Message(Body):
    """What travels on a topic: an event or a state."""

    wire: ClassVar[Wire]

    @property
    def subject(self) -> str:
        """The id of the aggregate that this speaks of; its key on the topic."""
        return str(getattr(self, self.wire.key))

    @classmethod
    def read(cls, payload: bytes) -> Self:
        """Understand a payload of any later minor version: unknown fields are passed over, unknown values mapped.

        Raises `ValueError` (pydantic's `ValidationError` among them) for anything that is not such a payload.
        """
        # Looking for the plain bytes first spares nearly every payload the expression, which tries each position.
        if _NUL in payload and _ESCAPED_NUL.search(payload):
            raise ValueError("a text holds a NUL character, which no database here can keep")
        return cls.model_validate_json(payload, extra="ignore", context=READING)

    def write(self) -> bytes:
        """The payload: JSON without the fields that have no value."""
        return self.__pydantic_serializer__.to_json(self, exclude_none=True)


class Event(Message):
    """A fact that happened to an aggregate, in the past tense. Published once, never changed."""


class State(Message):
    """What an aggregate is now. The newest version of a key replaces all older ones."""

    status: Code
    version: Count


M = TypeVar("M", bound=Message)


def named(name: str, *, key: str, major: int = 1) -> Callable[[type[M]], type[M]]:
    """Give a body its name on the wire: `@named("partnership.need.posted", key="need_id")`."""
    service, aggregate, fact = name.split(".")

    def give(body: type[M]) -> type[M]:
        body.wire = Wire(service, aggregate, fact, major, key)
        return body

    return give
