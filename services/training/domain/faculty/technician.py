"""A technician of an enterprise as training knows them. The name stays inside; others learn of them by reference."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.faculty.career import Qualifications, Titles
from services.training.domain.faculty.skill_level import SkillLevel
from services.training.domain.privacy.erasable import Erasable
from services.training.domain.privacy.proposal import Proposal
from services.training.domain.privacy.refusals import StillRegistered
from shared.contracts.event import Event
from shared.errors import Conflict, Duplicate, State
from shared.kernel.aggregate import Aggregate


class TechnicianNoTaken(Duplicate):
    """An enterprise gives each number once."""

    en = "The enterprise has a technician with this staff number already; change that entry instead."
    zh = "本企业已有使用该工号的技师，请修改原有记录。"


class TechnicianLeft(Conflict):
    """Who left the enterprise is not engaged through it."""

    en = "The technician has left the enterprise; engage one who is active."
    zh = "该技师已离开企业，请聘请在职技师。"


class TechnicianStatus(State):
    """Whether a technician is still there."""

    ACTIVE = "active", "在职", "active"
    LEFT = "left", "已离职", "no longer there"


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicianEntry:
    """What the enterprise enters of a technician."""

    staff_no: str
    name: str
    skill_level: SkillLevel | None
    occupation_code: str | None
    qualifications: Qualifications
    titles: Titles
    status: TechnicianStatus = TechnicianStatus.ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Technician(Erasable, Aggregate):
    """A technician of one enterprise."""

    kind: ClassVar[str] = "technician"
    correctable: ClassVar[tuple[str, ...]] = ("name", "number")
    enterprise_id: str
    staff_no: str
    name: str
    skill_level: SkillLevel | None
    occupation_code: str | None
    qualifications: Qualifications
    titles: Titles
    status: TechnicianStatus
    erased_on: date | None = None

    @classmethod
    def register(cls, id: str, enterprise_id: str, entry: TechnicianEntry) -> Self:
        """Enter a technician."""
        return cls(
            id=id,
            story=id,
            enterprise_id=enterprise_id,
            staff_no=entry.staff_no,
            name=entry.name,
            skill_level=entry.skill_level,
            occupation_code=entry.occupation_code,
            qualifications=entry.qualifications,
            titles=entry.titles,
            status=entry.status,
        )

    @property
    def owners(self) -> frozenset[str]:
        """The enterprise and the technician."""
        return frozenset({self.enterprise_id, self.id})

    @property
    def institution_id(self) -> str:
        """The organisation whose office answers for the technician."""
        return self.enterprise_id

    def erase(self, *, on: date) -> Self:
        """Forget who this was; the number gives way to the id. Raises unless the technician has left."""
        self.require_known()
        if self.status is TechnicianStatus.ACTIVE:
            raise StillRegistered
        blank = replace(self, name="", staff_no=self.id, skill_level=None, occupation_code=None, qualifications=())
        return replace(blank, titles=(), erased_on=on)

    def correct(self, proposal: Proposal, *, on: date) -> tuple[Self, tuple[Event, ...]]:  # noqa: ARG002
        """Put right what was entered wrongly; nobody outside is told of technicians."""
        self.require_known()
        return replace(self, name=proposal.name or self.name, staff_no=proposal.number or self.staff_no), ()

    def update(self, entry: TechnicianEntry) -> Self:
        """Bring the entry up to date."""
        self.require_known()
        return replace(
            self,
            staff_no=entry.staff_no,
            name=entry.name,
            skill_level=entry.skill_level,
            occupation_code=entry.occupation_code,
            qualifications=entry.qualifications,
            titles=entry.titles,
            status=entry.status,
        )

    def require_active(self) -> None:
        """Raise `TechnicianLeft` unless the technician is still there."""
        if self.status is not TechnicianStatus.ACTIVE:
            raise TechnicianLeft
