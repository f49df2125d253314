"""What a handler is given: repositories to load from and save to, inside one transaction that it never sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from shared.contracts.event import Event
from shared.kernel.aggregate import Aggregate
from shared.kernel.calendar import business_date
from shared.rules.decision import Decision
from shared.rules.engine import Rulebook

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Told:
    """Who told what is reacted to, as which version of its subject, and when."""

    source: str
    sequence: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Who acts, when, and on behalf of which event or request."""

    actor: str
    now: datetime
    request_id: str | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    traceparent: str | None = None
    test: bool = False
    replay: bool = False
    told: Told | None = None

    @property
    def today(self) -> date:
        """The business date of the act."""
        return business_date(self.now)


class Reader(Protocol[T]):
    """Things that can be looked up, but not changed, by this service: its projections of other services' state."""

    async def find(self, id: str) -> T | None:
        """The one with this id, or None."""

    async def known(self, ids: Iterable[str]) -> dict[str, T]:
        """Those with these ids that are there; what was asked for once, also in vain, costs nothing again."""

    async def where(self, **equals: object) -> list[T]:
        """All whose columns equal the given values (a list, set or tuple means: one of these), ordered by id."""


class Repository(Protocol[A]):
    """The aggregates of one kind. Loading one twice gives the same one; nothing is written before the work commits."""

    async def get(self, id: str) -> A:
        """The one with this id, locked until the work ends. Raises `NotFound`."""

    async def find(self, id: str) -> A | None:
        """The one with this id, or None."""

    async def known(self, ids: Iterable[str]) -> dict[str, A]:
        """Those with these ids that are there, locked; what was asked for once, also in vain, costs nothing again."""

    async def where(self, **equals: object) -> list[A]:
        """All whose columns equal the given values (a list, set or tuple means: one of these), ordered by id."""

    async def count(self, *by: str, **equals: object) -> list[tuple[dict[str, object], int]]:
        """How many there are, for each value of the columns `by`, of those whose columns equal the given values.

        The columns' values are as the database keeps them. Nothing is loaded and nothing is locked.
        """

    def add(self, aggregate: A, *facts: Event) -> A:
        """Keep a new aggregate and publish the facts of its birth. Returns it with its version."""

    def save(self, aggregate: A, *facts: Event) -> A:
        """Keep a changed aggregate and publish what happened; each fact takes one version. Returns it as it is now."""


class Log(Protocol[T_contra]):
    """What is written down once and never changed."""

    def keep(self, thing: T_contra) -> None:
        """Write it down, unless there is one with its id."""


class Work(Protocol):
    """One transaction: leaving it well commits state, outbox rows and audit together, or nothing at all."""

    @property
    def service(self) -> str:
        """Whose work it is, as its events name it."""

    @property
    def context(self) -> Context:
        """Who acts, when and why."""

    @property
    def rules(self) -> Rulebook:
        """The rule packs of this service."""

    def decide(self, decision: Decision) -> None:
        """Keep a rule decision with its inputs; facts saved after it in this step name its rule pack."""

    def tell(self, fact: Event, *, story: str) -> None:
        """Publish a fact about something that this service keeps no versions of."""

    def audit(self, act: str, subject: str, *, organization_id: str | None = None, reason: str | None = None) -> None:
        """Write into the audit trail who did what to which object."""


class NotYet(Exception):
    """A reaction's parent has not arrived yet: the event is set aside as waiting and tried again."""
