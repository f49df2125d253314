"""A need as talent sees it: what its lines ask for, which of them are still open, and when to look again."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar, Final, Self

from services.talent.domain.regions import Place, centroid, place_of
from services.talent.domain.skill import Skill, skills_of
from shared.contracts.partnership import NeedBody
from shared.errors import State
from shared.kernel.aggregate import Aggregate

SECOND_LOOK: Final = timedelta(minutes=1)
"""A candidate that is being registered in the very moment in which a need is scored shows up only afterwards."""


class DemandStatus(State):
    """Whether anybody is still to be proposed."""

    OPEN = "open", "进行中", "open"
    CLOSED = "closed", "已关闭", "closed"


@dataclass(frozen=True, slots=True)
class DemandLine:
    """One line of a need: so many of one kind. `contracted` while an agreement holds it."""

    line_no: int
    kind: str
    headcount: int
    contracted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What all lines of a need ask for together. `named_only` keeps it to the organisations it names."""

    skills: tuple[Skill, ...]
    skill_level: str | None
    starts_on: date
    ends_on: date
    region_code: str
    latitude: float | None
    longitude: float | None
    named_only: bool
    named_organization_ids: tuple[str, ...]

    @classmethod
    def of(cls, body: NeedBody) -> Self:
        """The terms that a need's event tells."""
        return cls(
            skills=skills_of(body.skills),
            skill_level=body.skill_level,
            starts_on=body.starts_on,
            ends_on=body.ends_on,
            region_code=body.region_code,
            latitude=body.latitude,
            longitude=body.longitude,
            # Fails safe: a visibility that is not known here is kept to those it names.
            named_only=body.visibility not in {"public", "alliance"},
            named_organization_ids=tuple(body.named_organization_ids),
        )

    @property
    def place(self) -> Place | None:
        """Where it is needed."""
        return place_of(self.latitude, self.longitude) or centroid(self.region_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Aggregate):
    """A need's lines and terms. Its id is the need's."""

    kind: ClassVar[str] = "demand"
    organization_id: str
    status: DemandStatus
    lines: tuple[DemandLine, ...]
    terms: Terms
    look_again_at: datetime | None

    @classmethod
    def of(cls, body: NeedBody, *, story: str, at: datetime) -> Self:
        """The demand that a posted need is."""
        return cls(
            id=body.need_id,
            story=story,
            organization_id=body.organization_id,
            status=DemandStatus.OPEN,
            lines=tuple(DemandLine(line.line_no, line.kind, line.headcount) for line in body.lines),
            terms=Terms.of(body),
            look_again_at=at + SECOND_LOOK,
        )

    @property
    def owners(self) -> frozenset[str]:
        """Whoever posted the need."""
        return frozenset({self.organization_id})

    @property
    def open_lines(self) -> tuple[DemandLine, ...]:
        """The lines for which somebody may be proposed."""
        if self.status is DemandStatus.CLOSED:
            return ()
        return tuple(line for line in self.lines if not line.contracted)

    def amend(self, body: NeedBody, *, at: datetime) -> Self:
        """The whole need as it is now; a line that is contracted stays so."""
        contracted = {line.line_no for line in self.lines if line.contracted}
        anew = Demand.of(body, story=self.story, at=at)
        lines = tuple(replace(line, contracted=line.line_no in contracted) for line in anew.lines)
        return replace(self, lines=lines, terms=anew.terms, look_again_at=anew.look_again_at)

    def close(self) -> Self:
        """Nobody is looked for any more."""
        return replace(self, status=DemandStatus.CLOSED, look_again_at=None)

    def contract(self, line_no: int) -> Self:
        """An agreement holds the line."""
        return self._with(line_no, contracted=True)

    def reopen(self, line_no: int, *, at: datetime) -> Self:
        """The agreement that held the line ended before its start."""
        return self._with(line_no, contracted=False).soon(at)

    def soon(self, at: datetime) -> Self:
        """Somebody else may be proposed: look again when the clock comes round."""
        return replace(self, look_again_at=at) if self.open_lines else self

    def looked(self) -> Self:
        """It was looked at again."""
        return replace(self, look_again_at=None)

    def _with(self, line_no: int, *, contracted: bool) -> Self:
        lines = tuple(replace(line, contracted=contracted) if line.line_no == line_no else line for line in self.lines)
        return replace(self, lines=lines)
