"""The words in which a service says what personal data its tables hold: of what kind, of whom, and what erasing does.

A map is data: it names tables and columns, and a test holds it against the tables that there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, Self


class Kind(StrEnum):
    """What a column says of a person."""

    REFERENCE = "reference"
    NAME = "name"
    NUMBER = "number"
    BIRTH = "birth"
    SEX = "sex"
    CONTACT = "contact"
    CAREER = "career"
    RESULT = "result"
    PAY = "pay"
    ABSENCE = "absence"
    PROOF = "proof"
    TEXT = "text"
    CONSENT = "consent"


SENSITIVE: Final = frozenset({Kind.BIRTH, Kind.ABSENCE, Kind.PAY})
"""What is handled as sensitive: of minors, of health, of money."""


class Erasing(StrEnum):
    """What becomes of a column when its person is erased.

    `blanked`: nothing is left (NULL, or what stands for nothing). `own_id`: the row's id takes its place, where the
    column is unique. `parts`: the named parts of a document are blanked, at whatever depth. `kept`: it stays, for the
    law asks for it, and says nothing of anybody once the person's name is gone.
    """

    BLANKED = "blanked"
    OWN_ID = "own_id"
    PARTS = "parts"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What one column says of a person. `of` is somebody else's than the row's person: a guardian's, a signatory's.

    `empty` stands in a document for nothing; parts of a document become `part_empty`.
    """

    kind: Kind
    erasing: Erasing = Erasing.BLANKED
    of: str | None = None
    empty: str = "[]"
    parts: frozenset[str] = frozenset()
    part_empty: str | None = ""

    @property
    def kept(self) -> Self:
        """The same, and it stays after an erasure."""
        return replace(self, erasing=Erasing.KEPT)

    @property
    def by_id(self) -> Self:
        """The same, and the row's id takes its place."""
        return replace(self, erasing=Erasing.OWN_ID)

    def only(self, *parts: str, empty: str | None = "") -> Self:
        """The same of a document of which only these parts go."""
        return replace(self, erasing=Erasing.PARTS, parts=frozenset(parts), part_empty=empty)

    def whose(self, of: str) -> Self:
        """The same, of somebody else than the row's person."""
        return replace(self, of=of)


NAME: Final = Field(kind=Kind.NAME)
NUMBER: Final = Field(kind=Kind.NUMBER)
BIRTH: Final = Field(kind=Kind.BIRTH)
SEX: Final = Field(kind=Kind.SEX)
CONTACT: Final = Field(kind=Kind.CONTACT)
CAREER: Final = Field(kind=Kind.CAREER)
RESULT: Final = Field(kind=Kind.RESULT)
PAY: Final = Field(kind=Kind.PAY)
ABSENCE: Final = Field(kind=Kind.ABSENCE)
PROOF: Final = Field(kind=Kind.PROOF)
TEXT: Final = Field(kind=Kind.TEXT)
CONSENT: Final = Field(kind=Kind.CONSENT)
_REFERENCE: Final = Field(kind=Kind.REFERENCE, erasing=Erasing.KEPT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """By which column a row's age is counted, and when it counts at all: `only` where a column has one of some values.

    With `parent` the column is that of another table, whose id stands in the column `through`.
    """

    column: str
    only: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict)
    parent: str | None = None
    through: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one table holds. Every column is either a field of somebody or declared plain.

    `person`: the columns in which the id of the row's person stands, `party` those in which they stand as
    `person:<id>`, `object` the one that names a row which is the person's, `mentions` the bytes in which one may be
    named. `institution` names the organisation whose office answers for the person. `kept` is the class of retention.
    `removed`: an erasure takes the whole row. `elsewhere` says who lets rows go in time, where it is not the clockwork
    by `age`; what has no age (NULL) stays. `along` are tables whose rows go with the row that they name, each with the
    column in which they name it.
    """

    table: str
    kept: str
    fields: Mapping[str, Field]
    plain: frozenset[str]
    person: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    object: str | None = None
    mentions: str | None = None
    institution: str | None = None
    removed: bool = False
    hidden: frozenset[str] = frozenset()
    age: Age | None = None
    elsewhere: str | None = None
    along: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> frozenset[str]:
        """Every column of which there is a word."""
        return frozenset(self.fields) | self.plain | self.hidden

    @property
    def speaks_of_people(self) -> bool:
        """Whether anything in it is more than a reference."""
        return any(each.kind is not Kind.REFERENCE for each in self.fields.values())


_OF_EVERY_AGGREGATE: Final = frozenset({"id", "story", "test", "version"})


def held(
    table: str,
    kept: str,
    *,
    refs: str = "",
    plain: str = "",
    hidden: str = "",
    fields: Mapping[str, Field] | None = None,
    person: str = "",
    party: str = "",
    **more: object,
) -> Held:
    """What a table of people's data holds; names stand in one text with blanks between.

    `refs` are ids of persons or things of theirs, `hidden` columns are shown to nobody. The columns that every
    aggregate has are known.
    """
    named = dict.fromkeys(refs.split(), _REFERENCE)
    return Held(
        table=table,
        kept=kept,
        fields={**named, **(fields or {})},
        plain=frozenset(plain.split()) | (_OF_EVERY_AGGREGATE - {*named, *(fields or {})}),
        person=tuple(person.split()),
        party=tuple(party.split()),
        hidden=frozenset(hidden.split()),
        **more,  # type: ignore[arg-type]
    )


def not_personal(table: str, columns: str) -> Held:
    """A table that tells of no person; that each of its columns does not, is said by naming it."""
    return Held(table=table, kept="not_personal", fields={}, plain=frozenset(columns.split()) | _OF_EVERY_AGGREGATE)


@dataclass(frozen=True, slots=True)
class DataMap:
    """Everything that one service holds, table by table."""

    service: str
    tables: tuple[Held, ...]

    def __post_init__(self) -> None:
        names = [each.table for each in self.tables]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{self.service} says twice what it holds in {', '.join(sorted(twice))}")

    def of(self, table: str) -> Held:
        """What a table holds. Raises `LookupError` for one of which nobody has said it."""
        for each in self.tables:
            if each.table == table:
                return each
        raise LookupError(f"{self.service} does not say what personal data {table} holds")

    @property
    def by_person(self) -> Iterable[Held]:
        """The tables in whose rows a person is named."""
        return (each for each in self.tables if each.person or each.party)

    @property
    def by_object(self) -> Iterable[Held]:
        """The tables whose rows are about things of a person."""
        return (each for each in self.tables if each.object)

    @property
    def ageing(self) -> Iterable[Held]:
        """The tables whose rows go with time."""
        return (each for each in self.tables if each.age is not None)
