"""What key figures are counted of, and how the counts of several universities become those of all of them."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsWanted:
    """Of which universities, and of which days, both included; `on` is the day on which it is asked."""

    university_ids: tuple[str, ...]
    first: date
    last: date
    on: date
    test: bool


def together(one: T, other: T) -> T:
    """Two counts as one: numbers and counters are added, sets are united, so that whatever is in both is one."""
    names = [field.name for field in fields(one)]  # type: ignore[arg-type]
    return type(one)(**{name: _both(getattr(one, name), getattr(other, name)) for name in names})


def _both(one: Any, other: Any) -> Any:
    return one + other if isinstance(one, int | Counter) else one | other
