"""Who is concerned by what happens to teachers, technicians and posts for them."""

from typing import Protocol

from services.notify.domain.recipients import Person, Recipients, Role, administrators
from shared.contracts.training import EngagementBody, PracticeBody, RosterBody


class OfUniversity(Protocol):
    """An event of a university."""

    @property
    def university_id(self) -> str:
        """The university."""


class OfTeacher(OfUniversity, Protocol):
    """An event about a teacher of a university."""

    @property
    def teacher_id(self) -> str:
        """The teacher."""


def teacher(event: OfTeacher) -> Recipients:
    """The teacher."""
    return [Person(event.teacher_id)]


def hr(event: OfUniversity) -> Recipients:
    """The personnel office of the university."""
    return [Role("university_hr", event.university_id)]


def host(event: PracticeBody) -> Recipients:
    """The enterprise in which the teacher practises."""
    return administrators([event.enterprise_id])


def verifiers(event: PracticeBody) -> Recipients:
    """The two who verify a practice period: the enterprise's mentor and the university's personnel office."""
    return [Role("enterprise_mentor", event.enterprise_id), Role("university_hr", event.university_id)]


def engaged(event: EngagementBody) -> Recipients:
    """The technician, the enterprise that lets them go, and the personnel office that has them come."""
    return [Person(event.technician_id), *administrators([event.enterprise_id]), *hr(event)]


def registrar(event: RosterBody) -> Recipients:
    """The academic office for students, the personnel office for teachers and posts."""
    role = "university_academic_office" if event.kind == "students" else "university_hr"
    return [Role(role, event.university_id)]
