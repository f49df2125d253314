"""Reads the facts that somebody states for a trial: held against the rule's model, and kept within bounds."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from shared.errors import Misfit
from shared.rules.chinese_faults import in_chinese
from shared.rules.trial import Facts

Place: TypeAlias = tuple[str | int, ...]

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1).isoformat(), date(2199, 12, 31).isoformat()
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not fit: where, of which kind (pydantic's name for it), within which bounds it would pass."""

    place: Place
    kind: str
    message: str
    bounds: Mapping[str, object] = field(default_factory=dict)


class FactsError(Misfit):
    """Facts that do not fit; `faults` say where, each with what would pass."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        told = [(".".join(map(str, fault.place)), fault) for fault in faults]
        super().__init__(
            en="; ".join(f"{place or 'facts'}: {fault.message}" for place, fault in told),
            zh="".join(f"{place or '事实'}：{in_chinese(fault.kind, fault.bounds)}" for place, fault in told),
        )


def read_facts(shape: type[Facts], stated: object, *, longest: int | None = None) -> Facts:
    """The facts as the rule takes them. Raises `FactsError`, which names each field that does not fit.

    A null that cannot stand where it does is left out, for it says that something is not known. `longest` is how many
    entries a list may have; dates lie between 1900 and 2199, for a count walks over days.
    """
    if faults := tuple(_out_of_bounds(stated, (), longest)):
        raise FactsError(faults)
    try:
        return _read(shape, stated)
    except ValidationError as error:
        known = _without_nulls(stated, (), frozenset(tuple(told["loc"]) for told in error.errors(include_url=False)))
    try:
        return _read(shape, known)
    except ValidationError as error:
        faults = tuple(_fault(told) for told in error.errors(include_url=False))
        raise FactsError(faults) from None


def _read(shape: type[Facts], stated: object) -> Facts:
    # Through JSON, because strict JSON reads text as dates and enumerations but never as numbers.
    return shape.model_validate_json(json.dumps(stated), strict=True)


def _without_nulls(stated: object, place: Place, places: Collection[Place]) -> object:
    """What is stated but for nulls at these places; elsewhere a null may say something by standing there."""
    if isinstance(stated, list):
        return [_without_nulls(part, (*place, number), places) for number, part in enumerate(stated)]
    if not isinstance(stated, dict):
        return stated
    inside = {name: (part, (*place, name)) for name, part in stated.items()}
    return {
        name: _without_nulls(part, there, places)
        for name, (part, there) in inside.items()
        if part is not None or there not in places
    }


def _fault(told: ErrorDetails) -> Fault:
    return Fault(tuple(told["loc"]), told["type"], told["msg"], told.get("ctx", {}))


def _out_of_bounds(stated: object, place: Place, longest: int | None) -> Iterator[Fault]:
    if len(place) > _DEEPEST:
        yield Fault(place, "too_deep", f"Facts are nested at most {_DEEPEST} deep")
    elif isinstance(stated, str):
        if _DAY.fullmatch(stated) and not _FIRST_DAY <= stated <= _LAST_DAY:
            yield Fault(place, "date_out_of_bounds", f"A date lies between {_FIRST_DAY} and {_LAST_DAY}")
    elif isinstance(stated, list | dict):
        yield from _inside(stated, place, longest)


def _inside(stated: list[object] | dict[str, object], place: Place, longest: int | None) -> Iterator[Fault]:
    if longest is not None and len(stated) > longest:
        yield Fault(place, "too_long", f"At most {longest} entries are tried at once", {"max_length": longest})
        return
    for name, part in stated.items() if isinstance(stated, dict) else enumerate(stated):
        yield from _out_of_bounds(part, (*place, name), longest)
