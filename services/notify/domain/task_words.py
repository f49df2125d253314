"""What a state or an event says of tasks: that somebody is waited for, or no longer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from services.notify.domain.recipients import Office, Person, Recipient, Role, addressee, candidate_side, side
from services.notify.domain.task_checks import body_of
from services.notify.domain.task_table import Beginning, Ending, TaskKind, TaskTable, Waiter
from services.notify.domain.variables import variables_of
from shared.contracts.event import Event, Message, State
from shared.contracts.ids import ALLIANCE
from shared.contracts.partnership import Candidate, Party
from shared.kernel.calendar import business_date

_ORGANIZATION: Final = "org_"
_INSTANT_BEFORE: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """That a task waits for these, about this thing."""

    task_kind: str
    service: str
    thing: str
    subject: str
    occasion: str
    recipients: tuple[Recipient, ...]
    concerns: tuple[str, ...]
    due_on: date | None
    shows_on: date | None
    lapses_on: date | None
    said: dict[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """That a task is over; without an occasion, all of its kind about the thing.

    `by_state`: an older word cannot follow, so that it need not be remembered where there is no such task.
    """

    task_kind: str
    service: str
    thing: str
    subject: str
    occasion: str | None
    by_state: bool


Word = Waits | Over


@dataclass(frozen=True, slots=True)
class Bodies:
    """What is listened to for the sake of tasks."""

    states: tuple[type[State], ...]
    events: tuple[type[Event], ...]


def listened_to(table: TaskTable) -> Bodies:
    """The states and events of the table."""
    bodies = [body for name in sorted(table.types) if (body := body_of(name)) is not None]
    states = tuple(body for body in bodies if issubclass(body, State))
    return Bodies(states, tuple(body for body in bodies if issubclass(body, Event)))


def words_of(body: Message, table: TaskTable) -> list[Word]:
    """All that a body says of tasks."""
    type_name = body.wire.type.removeprefix("sunmao.")
    kinds = ((name, table.tasks[name]) for name in table.listening.get(type_name, ()))
    return [word for name, kind in kinds for word in _of_kind(name, kind, type_name, body)]


def _of_kind(name: str, kind: TaskKind, type_name: str, body: Message) -> Iterator[Word]:
    if type_name in kind.lasts:
        beginning = kind.lasts[type_name]
        waits = _waits(name, beginning, body) if _holds(beginning, body) else None
        yield waits or _over(name, body, occasion=None, by_state=True)
    elif type_name in kind.opens and _holds(kind.opens[type_name], body):
        waits = _waits(name, kind.opens[type_name], body)
        yield from () if waits is None else (waits,)
    elif type_name in kind.closes and _holds(kind.closes[type_name], body):
        yield _over(name, body, occasion=_occasion(kind.closes[type_name].occasion, body), by_state=False)


def _holds(part: Beginning | Ending, body: Message) -> bool:
    return all(getattr(body, name) in wanted for name, wanted in part.where.items())


def _waits(name: str, beginning: Beginning, body: Message) -> Waits | None:
    """What waits for whom; None where nobody is named, or its day is not."""
    recipients = tuple(dict.fromkeys(each for waiter in beginning.waits_for for each in _named(waiter, body)))
    due_on = _due_on(beginning, body)
    if not recipients or (beginning.lead_days is not None and due_on is None):
        return None
    return Waits(
        task_kind=name,
        service=body.wire.service,
        thing=body.wire.aggregate,
        subject=body.subject,
        occasion=_occasion(beginning.occasion, body) or "",
        recipients=recipients,
        concerns=tuple(dict.fromkeys(id for each in beginning.concerns for id in _organizations(body, each))),
        due_on=due_on,
        shows_on=_days_from(due_on, beginning.lead_days and -beginning.lead_days),
        lapses_on=_days_from(due_on, beginning.lapses_days),
        said=variables_of(body, beginning.says),
    )


def _over(name: str, body: Message, *, occasion: str | None, by_state: bool) -> Over:
    return Over(
        task_kind=name,
        service=body.wire.service,
        thing=body.wire.aggregate,
        subject=body.subject,
        occasion=occasion,
        by_state=by_state,
    )


def _occasion(name: str | None, body: Message) -> str | None:
    return None if name is None else str(getattr(body, name))


def _due_on(beginning: Beginning, body: Message) -> date | None:
    """The last day on which it is still in time; an instant ends the day before it, if it is a midnight."""
    due = None if beginning.due is None else getattr(body, beginning.due)
    if due is None:
        return None
    day = business_date(due - _INSTANT_BEFORE) if isinstance(due, datetime) else due
    return day + timedelta(days=beginning.grace_days)


def _days_from(day: date | None, days: int | None) -> date | None:
    return None if day is None or days is None else day + timedelta(days=days)


def _named(waiter: Waiter, body: Message) -> Iterator[Recipient]:
    for each in _candidates(waiter, body):
        among = None if waiter.among is None else getattr(body, waiter.among)
        if among is None or _organization_of(each) in among:
            yield each


def _candidates(waiter: Waiter, body: Message) -> Iterable[Recipient]:
    match waiter:
        case Waiter(person=str(name)):
            return [Person(id) for id in _several(getattr(body, name))]
        case Waiter(role=str(role), of=str(name)):
            return [Role(role, id) for id in ([ALLIANCE] if name == ALLIANCE else _organizations(body, name))]
        case Waiter(office=str(name)):
            return [Office(id) for id in _organizations(body, name)]
        case Waiter(side=str(name)):
            return [side(party.organization_id, party.role) for party in getattr(body, name)]
        case Waiter(candidate=str(name)):
            return [candidate_side(getattr(body, name))]
        case _:
            return [addressee(party) for party in _several(getattr(body, waiter.party or "")) if _is_reached(party)]


def _is_reached(party: str) -> bool:
    """Whether somebody who signs in is meant; a guardian has no account."""
    return party.startswith(("person:", "role:"))


def _organization_of(recipient: Recipient) -> str | None:
    return getattr(recipient, "organization_id", None)


def _organizations(body: Message, name: str) -> list[str]:
    """The organisations that a field names, by id or as parties; whatever else it names is none."""
    ids = (_id_of(value) for value in _several(getattr(body, name)))
    return [id for id in ids if id.startswith(_ORGANIZATION)]


def _id_of(value: Any) -> str:
    return value.organization_id if isinstance(value, Party | Candidate) else str(value)


def _several(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]
