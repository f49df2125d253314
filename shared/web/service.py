"""What a service says of itself, once, in its `main`: from this everything else is put together."""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.approvals.act import Approvable
from shared.contracts.event import Message
from shared.documents.documented import Documented
from shared.documents.signing.signable import Signable
from shared.identity.router import AccessRouter
from shared.imports.table import ImportTable
from shared.kernel.aggregate import Aggregate
from shared.kernel.working_days import LawfulCalendar
from shared.messaging.consumer import Consumer
from shared.persistence.counting import Counting
from shared.persistence.unit_of_work import UnitOfWork
from shared.personal.data_map import DataMap
from shared.rules.engine import Rulebook
from shared.rules.pack_file import load_packs
from shared.rules.rule import RuleShape
from shared.rules.trial import Trial
from shared.rules.working_calendar import WorkingCalendar
from shared.web.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that falls due by itself: `find` says for which ids, `act` does it as an ordinary command.

    `act_together` does it for a page of them in one transaction, where there are so many that each by itself takes too
    long; if it fails, each is done by itself.
    """

    name: str
    find: Callable[[AsyncConnection, datetime, int], Awaitable[list[str]]]
    act: Callable[[str, Any], Awaitable[object]]
    act_together: Callable[[Sequence[str], Any], Awaitable[object]] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """A number that is counted in the service's database once a minute and shown as `sunmao_<name>`.

    The statement selects the values of the labels, and then the number. No label tells of a person.
    """

    name: str
    about: str
    labels: tuple[str, ...]
    statement: Counting


Background = Callable[[Runtime], Awaitable[None]]
"""Work that a worker process does for as long as it leads."""


Days = Callable[[AsyncConnection], Awaitable[WorkingCalendar]]
"""Where a service's calendar comes from: the notices that are known to all, and what was imported into its database."""


async def noticed_days(_connection: AsyncConnection) -> WorkingCalendar:
    """The notices alone, for a service that imports none."""
    return LawfulCalendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service: its name, its state, its doors, what it listens to and what it does by itself.

    `imports` are the tables that can be imported. `personal` says what personal data it holds. `rule_shapes` are the
    rules that it applies, `trials` how those are asked that can be. `undecided` names the statuses in which what was
    decided of a thing is still open. `documented` are the objects that have documents. `signed` are the documents that
    are signed here, and by whom. `approved` are the acts in front of which organisations may put approvals.
    """

    name: str
    title: str
    package: str
    work: type[UnitOfWork]
    metadata: MetaData
    routers: Sequence[AccessRouter]
    consumers: Sequence[Consumer] = ()
    chores: Sequence[Chore] = ()
    background: Sequence[Background] = ()
    tallies: Sequence[Tally] = ()
    personal: DataMap | None = None
    imports: Sequence[ImportTable[Any]] = ()
    rule_shapes: Sequence[RuleShape] = ()
    trials: Sequence[Trial] = ()
    undecided: Mapping[type[Aggregate], Collection[str]] = field(default_factory=dict)
    calendar: Days = noticed_days
    documented: Sequence[Documented[Any]] = ()
    signed: Sequence[Signable] = ()
    approved: Sequence[Approvable] = ()

    @property
    def group(self) -> str:
        """Its Kafka consumer group."""
        return f"sunmao.{self.name}"

    @property
    def folder(self) -> Traversable:
        """Where its migrations and rule packs lie."""
        return files(self.package)

    def rulebook(self) -> Rulebook | None:
        """Its rules as the packs that are installed make them; None where it has none. Raises `PackError`."""
        folder = self.folder / "rules"
        return Rulebook(load_packs(folder), self.rule_shapes) if folder.is_dir() else None

    @property
    def trials_by_rule(self) -> Mapping[str, Trial]:
        """How each of its rules is asked, by the rule's id."""
        return {trial.shape.id: trial for trial in self.trials}

    @property
    def subscriptions(self) -> Mapping[str, Sequence[type[Message]]]:
        """What its consumers bind, by consumer."""
        return {consumer.name: consumer.bodies for consumer in self.consumers}


class InstalledServices(Mapping[str, Service]):
    """Services by name, each loaded when it is asked for: the process of one takes no time and memory for others."""

    def __init__(self, points: Mapping[str, EntryPoint]) -> None:
        self._points = points

    def __getitem__(self, name: str) -> Service:
        service: Service = self._points[name].load()
        return service

    def __contains__(self, name: object) -> bool:
        return name in self._points

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)


def installed_services() -> InstalledServices:
    """Every service that is installed here, in the order of their names.

    The package announces all services of the platform; a container holds the code of one.
    """
    found = sorted(entry_points(group="sunmao.services"), key=lambda point: point.name)
    return InstalledServices({point.name: point for point in found if is_present(point)})


def is_present(point: EntryPoint) -> bool:
    """Whether the package that an entry point names is here; what is wrong inside it is not asked."""
    package, _, _ = point.module.rpartition(".")
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError as missing:
        if package.startswith(f"{missing.name}."):
            return False
        raise
