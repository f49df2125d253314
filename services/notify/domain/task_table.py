"""The table of tasks: which state or event lets somebody's task begin or end, who they are, and what is to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

_CLOSED: Final = {"extra": "forbid"}
"""What is written in the file and meant by nobody is refused."""
WHO: Final = ("person", "role", "office", "side", "candidate", "party")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """For whom a task waits, each by a field of the body.

    `person` names a person's id, `role` whoever holds it in the organisations `of`, `office` the office that speaks for
    an organisation, `side` the parties of an agreement, `candidate` who answers for a candidate, `party` parties by
    name. With `among`, only organisations that this field names.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    person: str | None = None
    role: str | None = None
    of: str | None = None
    office: str | None = None
    side: str | None = None
    candidate: str | None = None
    party: str | None = None
    among: str | None = None

    def __post_init__(self) -> None:
        """Refuse what names nobody, or several."""
        if sum(getattr(self, name) is not None for name in WHO) != 1:
            raise ValueError(f"whoever waits is named by exactly one of {', '.join(WHO)}")
        if (self.role is None) != (self.of is None):
            raise ValueError("a role is held in an organisation: `role` and `of` go together")

    @property
    def fields(self) -> set[str]:
        """The fields of the body that it asks for."""
        named = (self.person, self.of, self.office, self.side, self.candidate, self.party, self.among)
        return {name for name in named if name is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a body must say (`where`) for a task to begin, and what the task is then.

    `due` is the field with its last day or instant, moved by `grace_days`. With `lead_days` the task shows only so many
    days before that day, and not at all without one; with `lapses_days` it is given up so many days after it.
    `concerns` are fields with the organisations that see on the board that it is not done; `says` those that the words
    and the address of the act need. `occasion` tells several tasks of one kind about one thing apart.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waits_for: tuple[Waiter, ...]
    concerns: tuple[str, ...] = ()
    due: str | None = None
    grace_days: int = 0
    lead_days: int | None = None
    lapses_days: int | None = None
    says: tuple[str, ...] = ()
    occasion: str | None = None

    @property
    def fields(self) -> set[str]:
        """The fields of the body that it asks for."""
        of_waiters = {name for waiter in self.waits_for for name in waiter.fields}
        optional = {name for name in (self.due, self.occasion) if name is not None}
        return of_waiters | optional | {*self.where, *self.concerns, *self.says}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a body must say for a task to end: that of an occasion, or all of its kind about the thing."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    occasion: str | None = None

    @property
    def fields(self) -> set[str]:
        """The fields of the body that it asks for."""
        return {*self.where} if self.occasion is None else {*self.where, self.occasion}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKind:
    """One kind of task. It `lasts` as long as a state says what it must, or events open and close it.

    `act` is how it is done, as a method and a path of the service that told of it. After `stuck_after_days` whoever
    looks after the alliance sees it on the board.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    act: str
    lasts: Mapping[str, Beginning] = field(default_factory=dict)
    opens: Mapping[str, Beginning] = field(default_factory=dict)
    closes: Mapping[str, Ending] = field(default_factory=dict)
    stuck_after_days: int | None = None

    def __post_init__(self) -> None:
        """Refuse a task that begins in two ways, or never, or never ends."""
        if bool(self.lasts) == bool(self.opens):
            raise ValueError("a task lasts while states say so, or is opened by events; one of the two")
        if bool(self.opens) != bool(self.closes):
            raise ValueError("what events open, events close")

    @property
    def beginnings(self) -> dict[str, Beginning]:
        """All that lets it begin, by the type of the body."""
        return {**self.lasts, **self.opens}

    @property
    def types(self) -> set[str]:
        """The types of the bodies that it listens to."""
        return {*self.lasts, *self.opens, *self.closes}


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTable:
    """All kinds of tasks by name, and after how many days one is stuck where its kind does not say."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    stuck_after_days: int
    tasks: Mapping[str, TaskKind]
    listening: Mapping[str, Sequence[str]] = field(init=False, repr=False, compare=False)
    """The names of the kinds that listen to a type of body."""

    def __post_init__(self) -> None:
        """Every body asks which kinds it concerns, and there are many."""
        listening = {type: [name for name, kind in self.tasks.items() if type in kind.types] for type in self.types}
        object.__setattr__(self, "listening", listening)

    @property
    def types(self) -> set[str]:
        """The types of all bodies that begin or end a task."""
        return {name for kind in self.tasks.values() for name in kind.types}

    @property
    def things(self) -> set[str]:
        """The sorts of things that tasks are about, as the types of their bodies name them."""
        return {name.split(".")[1] for name in self.types}

    def stuck_after(self, kind: str) -> int:
        """After how many days a task of this kind is stuck."""
        own = self.tasks[kind].stuck_after_days
        return self.stuck_after_days if own is None else own
