"""Days as stretches: what five years of days are is held in a few numbers, and counted without walking over them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Final, Self

Stretch = tuple[int, int]
"""The first day and the last one, both included, as ordinals."""


@dataclass(frozen=True, slots=True)
class Spans:
    """A set of days: stretches in their order that neither overlap nor touch. `before` are the days before each."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    before: tuple[int, ...]

    @classmethod
    def of(cls, stretches: Iterable[Stretch]) -> Self:
        """The union of these stretches; one that ends before it starts is none."""
        return cls._ordered(_merged(sorted([stretch for stretch in stretches if stretch[0] <= stretch[1]])))

    @classmethod
    def of_days(cls, first: date, last: date) -> Self:
        """All days from `first` to `last`, both included."""
        return cls.of([(first.toordinal(), last.toordinal())])

    @classmethod
    def _ordered(cls, stretches: list[Stretch]) -> Self:
        # Lists, for a teacher's ledger makes a dozen of these, and a generator costs more than what it saves.
        lengths = [last - first + 1 for first, last in stretches]
        return cls(
            tuple([first for first, _ in stretches]),
            tuple([last for _, last in stretches]),
            tuple(accumulate(lengths, initial=0)),
        )

    def __bool__(self) -> bool:
        return bool(self.firsts)

    def __iter__(self) -> Iterator[Stretch]:
        return zip(self.firsts, self.lasts, strict=True)

    def __len__(self) -> int:
        """How many days there are."""
        return self.before[-1]

    def __contains__(self, day: int) -> bool:
        place = bisect_right(self.firsts, day)
        return place > 0 and day <= self.lasts[place - 1]

    def until(self, day: int) -> int:
        """How many of the days lie on this one or before it."""
        place = bisect_right(self.firsts, day) - 1
        if place < 0:
            return 0
        last = self.lasts[place]
        return self.before[place] + (min(last, day)) - self.firsts[place] + 1

    def within(self, first: int, last: int) -> int:
        """How many of the days lie from `first` to `last`, both included."""
        return 0 if last < first else self.until(last) - self.until(first - 1)

    def nth(self, number: int) -> int:
        """The day with this number, the first one being 1. There are as many days as that."""
        place = bisect_right(self.before, number - 1) - 1
        return self.firsts[place] + number - 1 - self.before[place]

    def next(self, day: int) -> int | None:
        """The first of the days that is this one or later."""
        number = self.until(day - 1) + 1
        return self.nth(number) if number <= len(self) else None

    def cut(self, first: int, last: int) -> "Spans":
        """The days from `first` to `last`, both included."""
        cut = [(max(start, first), min(end, last)) for start, end in self]
        return Spans._ordered([stretch for stretch in cut if stretch[0] <= stretch[1]])

    def without(self, other: "Spans") -> "Spans":
        """The days that are not among the others."""
        return self if not (self and other) else Spans._ordered(list(_holed(self, other)))


NO_DAYS: Final = Spans((), (), (0,))


def united(sets: Sequence[Spans]) -> Spans:
    """The days of all of these."""
    return NO_DAYS if not sets else Spans.of(stretch for days in sets for stretch in days)


def _merged(ordered: list[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for first, last in ordered:
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _holed(days: Spans, holes: Spans) -> Iterator[Stretch]:
    for first, last in days:
        place = max(0, bisect_right(holes.firsts, first) - 1)
        while first <= last and place < len(holes.firsts) and holes.firsts[place] <= last:
            if first < holes.firsts[place]:
                yield first, holes.firsts[place] - 1
            first = max(first, holes.lasts[place] + 1)  # noqa: PLW2901
            place += 1
        if first <= last:
            yield first, last
