"""What a checker found: harm by kind, each with a sentence, counted in full and shown in part."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["lost", "doubled", "reordered", "violated", "unaccounted", "state_mismatches", "notified_twice"]

KINDS: Final[tuple[Kind, ...]] = (
    "lost",
    "doubled",
    "reordered",
    "violated",
    "unaccounted",
    "state_mismatches",
    "notified_twice",
)
_SHOWN: Final = 12


@dataclass(slots=True)
class Harm:
    """Counts by kind, and the first sentences of each."""

    counts: "Counter[Kind]" = field(default_factory=Counter)
    sentences: dict[Kind, list[str]] = field(default_factory=dict)

    def found(self, kind: Kind, sentence: str, number: int = 1) -> None:
        """Count harm of a kind, `number` times."""
        if number <= 0:
            return
        self.counts[kind] += number
        said = self.sentences.setdefault(kind, [])
        if len(said) < _SHOWN:
            said.append(sentence)

    def each(self, kind: Kind, sentences: Iterable[str]) -> None:
        """Count every sentence as harm of this kind."""
        for sentence in sentences:
            self.found(kind, sentence)

    @property
    def none(self) -> bool:
        """Whether nothing was found."""
        return not self.counts.total()
