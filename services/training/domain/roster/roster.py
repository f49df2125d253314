"""A roster: a whole list of a university's people, or posts, as its own system delivered it, and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from services.training.domain.roster.difference import Change
from shared.contracts.training import RosterApplied, RosterReceived, RosterState
from shared.errors import Conflict, State
from shared.kernel.aggregate import Aggregate
from shared.rules import Bilingual, Finding, Verdict

PART: Final = 500
"""So many changes are made in one transaction."""


class StillApplying(Conflict):
    """One roster at a time acts on a register."""

    en = "The roster before this one is being applied; send this one again in some minutes."
    zh = "上一份名册正在更新入库，请数分钟后重新报送。"


class RosterDecided(Conflict):
    """Only a roster that waits is confirmed or dismissed."""

    en = "The roster is {status} and waits no more; look at the newest."
    zh = "该名册的状态为{status}，无须再处理，请查看最新名册。"


class RosterKind(StrEnum):
    """Who or what stands on the list; posts are those that a university keeps for people from industry."""

    STUDENTS = "students"
    TEACHERS = "teachers"
    SPECIAL_POSTS = "special_posts"

    @property
    def address(self) -> str:
        """How paths and folders call it."""
        return self.value.replace("_", "-")


class RosterStatus(State):
    """What became of it; while it is `confirmed`, its changes are being made."""

    WAITING = "waiting", "待确认", "waiting for its office"
    CONFIRMED = "confirmed", "更新中", "being applied"
    APPLIED = "applied", "已更新", "applied"
    DISMISSED = "dismissed", "已退回", "dismissed"
    SUPERSEDED = "superseded", "已被取代", "replaced by a newer one"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterFault:
    """A cell (or a row, without `column`) that does not fit, or says what only a correction changes."""

    row: int
    column: str | None
    message: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange(Aggregate):
    """What a roster changes for one person, until that is done. `said` is JSON, and what is needed for it alone.

    `person_id` is the post's id where the list is of posts.
    """

    kind: ClassVar[str] = "roster_change"
    roster_id: str
    university_id: str
    part: int
    change: Change
    person_id: str
    row: int | None
    said: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows a list has, how many of them do not fit, and what the others change."""

    rows: int
    unreadable: int
    added: int
    changed: int
    returned: int
    left: int

    @property
    def changes(self) -> int:
        """How many entries are touched."""
        return self.added + self.changed + self.returned + self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster(Aggregate):
    """One list. `current` names university and kind while no newer one has come; `finding` is of ROS-01."""

    kind: ClassVar[str] = "roster"
    university_id: str
    roster_kind: RosterKind
    file_sha256: str
    sent_by: str
    received_at: datetime
    counts: Counts
    faults: tuple[RosterFault, ...]
    finding: Finding
    applied: int = 0
    refused: int = 0
    next_part: int = 0
    decided_by: str | None = None
    decided_at: datetime | None = None
    status: RosterStatus = RosterStatus.WAITING
    current: str | None

    def received(self) -> tuple[Self, tuple[RosterReceived | RosterApplied, ...]]:
        """What becomes of it at once: it waits, acts by itself, or has nothing to change."""
        if not self.counts.changes:
            done = replace(self, status=RosterStatus.APPLIED)
        elif self.finding.verdict is Verdict.PASS:
            done = replace(self, status=RosterStatus.CONFIRMED)
        else:
            done = self
        waits = done.status is RosterStatus.WAITING
        told = RosterReceived.model_validate({**done._told(), "waits": waits})
        return done, (told, *done._applied())

    @property
    def owners(self) -> frozenset[str]:
        """The university."""
        return frozenset({self.university_id})

    def require_waiting(self) -> None:
        """Raise `RosterDecided` unless somebody has still to look at it."""
        if self.status is not RosterStatus.WAITING:
            raise RosterDecided(status=self.status)

    def confirm(self, *, by: str, at: datetime) -> Self:
        """Let it act. Raises `RosterDecided`."""
        self.require_waiting()
        return replace(self, status=RosterStatus.CONFIRMED, decided_by=by, decided_at=at)

    def dismiss(self, *, by: str, at: datetime) -> Self:
        """Let it come to nothing. Raises `RosterDecided`."""
        self.require_waiting()
        return replace(self, status=RosterStatus.DISMISSED, decided_by=by, decided_at=at)

    def give_way(self) -> Self:
        """A newer one has come. Raises `StillApplying`."""
        if self.status is RosterStatus.CONFIRMED:
            raise StillApplying
        waited = self.status is RosterStatus.WAITING
        return replace(self, current=None, status=RosterStatus.SUPERSEDED if waited else self.status)

    def went_on(self, *, applied: int) -> tuple[Self, tuple[RosterApplied, ...]]:
        """The next part of it was done: so many of its changes were made, the others were refused."""
        expected = min(PART, self.counts.changes - self.next_part * PART)
        part = self.next_part + 1
        further = replace(
            self,
            applied=self.applied + applied,
            refused=self.refused + expected - applied,
            next_part=part,
            status=RosterStatus.APPLIED if part * PART >= self.counts.changes else self.status,
        )
        return further, tuple(further._applied())

    def state(self) -> RosterState:
        """The roster as it is now, in numbers."""
        return RosterState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _applied(self) -> list[RosterApplied]:
        if self.status is not RosterStatus.APPLIED:
            return []
        return [RosterApplied.model_validate({**self._told(), "applied": self.applied, "refused": self.refused})]

    def _told(self) -> dict[str, object]:
        return {
            "roster_id": self.id,
            "university_id": self.university_id,
            "kind": self.roster_kind.value,
            "rows": self.counts.rows,
            "unreadable": self.counts.unreadable,
            "added": self.counts.added,
            "changed": self.counts.changed,
            "returned": self.counts.returned,
            "left": self.counts.left,
        }


def current_of(university_id: str, kind: RosterKind) -> str:
    """What the newest roster of a kind of people of a university is known by."""
    return f"{kind}:{university_id}"
