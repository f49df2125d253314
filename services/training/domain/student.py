"""A student as training knows them. Name, number, birth date and sex stay inside; others learn of a reference."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final, Self

from services.training.domain.privacy.erasable import Erasable
from services.training.domain.privacy.proposal import Proposal
from services.training.domain.privacy.refusals import BornLater, StillRegistered
from shared.contracts.training import StudentGraduated, StudentRegistered, StudentState, StudentUpdated
from shared.errors import Duplicate, Invalid, State
from shared.kernel.aggregate import Aggregate

_FULL_AGE: Final = 18


class StudentNoTaken(Duplicate):
    """A university gives each student number once."""

    en = "The university has a student with one of these student numbers already; change that entry instead."
    zh = "本校已有使用该学号的学生，请修改原有记录。"


class EnrolledLater(Invalid):
    """A student is entered once enrolled."""

    en = "The date of enrolment is in the future; correct it, or enter the student from that day on."
    zh = "入学日期晚于今日，请更正，或自入学当日起再登记。"


class RowsAhead(Invalid):
    """Of many students that are entered at once, all are born and enrolled."""

    en = "These rows have a date of birth or enrolment in the future: {rows}; give dates that are not after today."
    zh = "下列各行的出生日期或入学日期晚于今日：{rows}；请填写今日或之前的日期。"


class NobodyGraduates(Invalid):
    """Those graduate who are enrolled."""

    en = "Nobody of this programme and study year is enrolled; name a programme of yours and the year they are in."
    zh = "该专业该年级没有在读学生，请填写本校专业及学生所在年级。"


class StudentStatus(State):
    """How a student stands with the university."""

    ENROLLED = "enrolled", "在读", "enrolled"
    ON_LEAVE = "on_leave", "休学", "on leave"
    GRADUATED = "graduated", "已毕业", "graduated"
    WITHDRAWN = "withdrawn", "已退学", "withdrawn"


_GONE: Final = frozenset({StudentStatus.GRADUATED, StudentStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentEntry:
    """What the university enters of a student."""

    student_no: str
    name: str
    programme_id: str
    study_year: int
    enrolled_on: date
    birth_date: date | None
    sex: str | None

    def ahead(self, on: date) -> Iterator[tuple[str, type[Invalid]]]:
        """What is still to come on a day, by the name of the field, and how it is refused."""
        if self.birth_date is not None and self.birth_date > on:
            yield "birth_date", BornLater
        if self.enrolled_on > on:
            yield "enrolled_on", EnrolledLater


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentChange:
    """What may change of a student."""

    programme_id: str
    study_year: int
    status: StudentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Student(Erasable, Aggregate):
    """A student of one university, the root of the story of their own account.

    `minor` is as judged on the day of the last fact, None where the birth date is not known. Of an erased one only
    references remain, and nothing is entered any more.
    """

    kind: ClassVar[str] = "student"
    correctable: ClassVar[tuple[str, ...]] = ("name", "number", "birth_date", "sex")
    university_id: str
    student_no: str
    name: str
    programme_id: str
    study_year: int
    enrolled_on: date
    birth_date: date | None
    sex: str | None
    minor: bool | None
    status: StudentStatus = StudentStatus.ENROLLED
    erased_on: date | None = None

    @classmethod
    def register(cls, id: str, university_id: str, entry: StudentEntry, *, on: date) -> tuple[Self, StudentRegistered]:
        """Enter a student. Raises `BornLater` or `EnrolledLater` for a day that is still to come."""
        for _, refusal in entry.ahead(on):
            raise refusal
        registered = cls(
            id=id,
            story=id,
            university_id=university_id,
            student_no=entry.student_no,
            name=entry.name,
            programme_id=entry.programme_id,
            study_year=entry.study_year,
            enrolled_on=entry.enrolled_on,
            birth_date=entry.birth_date,
            sex=entry.sex,
            minor=is_minor(entry.birth_date, on),
        )
        return registered, StudentRegistered.model_validate(registered._told())

    @property
    def owners(self) -> frozenset[str]:
        """The university and the student."""
        return frozenset({self.university_id, self.id})

    @property
    def is_enrolled(self) -> bool:
        """Whether the student studies now."""
        return self.status is StudentStatus.ENROLLED

    @property
    def institution_id(self) -> str:
        """The organisation whose office answers for the student."""
        return self.university_id

    def erase(self, *, on: date) -> Self:
        """Forget who this was; the number gives way to the id. Raises unless the student has left."""
        self.require_known()
        if self.status not in _GONE:
            raise StillRegistered
        return replace(self, name="", student_no=self.id, birth_date=None, sex=None, minor=None, erased_on=on)

    def correct(self, proposal: Proposal, *, on: date) -> tuple[Self, tuple[StudentUpdated, ...]]:
        """Put right what was entered wrongly."""
        self.require_known()
        born = proposal.birth_date or self.birth_date
        corrected = replace(
            self,
            name=proposal.name or self.name,
            student_no=proposal.number or self.student_no,
            birth_date=born,
            sex=proposal.sex or self.sex,
            minor=is_minor(born, on),
        )
        return corrected, (StudentUpdated.model_validate(corrected._told()),)

    def update(self, change: StudentChange, *, on: date) -> tuple[Self, StudentUpdated]:
        """Bring the entry up to date."""
        self.require_known()
        updated = replace(
            self,
            programme_id=change.programme_id,
            study_year=change.study_year,
            status=change.status,
            minor=is_minor(self.birth_date, on),
        )
        return updated, StudentUpdated.model_validate(updated._told())

    def graduate(self, *, on: date) -> tuple[Self, StudentGraduated]:
        """Complete the programme."""
        graduated = replace(self, status=StudentStatus.GRADUATED, minor=is_minor(self.birth_date, on))
        return graduated, StudentGraduated.model_validate({**graduated._told(), "graduated_on": on})

    def state(self) -> StudentState:
        """The student as they are now, by reference."""
        return StudentState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _told(self) -> dict[str, object]:
        return {
            "student_id": self.id,
            "university_id": self.university_id,
            "programme_id": self.programme_id,
            "study_year": self.study_year,
            "minor": self.minor,
        }


def require_happened(entries: Iterable[StudentEntry], *, on: date) -> None:
    """Raise `RowsAhead` for those with a day that is still to come; they count from 1."""
    if rows := tuple(row for row, entry in enumerate(entries, start=1) if any(entry.ahead(on))):
        raise RowsAhead(rows=rows)


def is_minor(birth_date: date | None, on: date) -> bool | None:
    """Whether somebody is below 18 on a day; born on 29 February, one comes of age on 1 March. None: not known."""
    if birth_date is None:
        return None
    birthday_has_passed = (on.month, on.day) >= (birth_date.month, birth_date.day)
    return on.year - birth_date.year - (not birthday_has_passed) < _FULL_AGE
