"""Who plays in story S3: the ids that its seed has made, and in which role each of them speaks."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.operations.stories.obligation.college import Fate
from shared.operations.stories.practising import Practising
from shared.operations.stories.teller import Caller


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationCast:
    """The organisations of one run, and its new teachers by what becomes of their half year."""

    university: str
    enterprise: str
    teachers: Mapping[Fate, str]

    @property
    def cooperation(self) -> Caller:
        """The university's office for cooperation."""
        return Caller("university_coop_office", self.university)

    @property
    def personnel(self) -> Caller:
        """The university's personnel office."""
        return Caller("university_hr", self.university)

    @property
    def administrator(self) -> Caller:
        """The enterprise's administrator."""
        return Caller("enterprise_admin", self.enterprise)

    def practising(self, fate: Fate) -> Practising:
        """Who has to do with the practice of one of the teachers."""
        teacher = Caller("teacher", self.university, (self.teachers[fate],))
        return Practising(teacher, self.personnel, Caller("enterprise_mentor", self.enterprise))
