"""A person's entry, whichever register it stands in: that of students, of teachers or of technicians."""

from typing import Final

from services.training.domain.faculty.technician import Technician
from services.training.domain.student import Student
from services.training.domain.teacher import Teacher
from services.training.ports import Work
from shared.contracts.event import Event
from shared.contracts.ids import PREFIXES
from shared.errors import NotFound

Entry = Student | Teacher | Technician

SHAPES: Final[dict[str, type[Student] | type[Teacher] | type[Technician]]] = {
    PREFIXES[shape.kind]: shape for shape in (Student, Teacher, Technician)
}
"""Which register an id belongs to, by its prefix."""


def shape_of(person_id: str) -> type[Student] | type[Teacher] | type[Technician]:
    """The register in which this person stands. Raises `NotFound` for persons who have no entry here."""
    shape = SHAPES.get(person_id.partition("_")[0])
    if shape is None:
        raise NotFound(kind="person")
    return shape


async def entry_of(person_id: str, work: Work) -> Entry:
    """The person's entry, locked. Raises `NotFound`."""
    shape = shape_of(person_id)
    if shape is Student:
        return await work.students.get(person_id)
    if shape is Teacher:
        return await work.teachers.get(person_id)
    return await work.technicians.get(person_id)


def save_entry(entry: Entry, work: Work, *facts: Event) -> Entry:
    """Keep a changed entry and publish what happened."""
    match entry:
        case Student():
            return work.students.save(entry, *facts)
        case Teacher():
            return work.teachers.save(entry, *facts)
        case Technician():
            return work.technicians.save(entry, *facts)
