"""A programme (major) of a university: what it is about, at which level, and for how many."""

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

from services.talent.domain.skill import Skill
from shared.contracts.talent import ProgrammeRegistered, ProgrammeState, ProgrammeUpdated
from shared.errors import State
from shared.kernel.aggregate import Aggregate


class ProgrammeStatus(State):
    """Whether the programme is taught."""

    ACTIVE = "active", "招生中", "active"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEntry:
    """What a university says of a programme. `code` is that of the vocational programme catalogue of 2021."""

    code: str
    name: str
    level: str
    industry_codes: tuple[str, ...]
    occupation_codes: tuple[str, ...]
    skills: tuple[Skill, ...]
    region_code: str
    students: int
    total_half_credits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Aggregate):
    """A registered programme with its entry. The whole alliance may see it."""

    kind: ClassVar[str] = "programme"
    visibility: ClassVar[str] = "alliance"
    university_id: str
    status: ProgrammeStatus
    code: str
    name: str
    level: str
    industry_codes: tuple[str, ...]
    occupation_codes: tuple[str, ...]
    skills: tuple[Skill, ...]
    region_code: str
    students: int
    total_half_credits: int

    @classmethod
    def register(cls, id: str, university_id: str, entry: ProgrammeEntry) -> tuple[Self, ProgrammeRegistered]:
        """Enter a programme of a university."""
        programme = cls(id=id, story=id, university_id=university_id, status=ProgrammeStatus.ACTIVE, **_values(entry))
        return programme, ProgrammeRegistered.model_validate(programme._told())

    @property
    def owners(self) -> frozenset[str]:
        """The university that teaches it."""
        return frozenset({self.university_id})

    def update(self, entry: ProgrammeEntry) -> tuple[Self, ProgrammeUpdated]:
        """Replace the whole entry."""
        updated = replace(self, **_values(entry))
        return updated, ProgrammeUpdated.model_validate(updated._told())

    def state(self) -> ProgrammeState:
        """The programme as it is now."""
        return ProgrammeState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _told(self) -> dict[str, object]:
        told = {field.name: getattr(self, field.name) for field in fields(ProgrammeEntry)}
        skills = [skill.told() for skill in self.skills]
        return {**told, "skills": skills, "programme_id": self.id, "university_id": self.university_id}


def _values(entry: ProgrammeEntry) -> dict[str, Any]:
    return {field.name: getattr(entry, field.name) for field in fields(entry)}
