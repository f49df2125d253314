"""How a module of a service says what it listens to: projections of others' state, reactions to their events."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from shared.contracts.event import Message, State
from shared.contracts.topics import topic_of
from shared.kernel.aggregate import Aggregate
from shared.messaging.delivery import RawEvent

M = TypeVar("M", bound=Message)
S = TypeVar("S", bound=State)
Order = Literal["free", "ordered", "latest"]
React = Callable[[Any, Any], Awaitable[object]]
Loads = Callable[[Any], Iterable[tuple[type[Aggregate], str]]]
Foresee = Callable[[Mapping[str, Any], Any], Awaitable[None]]
"""Given the events of a batch by their ids, and the unit of work, asks it for what they will ask for."""
Forget = Callable[[str, Any], Awaitable[object]]
"""Given the id of what was erased, and the unit of work."""
Project = Callable[[Any], Mapping[str, object] | None]


@dataclass(frozen=True, slots=True)
class Reaction:
    """What happens once for each event of a type, or for each newer state.

    `free`: an event runs whatever came in between. `ordered`: later events of a key wait behind one that was set aside.
    `latest`: an event older than the last applied of its subject is stale. `loads` names the aggregates that an event
    will ask for, those included that may not be there yet, so that a whole batch of them is loaded at once; `foresee`
    does the same where what is asked for depends on what is found. Neither changes what an event comes to.

    Of a state the newest version counts, so it is `latest`, and how far a subject has come is its only claim. `forget`
    is what happens when the subject is erased.
    """

    body: type[Message]
    react: React
    order: Order
    loads: Loads | None = None
    foresee: Foresee | None = None
    forget: Forget | None = None

    @property
    def claims(self) -> bool:
        """Whether each delivery is claimed, because a repeat could not be told otherwise."""
        return not self.body.wire.is_state


@dataclass(frozen=True, slots=True)
class Projection:
    """The rows of one table that follow a kind of state: the newest version wins, a tombstone removes."""

    body: type[State]
    table: str
    row: Project


@dataclass(frozen=True, slots=True)
class RawReaction:
    """What happens once for each event whose type begins so, of whatever major version, known or not."""

    prefix: str
    react: Callable[[RawEvent, Any], Awaitable[object]]


class Consumer:
    """One module's subscriptions, `<service>.<module>`: they share a claim, a transaction and a dead-letter box."""

    def __init__(self, name: str, *, unreadable: bool = False) -> None:
        self.name = name
        self.unreadable = unreadable
        self.service = name.partition(".")[0]
        self.reactions: dict[str, Reaction] = {}
        self.projections: dict[str, Projection] = {}
        self.raw_reaction: RawReaction | None = None

    def reaction(
        self,
        *bodies: type[M],
        order: Order = "free",
        loads: Loads | None = None,
        foresee: Foresee | None = None,
        forget: Forget | None = None,
    ) -> Callable[[React], React]:
        """Declare what to do about events or states of these types. The function gets the body and a unit of work."""

        if order != "latest" and any(body.wire.is_state for body in bodies):
            raise ValueError(f"{self.name} reacts to states, of which only the latest counts")

        def declare(react: React) -> React:
            for body in bodies:
                self._claim_type(body)
                self.reactions[body.wire.type] = Reaction(body, react, order, loads, foresee, forget)
            return react

        return declare

    def projection(self, body: type[S], *, table: str) -> Callable[[Project], Project]:
        """Declare which row a state is kept as; the function gives its columns beside `id` and `version`, or None."""

        def declare(row: Project) -> Project:
            self._claim_type(body)
            self.projections[body.wire.type] = Projection(body, table, row)
            return row

        return declare

    def raw(self, prefix: str) -> Callable[[React], React]:
        """Declare what to do about every event whose type begins with this prefix, as raw bytes."""

        def declare(react: React) -> React:
            self.raw_reaction = RawReaction(prefix, react)
            return react

        return declare

    @property
    def reacts(self) -> bool:
        """Whether it does more than keep others' state."""
        return bool(self.reactions or self.raw_reaction)

    @property
    def bodies(self) -> list[type[Message]]:
        """Everything it binds by type."""
        return [*(r.body for r in self.reactions.values()), *(p.body for p in self.projections.values())]

    def topics(self, event_topics: list[str]) -> set[str]:
        """The topics it reads; a raw reaction reads all of `event_topics`."""
        bound = {topic_of(body.wire) for body in self.bodies}
        return bound | (set(event_topics) if self.raw_reaction else set())

    def _claim_type(self, body: type[Message]) -> None:
        if body.wire.type in self.reactions or body.wire.type in self.projections:
            raise ValueError(f"{self.name} binds {body.wire.type} twice")
