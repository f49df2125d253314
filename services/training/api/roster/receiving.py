"""A roster on its way in: compared with the register, and kept in one transaction, part by part."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from services.training import queries
from services.training.api.people_imports import NO_PROGRAMME
from services.training.api.roster.kinds import Kind, Told
from services.training.commands.roster import KeepRoster, RosterFile
from services.training.domain.roster.difference import Change, Comparison, Difference, Listed
from services.training.domain.roster.guard import RosterFacts
from services.training.domain.roster.roster import PART, Counts, Roster, RosterChange, RosterFault
from services.training.handlers.roster import roster as handlers
from services.training.ports import Work
from shared.contracts.ids import new_id
from shared.rules import Bilingual
from shared.tables import Checked
from shared.web.tables import checked_table

_OTHERWISE: Final = Bilingual(
    zh="与系统记录不一致；名册不更改此项，确需更改的，请申请更正。",
    en="The register says something else, which a roster does not change; ask for a correction if it is wrong.",
)
_MOST_FAULTS: Final = 1000


@dataclass(frozen=True, slots=True)
class _Some:
    """Changes that are kept together."""

    part: int
    differences: Sequence[Difference]


Part = str | _Some | KeepRoster
"""What is done at once: the roster before gives way (its id), some changes are kept, and at last the roster."""


@dataclass(slots=True)
class Receiving:
    """One try to take a list in. `roster` is what it became, or what the same list had become before."""

    kind: Kind
    read: Checked[Told]
    file: RosterFile
    id: str
    roster: Roster | None = None

    @property
    def became(self) -> Roster:
        """The roster, once all is kept."""
        if self.roster is None:
            raise LookupError("the list is not kept yet")
        return self.roster

    async def commands(self, connection: AsyncConnection) -> Iterator[Part]:
        """The parts of it; none if the newest roster is of the same file. Raises `StillApplying`."""
        newest = await queries.current_roster(connection, self.file.university_id, self.file.kind)
        if newest is not None and newest.file_sha256 == self.file.sha256:
            self.roster = newest
            return iter(())
        before = [] if newest is None else [newest.give_way().id]
        checked = self.read.again()
        comparison = await self._compare(connection, checked)
        differences = await self._differences(connection, comparison)
        return iter([*before, *_parts(differences), self._last(comparison, differences, checked)])

    async def keep(self, part: Part, work: Work) -> None:
        """Keep a part."""
        if isinstance(part, str):
            await handlers.make_way(part, work)
        elif isinstance(part, KeepRoster):
            self.roster = await handlers.keep_roster(part, work)
        else:
            for difference in part.differences:
                work.roster_changes.add(self._change(difference, part.part, work))

    async def _compare(self, connection: AsyncConnection, checked: Checked[Told]) -> Comparison:
        programmes = await queries.programmes_of(connection, self.file.university_id)
        for row in checked.rows:
            if not programmes.issuperset(row.said.programmes):
                checked.blame(row.number, self.kind.shape.by_name[self.kind.programme], NO_PROGRAMME)
        listed = {row.said.number: Listed(row.number, row.said.said, row.said.filled) for row in checked.good()}
        return Comparison(self.kind.columns, listed, checked.seen[self.kind.columns.number])

    async def _differences(self, connection: AsyncConnection, comparison: Comparison) -> list[Difference]:
        found: list[Difference] = []
        async for people in queries.registered_in(connection, self.file.university_id, self.file.kind):
            for person in people:
                found += comparison.differences(person)
        return [*found, *comparison.rest()]

    def _change(self, difference: Difference, part: int, work: Work) -> RosterChange:
        id = new_id("roster_change")
        return RosterChange(
            id=id,
            story=self.id,
            roster_id=self.id,
            university_id=self.file.university_id,
            part=part,
            change=difference.change,
            person_id=difference.person_id or new_id(self.kind.thing.kind),
            row=difference.row,
            said=difference.said.decode(),
            received_at=work.context.now,
        )

    def _last(self, comparison: Comparison, found: Sequence[Difference], checked: Checked[Told]) -> KeepRoster:
        of = Counter(difference.change for difference in found)
        counts = Counts(
            rows=checked.count,
            unreadable=len(checked.blamed),
            added=of[Change.ADDED],
            changed=of[Change.CHANGED],
            returned=of[Change.RETURNED],
            left=of[Change.LEFT],
        )
        guarded = RosterFacts(
            known=comparison.known,
            unnamed=checked.count - len(comparison.named),
            left=counts.left,
            touched=counts.changes + counts.unreadable,
        )
        faults = self._faults(comparison, checked)
        return KeepRoster(roster_id=self.id, file=self.file, counts=counts, faults=faults, guarded=guarded)

    def _faults(self, comparison: Comparison, checked: Checked[Told]) -> tuple[RosterFault, ...]:
        unfit = [
            RosterFault(row=each.row, column=each.column.name if each.column else None, message=each.message)
            for each in checked.faults
        ]
        remarks = [RosterFault(row=row, column=name, message=_OTHERWISE) for row, name in comparison.remarks]
        return tuple([*unfit, *remarks][:_MOST_FAULTS])


async def read_roster(
    kind: Kind, content: bytes, *, university_id: str, sent_by: str, id: str | None = None
) -> Receiving:
    """A list, read and not yet compared. Raises a refusal where the file as a whole is no such table."""
    read = await checked_table(kind.shape, content, kind.keep)
    sha256 = hashlib.sha256(content).hexdigest()
    file = RosterFile(university_id=university_id, kind=kind.kind, sha256=sha256, sent_by=sent_by)
    return Receiving(kind, read, file, id or new_id("roster"))


def _parts(differences: Sequence[Difference]) -> Iterator[_Some]:
    for place in range(0, len(differences), PART):
        yield _Some(place // PART, differences[place : place + PART])
