"""A roster that waits, to be looked at and decided on."""

from typing import Any

from services.training.commands.roster import KeepRoster, RosterFile
from services.training.domain.roster.guard import RosterFacts
from services.training.domain.roster.roster import Counts, RosterKind
from services.training.handlers.roster.roster import keep_roster
from shared.contracts.ids import new_id


async def waiting(university_id: str, work: Any) -> str:
    """Keep a first roster of students; its id."""
    file = RosterFile(university_id=university_id, kind=RosterKind.STUDENTS, sha256="0" * 64, sent_by="office:somebody")
    command = KeepRoster(
        roster_id=new_id("roster"),
        file=file,
        counts=Counts(rows=1, unreadable=0, added=1, changed=0, returned=0, left=0),
        faults=(),
        guarded=RosterFacts(known=0, unnamed=0, left=0, touched=1),
    )
    return (await keep_roster(command, work)).id
