"""A teacher as training knows them. Name and staff number stay inside; others learn of a teacher by reference only."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar, Final, Self

from services.training.domain.faculty.career import Career
from services.training.domain.privacy.erasable import Erasable
from services.training.domain.privacy.proposal import Proposal
from services.training.domain.privacy.refusals import StillRegistered
from shared.contracts.partnership import Skill
from shared.contracts.training import TeacherRegistered, TeacherState, TeacherUpdated
from shared.errors import Duplicate, State
from shared.kernel.aggregate import Aggregate


class StaffNoTaken(Duplicate):
    """A university gives each staff number once."""

    en = "The university has a teacher with this staff number already; change that entry instead."
    zh = "本校已有使用该工号的教师，请修改原有记录。"


class StaffNosTaken(Duplicate):
    """Of many teachers that are entered at once, each has a staff number of its own that is still free."""

    en = "The staff numbers of these rows are taken, by teachers of the university or by rows above them: {rows}."
    zh = "下列各行的工号已被本校教师或前面的行使用：{rows}。"


class TeacherKind(StrEnum):
    """What a teacher teaches; the first two owe practice in enterprises."""

    PROFESSIONAL_COURSE = "professional_course"
    INTERNSHIP_INSTRUCTOR = "internship_instructor"
    PUBLIC_BASIC = "public_basic"


class TeacherStatus(State):
    """Whether a teacher is still there."""

    ACTIVE = "active", "在职", "active"
    LEFT = "left", "已离职", "no longer there"


_PROFESSIONAL: Final = frozenset({TeacherKind.PROFESSIONAL_COURSE, TeacherKind.INTERNSHIP_INSTRUCTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherEntry:
    """What the university enters of a teacher."""

    staff_no: str
    name: str
    teacher_kind: TeacherKind
    hired_on: date
    new_hire: bool
    programme_ids: tuple[str, ...]
    skills: tuple[Skill, ...]
    region_code: str
    full_time: bool = True
    career: Career | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherChange:
    """What may change of a teacher; kind and day of hiring set the obligations and do not.

    Where `full_time`, `career` or `department` is None, what was entered before stays.
    """

    name: str
    programme_ids: tuple[str, ...]
    skills: tuple[Skill, ...]
    region_code: str
    status: TeacherStatus
    full_time: bool | None = None
    career: Career | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher(Erasable, Aggregate):
    """A teacher of one university, the root of the story of their own account and obligations."""

    kind: ClassVar[str] = "teacher"
    correctable: ClassVar[tuple[str, ...]] = ("name", "number")
    university_id: str
    staff_no: str
    name: str
    teacher_kind: TeacherKind
    hired_on: date
    new_hire: bool
    programme_ids: tuple[str, ...]
    skills: tuple[Skill, ...]
    region_code: str
    full_time: bool = True
    career: Career | None = None
    department: str | None = None
    status: TeacherStatus = TeacherStatus.ACTIVE
    erased_on: date | None = None

    @classmethod
    def register(cls, id: str, university_id: str, entry: TeacherEntry) -> tuple[Self, TeacherRegistered]:
        """Enter a teacher."""
        registered = cls(
            id=id,
            story=id,
            university_id=university_id,
            staff_no=entry.staff_no,
            name=entry.name,
            teacher_kind=entry.teacher_kind,
            hired_on=entry.hired_on,
            new_hire=entry.new_hire,
            programme_ids=entry.programme_ids,
            skills=entry.skills,
            region_code=entry.region_code,
            full_time=entry.full_time,
            career=entry.career,
            department=entry.department,
        )
        return registered, TeacherRegistered.model_validate(registered._told())

    @property
    def owners(self) -> frozenset[str]:
        """The university and the teacher."""
        return frozenset({self.university_id, self.id})

    @property
    def is_active(self) -> bool:
        """Whether the teacher is still there."""
        return self.status is TeacherStatus.ACTIVE

    @property
    def owes_practice(self) -> bool:
        """TCH-01: teachers of professional courses and internship instructors practise in enterprises."""
        return self.teacher_kind in _PROFESSIONAL

    @property
    def owes_first_practice(self) -> bool:
        """TCH-02: of these, the newly hired practise in one piece first."""
        return self.owes_practice and self.new_hire

    @property
    def institution_id(self) -> str:
        """The organisation whose office answers for the teacher."""
        return self.university_id

    def erase(self, *, on: date) -> Self:
        """Forget who this was; the number gives way to the id. Raises unless the teacher has left."""
        self.require_known()
        if self.is_active:
            raise StillRegistered
        return replace(self, name="", staff_no=self.id, skills=(), career=None, department=None, erased_on=on)

    def correct(self, proposal: Proposal, *, on: date) -> tuple[Self, tuple[TeacherUpdated, ...]]:  # noqa: ARG002
        """Put right what was entered wrongly."""
        self.require_known()
        corrected = replace(self, name=proposal.name or self.name, staff_no=proposal.number or self.staff_no)
        return corrected, (TeacherUpdated.model_validate(corrected._told()),)

    def update(self, change: TeacherChange) -> tuple[Self, TeacherUpdated]:
        """Bring the entry up to date."""
        self.require_known()
        updated = replace(
            self,
            name=change.name,
            programme_ids=change.programme_ids,
            skills=change.skills,
            region_code=change.region_code,
            status=change.status,
            full_time=self.full_time if change.full_time is None else change.full_time,
            career=change.career or self.career,
            department=change.department or self.department,
        )
        return updated, TeacherUpdated.model_validate(updated._told())

    def state(self) -> TeacherState:
        """The teacher as they are now, by reference."""
        return TeacherState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _told(self) -> dict[str, object]:
        return {
            "teacher_id": self.id,
            "university_id": self.university_id,
            "kind": self.teacher_kind.value,
            "hired_on": self.hired_on,
            "new_hire": self.new_hire,
            "programme_ids": self.programme_ids,
            "skills": self.skills,
            "region_code": self.region_code,
        }
