"""How many people are somewhere at once, by stretches of days: a sweep over beginnings and ends, never day by day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Stay(Protocol):
    """So many people on all of these days, both ends included."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date:
        """The last day."""

    @property
    def count(self) -> int:
        """How many."""


class Days(Protocol):
    """A stretch of days, both ends included."""

    @property
    def starts_on(self) -> date:
        """The first day."""

    @property
    def ends_on(self) -> date:
        """The last day."""


Changes = Mapping[int, int]
"""By the ordinal of a day: how many more or fewer are there than on the day before."""


@dataclass(frozen=True, slots=True)
class Level:
    """From `starts_on` to `ends_on`, both included, the same number is there on every day."""

    starts_on: date
    ends_on: date
    count: int


def levels(stays: Iterable[Stay], first: date, last: date) -> tuple[Level, ...]:
    """How many are there from `first` to `last`, both included: stretches without gaps, each as long as it can be."""
    return levels_of((changes(stays, first, last),), first, last)


def changes(stays: Iterable[Stay], first: date, last: date) -> Changes:
    """How many more or fewer are there on a day than on the day before, by its ordinal, from `first` to `last`."""
    found: defaultdict[int, int] = defaultdict(int)
    earliest, latest = first.toordinal(), last.toordinal()
    for stay in stays:
        start, end = max(stay.starts_on.toordinal(), earliest), min(stay.ends_on.toordinal(), latest)
        if start <= end:
            found[start] += stay.count
            found[end + 1] -= stay.count
    return found


def levels_of(parts: Iterable[Changes], first: date, last: date) -> tuple[Level, ...]:
    """The same of all who are in one of several parts, each known by its changes from `first` to `last`."""
    together: defaultdict[int, int] = defaultdict(int)
    for part in parts:
        for day, change in part.items():
            together[day] += change
    return tuple(_levels(together, first.toordinal(), last.toordinal()))


def peak(stays: Iterable[Stay], spans: Iterable[Days]) -> Level | None:
    """The first stretch inside `spans` on which most are there; None if there are no spans."""
    stays = tuple(stays)
    inside = (level for span in spans for level in levels(stays, span.starts_on, span.ends_on))
    return max(inside, key=lambda level: (level.count, -level.starts_on.toordinal()), default=None)


def _levels(together: dict[int, int], first: int, last: int) -> Iterator[Level]:
    since, there = first, together.pop(first, 0)
    for day in sorted(day for day, change in together.items() if change and day <= last):
        yield Level(date.fromordinal(since), date.fromordinal(day - 1), there)
        since, there = day, there + together[day]
    if since <= last:
        yield Level(date.fromordinal(since), date.fromordinal(last), there)


def merged(spans: Iterable[Days]) -> tuple[tuple[int, int], ...]:
    """The days of all spans as ordinals, first and last of each stretch: in order, apart from each other."""
    stretches: list[tuple[int, int]] = []
    for first, last in sorted((span.starts_on.toordinal(), span.ends_on.toordinal()) for span in spans):
        if stretches and first <= stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], last))
        else:
            stretches.append((first, last))
    return tuple(stretches)
