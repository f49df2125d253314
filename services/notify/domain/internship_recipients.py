"""Who is concerned by what happens in internships, and who watches over the rules on them."""

from typing import Protocol

from services.notify.domain.recipients import Everyone, Person, Recipients, Role, Sides, administrators
from shared.contracts.event import Event
from shared.contracts.ids import ALLIANCE
from shared.contracts.training import PostBody


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


def schools(event: PostBody) -> Recipients:
    """Who can place interns on a post: the offices of the universities that its agreement names, else of all.

    What a university teaches is told to no service that would tell of posts, and no event names the students of a
    programme: which programmes a post is for stands in the notification, and the offices tell their students.
    """
    return [Sides(event.agreement_id, role="university") if event.agreement_id else Everyone("university")]


def authorities(event: OfBothSides) -> Recipients:
    """The competent authorities in whose region the enterprise or the university lies."""
    return [Everyone("government", near=(event.enterprise_id, event.university_id))]


def overseers(_event: Event) -> Recipients:
    """All competent authorities, wherever a rule gave way, and the office of the alliance."""
    return [Everyone("government"), Role("alliance_office", ALLIANCE)]
