"""What may be asked about rosters."""

from dataclasses import dataclass

from services.training.domain.roster.guard import RosterFacts
from services.training.domain.roster.roster import Counts, RosterFault, RosterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRoster:
    """Let a roster act that somebody has looked at."""

    roster_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DismissRoster:
    """Let a roster come to nothing."""

    roster_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFile:
    """A list as it came: whose, of which people, under which hash."""

    university_id: str
    kind: RosterKind
    sha256: str
    sent_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepRoster:
    """Keep a list that was compared with the register: what it changes in numbers, and what is wrong with rows."""

    roster_id: str
    file: RosterFile
    counts: Counts
    faults: tuple[RosterFault, ...]
    guarded: RosterFacts
