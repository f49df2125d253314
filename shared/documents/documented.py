"""Which objects of a service have documents: of which kinds, who reads and adds them, and what each object needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from shared.contracts.ids import PREFIXES
from shared.documents.checklist import Needed
from shared.identity.access import Access
from shared.kernel.aggregate import Aggregate
from shared.rules import Bilingual

A = TypeVar("A", bound=Aggregate)


def nobody(_object: Aggregate) -> str | None:
    """For objects whose documents are about no person."""
    return None


def nothing(_object: Aggregate, _on: date) -> Sequence[Needed]:
    """For objects that need no documents."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of document. `add` is who adds and voids it; `read` is narrower than the object's where that is needed."""

    name: str
    title: Bilingual
    add: Access
    read: Access | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented(Generic[A]):
    """Objects of one shape that have documents, read by whoever may read the object.

    Of an object that more may read than its owners, documents are the owners' alone where they are for `parties_only`.
    `person` says whose personal data a document about it is, `needs` what it needs on a day; `prints` lets in who has
    papers printed where nobody adds any.
    """

    shape: type[A]
    read: Access
    kinds: tuple[Kind, ...]
    person: Callable[[A], str | None] = nobody
    needs: Callable[[A, date], Sequence[Needed]] = nothing
    prints: Access | None = None
    parties_only: bool = False

    @property
    def prefix(self) -> str:
        """What the ids of such objects begin with."""
        return PREFIXES[self.shape.kind]

    @property
    def adders(self) -> tuple[Access, ...]:
        """Everybody who adds some kind."""
        return tuple(kind.add for kind in self.kinds)

    @property
    def voiders(self) -> tuple[Access, ...]:
        """Everybody who voids what the service itself made."""
        return (*self.adders, self.prints) if self.prints else self.adders

    def kind(self, name: str) -> Kind | None:
        """The kind of this name."""
        return next((kind for kind in self.kinds if kind.name == name), None)

    def read_of(self, name: str) -> Access:
        """Who reads documents of this kind about such an object; the service itself may make some of other kinds."""
        kind = self.kind(name)
        return kind.read if kind and kind.read else self.read
