"""Who is concerned by what happens in internships, and who watches over the rules on them."""

from typing import Protocol

from services.notify.domain.recipients import Everyone, Person, Recipients, Role, administrators
from shared.contracts.event import Event
from shared.contracts.ids import ALLIANCE


class OfEnterprise(Protocol):
    """An event that concerns an enterprise."""

    @property
    def enterprise_id(self) -> str:
        """The enterprise."""


class OfBothSides(OfEnterprise, Protocol):
    """An event of a university's student in an enterprise."""

    @property
    def university_id(self) -> str:
        """The student's university."""


class OfIntern(OfBothSides, Protocol):
    """An event of which the student hears too."""

    @property
    def student_id(self) -> str:
        """The student."""


def intern(event: OfIntern) -> Recipients:
    """The student."""
    return [Person(event.student_id)]


def unit(event: OfEnterprise) -> Recipients:
    """The enterprise that offers internships."""
    return administrators([event.enterprise_id])


def school_and_unit(event: OfBothSides) -> Recipients:
    """The university's office for cooperation, and the enterprise."""
    return [Role("university_coop_office", event.university_id), *unit(event)]


def all_three(event: OfIntern) -> Recipients:
    """The student, the university and the enterprise."""
    return [*intern(event), *school_and_unit(event)]


def authorities(_event: Event) -> Recipients:
    """The competent authorities that are in the alliance."""
    return [Everyone("government")]


def overseers(event: Event) -> Recipients:
    """The competent authorities, and the office of the alliance."""
    return [*authorities(event), Role("alliance_office", ALLIANCE)]
