"""What may be asked about teachers and students."""

from dataclasses import dataclass
from datetime import date

from services.training.domain.student import StudentChange, StudentEntry
from services.training.domain.teacher import TeacherChange, TeacherEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTeacher:
    """Enter a teacher of a university."""

    teacher_id: str
    university_id: str
    entry: TeacherEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTeachers:
    """Enter many teachers of a university at once, or none of them; each has its id beside it."""

    university_id: str
    entries: tuple[tuple[str, TeacherEntry], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTeacher:
    """Bring a teacher's entry up to date."""

    teacher_id: str
    change: TeacherChange


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterStudent:
    """Enter a student of a university."""

    student_id: str
    university_id: str
    entry: StudentEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStudents:
    """Enter many students of a university at once, or none of them; each has its id beside it."""

    university_id: str
    entries: tuple[tuple[str, StudentEntry], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GraduateStudents:
    """Let all graduate who are enrolled in one study year of a university's programme."""

    university_id: str
    programme_id: str
    study_year: int
    graduated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateStudent:
    """Bring a student's entry up to date."""

    student_id: str
    change: StudentChange
