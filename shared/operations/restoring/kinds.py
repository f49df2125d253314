"""The kinds of aggregates of a service, each with its table and, where it is told, with its state's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, exists, func, literal, select
from sqlalchemy.sql.selectable import ScalarSelect

from shared.contracts.event import State, Wire
from shared.contracts.registry import REGISTRY
from shared.contracts.topics import topic_of
from shared.kernel.aggregate import Aggregate
from shared.operations.restoring.told import EVENTS, STATES
from shared.persistence.spine import OutboxRow, table_of
from shared.web.service import Service

OUTBOX = table_of(OutboxRow)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of aggregate. Without `wire` its state is nobody else's business."""

    shape: type[Aggregate]
    table: Table
    wire: Wire | None

    @property
    def name(self) -> str:
        """As it stands in keys and types."""
        return self.shape.kind

    @property
    def key(self) -> ColumnElement[str]:
        """A row's key on the state topic."""
        return literal(f"{self.name}/") + self.table.c.id

    @property
    def told(self) -> ColumnElement[int]:
        """The highest version of a row that any topic knows, of a query that joins the told states."""
        return func.greatest(func.coalesce(STATES.c.version, 0), func.coalesce(_in_events(self.table.c.id), 0))

    @property
    def behind(self) -> ColumnElement[bool]:
        """Whether the next version of a row could be one that was told, or its state would not be told at all.

        A version above the topic's with its state still in the outbox needs nothing: so is what was raised already.
        """
        if self.wire is None:
            return self.told > self.table.c.version
        return (self.told >= self.table.c.version) | ~waits(self.wire, self.key)

    @property
    def unknown(self) -> ColumnElement[bool]:
        """Whether a told state is of an id that the database does not have."""
        return ~exists().where(self.table.c.id == STATES.c.id)


def kinds_of(service: Service) -> Sequence[Kind]:
    """All of them."""
    told = {body.wire.aggregate: body.wire for body in REGISTRY if _is_state_of(service.name, body)}
    mappings = service.work.mappings()
    return [Kind(shape, mapping.table, told.get(shape.kind)) for shape, mapping in mappings.items()]


def waits(wire: Wire, key: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the outbox holds a state of this key."""
    return exists().where(OUTBOX.c.topic == topic_of(wire), OUTBOX.c.key == key)


def told_of_unknown() -> ColumnElement[int]:
    """The highest version of an id that is in no table, of a query over the told states."""
    return func.greatest(STATES.c.version, func.coalesce(_in_events(STATES.c.id), 0))


def _in_events(id: Any) -> ScalarSelect[int]:
    return select(func.max(EVENTS.c.version)).where(EVENTS.c.subject == id).scalar_subquery()


def _is_state_of(service: str, body: Any) -> bool:
    return issubclass(body, State) and body.wire.service == service
