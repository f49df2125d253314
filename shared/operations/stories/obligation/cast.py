"""Who plays in story S3: the ids that its seed has made, and in which role each of them speaks."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.operations.stories.cast import Sides
from shared.operations.stories.obligation.college import Fate
from shared.operations.stories.practising import Practising
from shared.operations.stories.teller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationCast(Sides):
    """The organisations of one run, and its new teachers by what becomes of their half year."""

    teachers: Mapping[Fate, str]

    def practising(self, fate: Fate) -> Practising:
        """Who has to do with the practice of one of the teachers."""
        teacher = Caller("teacher", self.university, (self.teachers[fate],))
        return Practising(teacher, self.personnel, self.mentor)
