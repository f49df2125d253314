"""What is shown of rosters and of what they change."""

from typing import Any, Self

import orjson

from services.training.api.roster.kinds import KINDS
from services.training.api.view import View
from services.training.domain.roster.roster import Roster, RosterChange, RosterFault
from shared.contracts.fields import Instant
from shared.tables import TableShape


class CountsView(View):
    """How many rows a list has, how many of them do not fit, and how many entries it changes how."""

    rows: int
    unreadable: int
    added: int
    changed: int
    returned: int
    left: int


class RosterFaultView(View):
    """A cell that does not fit, by its row as a spreadsheet counts and its heading; the whole row where it has none."""

    row: int
    column: str | None
    message: str

    @classmethod
    def in_language(cls, fault: RosterFault, shape: TableShape[Any], language: str) -> Self:
        """The fault in a language."""
        column = shape.by_name[fault.column].heading.say(language) if fault.column else None
        return cls(row=fault.row, column=column, message=fault.message.say(language))


class RosterView(View):
    """A list: which file, by its SHA-256, from whom, what it changes, and how it stands.

    `why` says why it waits or waited. `applied` and `refused` count the changes that were made or could not be.
    """

    id: str
    kind: str
    university_id: str
    file_sha256: str
    sent_by: str
    received_at: Instant
    counts: CountsView
    why: str | None
    applied: int
    refused: int
    decided_by: str | None
    decided_at: Instant | None
    status: str
    version: int

    @classmethod
    def in_language(cls, roster: Roster, language: str) -> Self:
        """The roster in a language."""
        return cls.model_validate(cls._shown(roster, language))

    @classmethod
    def _shown(cls, roster: Roster, language: str) -> dict[str, object]:
        finding = roster.finding
        parts = (finding.message, finding.remedy) if finding.case else ()
        return {
            **{name: getattr(roster, name) for name in cls.model_fields if hasattr(roster, name)},
            "kind": roster.roster_kind.value,
            "counts": CountsView.of(roster.counts),
            "why": " ".join(part.say(language) for part in parts if part) or None,
        }


class RosterDetail(RosterView):
    """A list with the cells that do not fit, or say what only a correction changes: the first thousand."""

    faults: list[RosterFaultView]

    @classmethod
    def _shown(cls, roster: Roster, language: str) -> dict[str, object]:
        shape = KINDS[roster.roster_kind].shape
        faults = [RosterFaultView.in_language(fault, shape, language) for fault in roster.faults]
        return {**super()._shown(roster, language), "faults": faults}


class RosterChangeView(View):
    """What becomes of one person or post: which (a new one has the id already), from which row, and what the list says.

    Of what is new it is all that is entered, of the others what differs.
    """

    id: str
    change: str
    subject_id: str
    row: int | None
    said: dict[str, Any]

    @classmethod
    def of_change(cls, change: RosterChange) -> Self:
        """The change with what it says."""
        return cls(
            id=change.id,
            change=change.change,
            subject_id=change.person_id,
            row=change.row,
            said=orjson.loads(change.said),
        )
