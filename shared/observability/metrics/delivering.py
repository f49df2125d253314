"""What a service tells about the files that other systems put into its folder of rosters."""

from collections.abc import Iterable
from typing import Final, Literal

from shared.observability.metrics.series import Series

Outcome = Literal["taken", "set_aside", "failed"]
_ALL: Final[tuple[Outcome, ...]] = ("taken", "set_aside", "failed")


class RosterNumbers:
    """The series of one service's folder of rosters, by kind: bound at once, so that what comes first is growth."""

    def __init__(self, series: Series, service: str, kinds: Iterable[str]) -> None:
        self._files = {
            (kind, outcome): series.roster_files.labels(service, kind, outcome) for kind in kinds for outcome in _ALL
        }

    def taken(self, kind: str) -> None:
        """A file became a roster."""
        self._files[kind, "taken"].inc()

    def set_aside(self, kind: str) -> None:
        """A file was no such list, and lies aside with its reason."""
        self._files[kind, "set_aside"].inc()

    def failed(self, kind: str | None = None) -> None:
        """A folder of this kind, or the one of all, could not be read or written; it is tried again."""
        for each, outcome in self._files:
            if outcome == "failed" and kind in {None, each}:
                self._files[each, outcome].inc()
