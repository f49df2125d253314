"""What every aggregate knows about itself, and what it shows of itself to other services."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from shared.contracts.event import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A thing with an identity that changes as one. Frozen: a change returns a new one, the unit of work keeps it.

    `story` is the id of the business story's root, inherited at birth (`need_…`), and becomes the correlation id of
    every event of this aggregate. `test` marks demonstration data. `version` counts the aggregate's facts; only the
    unit of work moves it.
    """

    kind: ClassVar[str]
    id: str
    story: str
    test: bool = False
    version: int = 0

    @property
    def owners(self) -> frozenset[str]:
        """Ids of the organisations (or persons) that own this or are party to it: they may read and write it."""
        return frozenset()

    @property
    def is_forgotten(self) -> bool:
        """Whether it was erased for somebody's privacy: its state topic gets a tombstone, and no state ever again."""
        return False

    def state(self) -> "State | None":
        """What the compacted state topic says of it, or None where its state is nobody else's business."""
        return None
