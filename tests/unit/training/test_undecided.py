"""What a pack that is to come is held against: whatever was judged and is not decided yet."""

from services.training.domain.faculty.candidate import CandidateStatus, RecruitmentCheck
from services.training.domain.faculty.teaching_assignment import AssignmentStatus, TeachingAssignment
from services.training.domain.undecided import UNDECIDED


def test_candidates_and_planned_teaching_are_among_it_until_they_are_decided() -> None:
    assert list(UNDECIDED[RecruitmentCheck]) == [CandidateStatus.CHECKED]
    assert list(UNDECIDED[TeachingAssignment]) == [AssignmentStatus.SCHEDULED]
