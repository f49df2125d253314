"""What must hold after a story, each as a sentence with what was found, and how what was found is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, whether it holds (None: this run could not see it), and what was found."""

    sentence: str
    holds: bool | None
    found: str


def name_of(event: Mapping[str, Any]) -> str:
    """The type of an event without `sunmao.` and its version."""
    return ".".join(str(event["type"]).split(".")[1:-1])


def told_of(facts: Mapping[str, object]) -> str:
    """Facts by their names."""
    return ", ".join(f"{name}: {fact}" for name, fact in facts.items())


def listed(faults: Sequence[str]) -> str:
    """The first faults, and how many more there are; nothing where there are none."""
    more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return "; ".join(faults[:_SHOWN]) + more
