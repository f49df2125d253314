"""Whether the table of tasks speaks of what there is: types, fields, values, roles. Asked when the service starts."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, get_args, get_type_hints

from services.notify.domain.task_table import Beginning, Ending, TaskKind, TaskTable
from services.notify.domain.variables import WORKED_OUT
from shared.contracts.event import Message
from shared.contracts.fields import Known
from shared.contracts.ids import ALLIANCE
from shared.contracts.registry import REGISTRY

_ACT: Final = re.compile(r"(GET|POST|PUT|PATCH) (/v1/[a-z{}_/-]+)")
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


def faults(table: TaskTable, roles: Collection[str]) -> list[str]:
    """What is wrong with the table, one sentence each; nothing where it fits the contracts and these roles."""
    return [f"{name}: {fault}" for name, kind in table.tasks.items() for fault in _of_kind(kind, roles)]


def placeholders(act: str) -> set[str]:
    """The fields that the address of an act needs."""
    return set(_PLACEHOLDER.findall(act))


def body_of(type_name: str) -> type[Message] | None:
    """The body that the table means by a type."""
    return REGISTRY.get(f"sunmao.{type_name}")


def _of_kind(kind: TaskKind, roles: Collection[str]) -> Iterator[str]:
    if not _ACT.fullmatch(kind.act):
        yield f"{kind.act!r} is no method and path"
    yield from _of_types(kind)
    for type_name, beginning in kind.beginnings.items():
        yield from _of_beginning(type_name, beginning, kind.act, roles)
    for type_name, ending in kind.closes.items():
        yield from _of_fields(type_name, ending)
    yield from _of_aggregates(kind)


def _of_types(kind: TaskKind) -> Iterator[str]:
    for type_name in sorted(kind.types):
        body = body_of(type_name)
        if body is None:
            yield f"there is no {type_name}"
        elif body.wire.is_state != (type_name in kind.lasts):
            yield f"{type_name} is given for an event and is a state, or the reverse"


def _of_aggregates(kind: TaskKind) -> Iterator[str]:
    """Versions tell which word is the newest, so they must be those of one thing."""
    bodies = [body for body in map(body_of, {*kind.opens, *kind.closes}) if body is not None]
    if len({(body.wire.service, body.wire.aggregate) for body in bodies}) > 1:
        yield "what opens and closes it are not facts of one thing"


def _of_beginning(type_name: str, beginning: Beginning, act: str, roles: Collection[str]) -> Iterator[str]:
    yield from _of_fields(type_name, beginning)
    for waiter in beginning.waits_for:
        if waiter.role is not None and waiter.role not in roles:
            yield f"there is no role {waiter.role}"
    for name in sorted(placeholders(act) - set(beginning.says)):
        yield f"{act} needs {name}, which {type_name} is not asked to say"
    if beginning.due is None and (beginning.lead_days, beginning.lapses_days) != (None, None):
        yield "it shows some days before, or lapses some days after, a day that it does not name"


def _of_fields(type_name: str, part: Beginning | Ending) -> Iterator[str]:
    body = body_of(type_name)
    if body is None:
        return
    yield from (f"{type_name} has no field {name}" for name in sorted(_unknown(part.fields, body)))
    hints = get_type_hints(body, include_extras=True)
    for name, wanted in part.where.items():
        yield from (f"{name} of {type_name} is never {value}" for value in _impossible(wanted, hints.get(name)))


def _unknown(names: Iterable[str], body: type[Message]) -> set[str]:
    # The alliance is named where an organisation would be, and is none.
    return set(names) - set(body.model_fields) - WORKED_OUT - {ALLIANCE}


def _impossible(wanted: Iterable[str], hint: Any) -> list[str]:
    known = [value for part in get_args(hint) if isinstance(part, Known) for value in part.values]
    return sorted(set(wanted) - set(known)) if known else []
