"""What may be asked about cohorts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIntake:
    """Let students enrol."""

    cohort_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolStudents:
    """Give students a place each, all or none of them."""

    cohort_id: str
    student_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCohort:
    """Say that the class has its students."""

    cohort_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartCohort:
    """Begin to teach."""

    cohort_id: str
