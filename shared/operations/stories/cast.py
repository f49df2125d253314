"""Who plays: the ids that the seed has made, and in which role each of them speaks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from shared.operations.stories.teller import Caller

OFFICE = Caller("alliance_office")
OPERATIONS = Caller("ops")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A university and an enterprise, and those who speak for them in any story."""

    university: str
    enterprise: str

    @property
    def cooperation(self) -> Caller:
        """The university's office for cooperation."""
        return Caller("university_coop_office", self.university)

    @property
    def academic(self) -> Caller:
        """The university's academic office."""
        return Caller("university_academic_office", self.university)

    @property
    def personnel(self) -> Caller:
        """The university's personnel office."""
        return Caller("university_hr", self.university)

    @property
    def administrator(self) -> Caller:
        """The enterprise's administrator."""
        return Caller("enterprise_admin", self.enterprise)

    @property
    def mentor(self) -> Caller:
        """The enterprise's mentor."""
        return Caller("enterprise_mentor", self.enterprise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast(Sides):
    """The organisations and people of one run. `accounts` are the students' credit accounts by student."""

    programmes: tuple[str, ...]
    bases: tuple[str, ...]
    teachers: tuple[str, ...]
    students: tuple[str, ...]
    accounts: Mapping[str, str]

    @property
    def operator(self) -> Caller:
        """Whoever runs the university's bases."""
        return Caller("base_operator", self.university)

    @property
    def teacher(self) -> Caller:
        """The teacher who practises in the enterprise."""
        return Caller("teacher", self.university, (self.teachers[0],))

    @property
    def student(self) -> Caller:
        """The student whose credits are converted."""
        return Caller("student", self.university, (self.students[0],))

    @property
    def readers(self) -> Iterator[Caller]:
        """Everybody who has an inbox."""
        yield from (self.cooperation, self.academic, self.personnel, self.operator, self.administrator, self.mentor)
        yield from (Caller("teacher", self.university, (teacher,)) for teacher in self.teachers)
        yield from (Caller("student", self.university, (student,)) for student in self.students)
