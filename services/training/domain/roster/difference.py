"""What a whole list changes in a register: who is new, who changed, who came back, who left. Pure, and page by page."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

Values = Mapping[str, object]
"""What stands in columns, as JSON has it; lists in order."""


class Change(StrEnum):
    """What becomes of somebody."""

    ADDED = "added"
    CHANGED = "changed"
    RETURNED = "returned"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which columns of a kind of people may be brought up to date by a list, and which only a correction changes."""

    number: str
    moving: frozenset[str]
    fixed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the list: in which row, what it says (JSON), and which of its cells are filled."""

    row: int
    said: bytes
    filled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody on the register. `here` is who has not left; `values` are by column."""

    id: str
    number: str
    here: bool
    values: Values


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of one person; `said` is what is needed for it and no more: of who left, nothing."""

    change: Change
    person_id: str | None
    row: int | None
    said: bytes


_NOTHING: Final = b"{}"


def plainly(said: Values) -> bytes:
    """Values as JSON, without a space."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(slots=True)
class Comparison:
    """A list on its way through a register. What was met on both sides is let go of at once.

    `named` are all numbers that stand on the list, those of rows included that do not fit: their people have not left.
    `remarks` are rows and columns that say something else than the register in what a list does not change.
    """

    columns: Columns
    listed: dict[str, Listed]
    named: Collection[str]
    known: int = 0
    remarks: list[tuple[int, str]] = field(default_factory=list)

    def differences(self, person: Registered) -> Iterator[Difference]:
        """What becomes of somebody on the register: nothing, or one thing."""
        self.known += person.here
        told = self.listed.pop(person.number, None)
        if told is not None:
            yield from self._of_both(person, told)
        elif person.here and person.number not in self.named:
            yield Difference(Change.LEFT, person.id, None, _NOTHING)

    def rest(self) -> Iterator[Difference]:
        """Who stands on the list alone, once the whole register was looked at."""
        return (Difference(Change.ADDED, None, told.row, told.said) for told in self.listed.values())

    def _of_both(self, person: Registered, told: Listed) -> Iterator[Difference]:
        said = json.loads(told.said)
        differing = {name for name in told.filled if said.get(name) != person.values.get(name)}
        self.remarks += [(told.row, name) for name in sorted(differing & self.columns.fixed)]
        moved = plainly({name: said[name] for name in sorted(differing & self.columns.moving)})
        if not person.here:
            yield Difference(Change.RETURNED, person.id, told.row, moved)
        elif moved != _NOTHING:
            yield Difference(Change.CHANGED, person.id, told.row, moved)
