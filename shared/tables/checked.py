"""A table as it was read: its rows, what is wrong with some of them, and the refusal that is made of it."""

from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, TypeVar

from shared.errors import Invalid
from shared.rules.verdict import Bilingual
from shared.tables.shape import Column

T = TypeVar("T")

MAX_FAULTS: Final = 1000
"""So many faults are told of one by one; beyond, they are only counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell (or a row, where `column` is None) that does not fit, and what would."""

    row: int
    column: Column | None
    message: Bilingual


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """What a row says, with its number in the file."""

    number: int
    said: T


@dataclass(slots=True)
class Checked(Generic[T]):
    """A table as it was read: the rows that fit, and what is wrong with others. `count` are all of them.

    `blamed` are the numbers of the rows with which something is wrong. `seen` are the values of each unique column, as
    far as they can be read, those of rows included that do not fit otherwise.
    """

    rows: list[Row[T]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    faulty: int = 0
    count: int = 0
    blamed: set[int] = field(default_factory=set)
    seen: dict[str, set[str]] = field(default_factory=dict)

    def blame(self, row: int, column: Column | None, message: Bilingual) -> None:
        """Tell of a fault."""
        self.faulty += 1
        self.blamed.add(row)
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(Fault(row, column, message))

    def again(self) -> "Checked[T]":
        """The same, to be looked at once more without what is found at it."""
        return replace(self, faults=list(self.faults), blamed=set(self.blamed))

    def good(self) -> list[Row[T]]:
        """The rows with which nothing is wrong."""
        return [row for row in self.rows if row.number not in self.blamed]

    def sound(self) -> list[T]:
        """What the rows say, if nothing is wrong with any. Raises `TableRefused`."""
        if self.faulty:
            raise TableRefused(self)
        return [row.said for row in self.rows]


class TableRefused(Invalid):
    """Some cells do not fit, so that nothing was taken; `checked` says which, and what would."""

    en = "Nothing was taken: {count} cells or rows do not fit. Each of the errors says where, and what would pass."
    zh = "未导入任何数据：有 {count} 处内容不符合要求，详见 errors 中的行、列与说明。"

    def __init__(self, checked: "Checked[Any]") -> None:
        self.checked = checked
        super().__init__(count=checked.faulty)
