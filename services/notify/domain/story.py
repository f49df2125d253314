"""In which order a story is told: by time, but no effect before its cause and no version before the one it follows."""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Protocol, TypeVar


class Told(Protocol):
    """An event as far as its place in a story goes."""

    @property
    def event_id(self) -> str:
        """Its id."""

    @property
    def causation_id(self) -> str | None:
        """The id of the event (or request) that led to it."""

    @property
    def source(self) -> str:
        """Who published it."""

    @property
    def subject(self) -> str:
        """What it is about."""

    @property
    def sequence(self) -> int:
        """The subject's version."""

    @property
    def time(self) -> datetime:
        """When it happened, by its publisher's clock."""


T = TypeVar("T", bound=Told)


def in_order(events: Iterable[T]) -> list[T]:
    """The events by time, except that clocks which differ cannot turn cause and effect around."""
    told = sorted(events, key=lambda event: (event.time, event.source, event.subject, event.sequence))
    followers, waiting_for = _dependencies(told)
    ready = [place for place in range(len(told)) if not waiting_for[place]]
    order: list[int] = []
    while ready:
        place = heapq.heappop(ready)
        order.append(place)
        for follower in followers[place]:
            waiting_for[follower] -= 1
            if not waiting_for[follower]:
                heapq.heappush(ready, follower)
    # Events that claim to have caused each other come last, by time: whoever wrote them, they are shown.
    return [told[place] for place in (*order, *sorted(set(range(len(told))) - set(order)))]


def _dependencies(told: list[T]) -> tuple[dict[int, list[int]], list[int]]:
    """Which places follow each place, and for how many others each place waits."""
    places = {event.event_id: place for place, event in enumerate(told)}
    followers: dict[int, list[int]] = defaultdict(list)
    waiting_for = [0] * len(told)
    pairs = [(places[event.causation_id], place) for place, event in enumerate(told) if event.causation_id in places]
    for before, after in (*pairs, *_successions(told)):
        followers[before].append(after)
        waiting_for[after] += 1
    return followers, waiting_for


def _successions(told: list[T]) -> list[tuple[int, int]]:
    subjects: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in sorted(range(len(told)), key=lambda place: told[place].sequence):
        subjects[told[place].source, told[place].subject].append(place)
    return [pair for line in subjects.values() for pair in pairwise(line)]
