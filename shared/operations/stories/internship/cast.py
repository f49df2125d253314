"""Who plays in story S2: the ids that its seed has made, and in which role each of them speaks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.operations.stories.cast import Sides
from shared.operations.stories.teller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipCast(Sides):
    """The organisations and people of one run; `students` are in the order of the workshop's interns, by name."""

    government: str
    teacher: str
    students: Mapping[str, str]
    starts_on: date
    ends_on: date

    @property
    def authority(self) -> Caller:
        """The competent authority, which reads and decides nothing."""
        return Caller("government", self.government)

    def student(self, name: str) -> Caller:
        """One of the students."""
        return Caller("student", self.university, (self.students[name],))
