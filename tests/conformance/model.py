"""What must come of deliveries, in plain Python: a list per consumer and key of what it heard, and its dead letters."""

import copy
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["good", "poison", "refused", "orphan", "garbled"]
Order = Literal["free", "ordered", "latest"]
ORDERS: tuple[Order, ...] = ("free", "ordered", "latest")
BLOCKING = ("waiting", "open", "parked")


@dataclass(frozen=True, slots=True)
class Told:
    """An event: the `number` is its sequence, and what `kind` of trouble it makes."""

    key: str
    number: int
    kind: Kind


@dataclass(slots=True)
class World:
    """What lies outside the consumers: which events were mended, which keys have got their parent."""

    mended: set[Told] = field(default_factory=set)
    arrived: set[str] = field(default_factory=set)

    def fate(self, event: Told) -> str:
        """What an attempt at it comes to: `heard`, `open`, `waiting`, or `refused` by the database."""
        if event.kind == "orphan":
            return "heard" if event.key in self.arrived else "waiting"
        if event.kind == "good" or (event in self.mended and event.kind != "garbled"):
            return "heard"
        return "refused" if event.kind == "refused" else "open"


@dataclass(slots=True)
class Listener:
    """One consumer as it should be."""

    order: Order
    world: World
    claimed: set[Told] = field(default_factory=set)
    heard: dict[str, list[int]] = field(default_factory=dict)
    letters: dict[Told, str] = field(default_factory=dict)
    applied: dict[str, int] = field(default_factory=dict)

    def commits(self, batch: Sequence[Told]) -> Iterator[Sequence[Told]]:
        """The batch in the parts in which it must be committed: halved, in order, down to what the database refuses."""
        if len(batch) > 1 and self.refuses(batch):
            middle = len(batch) // 2
            yield from self.commits(batch[:middle])
            yield from self._after(batch[:middle]).commits(batch[middle:])
        elif batch:
            yield batch

    def take(self, batch: Iterable[Told]) -> None:
        """Act on a part."""
        for event in batch:
            if event not in self.claimed:
                self.claimed.add(event)
                self._act(event)

    def refuses(self, batch: Sequence[Told]) -> bool:
        """Whether the database would meet something in the batch that it refuses."""
        letters = self._after(batch).letters
        fresh = (event for event in batch if event not in self.claimed and letters.get(event) == "open")
        return any(self.world.fate(event) == "refused" for event in fresh)

    def due(self) -> list[Told]:
        """What waits, and what stands first of its key behind nothing."""
        return [event for event, status in self.letters.items() if self._is_due(event, status)]

    def second_parts(self, due: Sequence[Told]) -> Iterator[Sequence[Told]]:
        """Those in the parts in which they must be committed: halved like a batch."""
        if len(due) > 1 and self._refuses_again(due):
            middle = len(due) // 2
            yield from self.second_parts(due[:middle])
            yield from self._retried(due[:middle]).second_parts(due[middle:])
        elif due:
            yield due

    def retry(self, event: Told) -> None:
        """Try one of those."""
        fate = self._fate_now(event)
        if fate == "heard":
            del self.letters[event]
            self._hear(event)
        else:
            self.letters[event] = "open" if fate == "refused" else fate

    def replay(self, events: Collection[Told]) -> None:
        """A person has open ones run again."""
        for event in [event for event in self.letters if event in events]:
            runs = self.order != "ordered" or not self._stands_behind(event)
            if runs and self._fate_now(event) == "heard":
                self.letters[event] = "replayed"
                self._hear(event)

    def open(self) -> list[Told]:
        """Its open dead letters."""
        return [event for event, status in self.letters.items() if status == "open"]

    def _act(self, event: Told) -> None:
        if self._is_stale(event):
            return
        if self.order == "ordered" and self._is_blocked(event.key):
            self.letters[event] = "parked"
            return
        fate = self.world.fate(event)
        if fate == "heard":
            self._hear(event)
        else:
            self.letters[event] = "open" if fate == "refused" else fate

    def _hear(self, event: Told) -> None:
        if self._is_stale(event):
            return
        self.heard.setdefault(event.key, []).append(event.number)
        self.applied[event.key] = event.number

    def _fate_now(self, event: Told) -> str:
        """What another attempt comes to: what is stale by now is over, whatever is wrong with it."""
        return "heard" if self._is_stale(event) else self.world.fate(event)

    def _is_stale(self, event: Told) -> bool:
        return self.order == "latest" and event.number <= self.applied.get(event.key, -1)

    def _is_blocked(self, key: str) -> bool:
        return any(event.key == key and status in BLOCKING for event, status in self.letters.items())

    def _is_due(self, event: Told, status: str) -> bool:
        return status == "waiting" or (status == "parked" and not self._stands_behind(event))

    def _stands_behind(self, event: Told) -> bool:
        ahead = list(self.letters)[: list(self.letters).index(event)]
        return any(other.key == event.key and self.letters[other] in BLOCKING for other in ahead)

    def _refuses_again(self, due: Sequence[Told]) -> bool:
        return any(self._retried(due[:place])._fate_now(event) == "refused" for place, event in enumerate(due))

    def _retried(self, due: Iterable[Told]) -> "Listener":
        later = self._copied()
        for event in due:
            later.retry(event)
        return later

    def _after(self, batch: Iterable[Told]) -> "Listener":
        later = self._copied()
        later.take(batch)
        return later

    def _copied(self) -> "Listener":
        copied = Listener(self.order, self.world, *map(copy.copy, (self.claimed, {}, self.letters, self.applied)))
        copied.heard = {key: list(numbers) for key, numbers in self.heard.items()}
        return copied
