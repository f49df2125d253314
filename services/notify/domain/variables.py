"""What a notification keeps of its event: references, numbers, dates and sentences of rules, never a person's data."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from shared.contracts.event import Message


def _credits(half_credits: int) -> str:
    """Credits as people write them: 8 half credits are `4.0`."""
    whole, half = divmod(abs(half_credits), 2)
    return f"{'-' if half_credits < 0 else ''}{whole}.{5 * half}"


def _why(rule_id: str, message: str, remedy: str | None, colon: str) -> str:
    """Why a rule refused and what would pass, in the sentences of its pack."""
    between = " " if colon.endswith(" ") else ""
    return f"{rule_id}{colon}{message}{between}{remedy or ''}".rstrip()


_WORKED_OUT: Final[Mapping[str, Callable[..., str | int]]] = {
    "categories": lambda event: ", ".join(event.programme_categories) or "-",
    "caps": lambda event: len(event.caps),
    "credits": lambda event: _credits(event.half_credits),
    "lines": lambda event: len(event.lines),
    "rules": lambda event: ", ".join(failure.rule_id for failure in event.failures),
    "why_en": lambda event: " ".join(
        _why(each.rule_id, each.message_en, each.remedy_en, ": ") for each in event.failures
    ),
    "why_zh": lambda event: "".join(
        _why(each.rule_id, each.message_zh, each.remedy_zh, "：") for each in event.failures
    ),
}

WORKED_OUT: Final = frozenset(_WORKED_OUT)
"""Variables that are no fields."""


def variables_of(event: Message, names: Iterable[str]) -> dict[str, str | int]:
    """The named variables of an event: its fields, or what is worked out of them."""
    return {name: _WORKED_OUT[name](event) if name in _WORKED_OUT else _plain(event, name) for name in names}


def _plain(event: Message, name: str) -> str | int:
    value = getattr(event, name)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return value
    raise TypeError(f"{type(event).__name__}.{name} cannot be told as it is")
