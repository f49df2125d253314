"""What may be asked about who teaches: assignments, head counts, entries that are one person."""

from dataclasses import dataclass

from services.training.domain.faculty.teaching_assignment import TeachingPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignTeaching:
    """Assign a teacher to a course."""

    assignment_id: str
    teacher_id: str
    decision_id: str
    plan: TeachingPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelTeaching:
    """Take an assignment back."""

    assignment_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountHeads:
    """Enter how many teachers a university has in a year."""

    organization_id: str
    decision_id: str
    year: int
    full_time: int
    part_time: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPersons:
    """Say that entries of several organisations are one person."""

    person_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparatePerson:
    """Say that an entry is nobody else after all."""

    person_id: str
