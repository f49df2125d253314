"""Which acts an institution may put approvals in front of: what a service says of itself, once for each act."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.kernel.aggregate import Aggregate
from shared.rules import Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvable:
    """An act on things of one shape, done for an organisation by people in the roles `asked_by`.

    `load` gives the thing with an id, locked. `mark` is what an approval is about: it changes with everything that who
    approves has read, and with nothing else. `require` is given the thing and the organisation; it refuses unless this
    organisation can do the act now.
    """

    act: str
    title: Bilingual
    shape: type[Aggregate]
    asked_by: tuple[str, ...]
    load: Callable[[str, Any], Awaitable[Aggregate]]
    mark: Callable[[Any], str]
    require: Callable[[Any, str], object]


def named(acts: Sequence[Approvable], act: str) -> Approvable | None:
    """The act of this name, or None."""
    return next((each for each in acts if each.act == act), None)
