"""What a table that people fill in looks like: its columns, in both languages, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Generic, Literal, TypeVar

from pydantic import BaseModel

from shared.rules.verdict import Bilingual

B = TypeVar("B", bound=BaseModel)

FLAGS: Final = {"zh": ("是", "否"), "en": ("yes", "no")}
"""What yes and no are called."""
Kind = Literal["text", "day", "flag", "list"]
"""`day` is a date in any of the forms people write, `flag` is yes or no, `list` has its parts between semicolons.

A list is not offered value by value: a cell holds several.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `name` is the field of the row's model; `note` says what a cell may hold.

    `values` are the only ones allowed, by what they are called in both languages. A `unique` value stands in one row.
    """

    name: str
    heading: Bilingual
    note: Bilingual
    kind: Kind = "text"
    required: bool = True
    unique: bool = False
    values: Mapping[str, Bilingual] = field(default_factory=dict)

    @property
    def headings(self) -> tuple[str, ...]:
        """What the column may be headed by."""
        return (self.heading.zh, self.heading.en, self.name)

    @property
    def hint(self) -> Bilingual:
        """What a cell may hold, with the values that are allowed where only these are: their names, and their codes."""
        if not self.values:
            return self.note
        zh = " / ".join(_named(words.zh, f"（{code}）", code) for code, words in self.values.items())
        en = " / ".join(_named(words.en, f" ({code})", code) for code, words in self.values.items())
        return Bilingual(zh=f"{self.note.zh} {zh}", en=f"{self.note.en} {en}")

    def called(self, said: object, language: str) -> object:
        """What a value that is kept is called by people, as a cell of this column takes it again."""
        if isinstance(said, list):
            return [self.called(part, language) for part in said]
        words = self.values.get(said) if isinstance(said, str) else None
        return words.say(language) if words else said


@dataclass(frozen=True)
class TableShape(Generic[B]):
    """A table: `row` is the model that every row must fit, its fields named like the columns."""

    name: str
    columns: tuple[Column, ...]
    row: type[B]

    @cached_property
    def by_heading(self) -> Mapping[str, Column]:
        """The columns by what they may be headed by."""
        return {plain(heading): column for column in self.columns for heading in column.headings}

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}


def _named(name: str, beside: str, code: str) -> str:
    return name if plain(name) == plain(code) else name + beside


def plain(text: str) -> str:
    """A heading or a value without what does not tell it apart: case, blanks, the mark of a required column."""
    return "".join(text.split()).rstrip("*").casefold()
