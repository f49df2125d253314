"""In which statuses what the rules said of a thing may still come out differently: until then nothing rests on it."""

from collections.abc import Collection, Mapping
from typing import Final

from services.training.domain.conversion import Conversion, ConversionStatus
from services.training.domain.faculty.candidate import CandidateStatus, RecruitmentCheck
from services.training.domain.faculty.obligation import Obligation
from services.training.domain.faculty.obligations import ObligationStatus
from services.training.domain.faculty.practice import Practice, PracticeStatus
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_steps import RecognitionStatus
from services.training.domain.faculty.teaching_assignment import AssignmentStatus, TeachingAssignment
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_status import BEFORE_APPROVAL
from services.training.domain.outcome import Outcome, OutcomeStatus
from services.training.domain.training_base import BaseStatus, TrainingBase
from shared.kernel.aggregate import Aggregate

UNDECIDED: Final[Mapping[type[Aggregate], Collection[str]]] = {
    TrainingBase: (BaseStatus.PLANNED, BaseStatus.ENTERPRISE_CONFIRMED),
    Practice: (PracticeStatus.PLANNED, PracticeStatus.APPROVED, PracticeStatus.ONGOING, PracticeStatus.COMPLETED),
    Obligation: tuple(ObligationStatus),
    Outcome: (OutcomeStatus.REGISTERED,),
    Recognition: (RecognitionStatus.PRECHECKED, RecognitionStatus.UNDER_REVIEW),
    RecruitmentCheck: (CandidateStatus.CHECKED,),
    TeachingAssignment: (AssignmentStatus.SCHEDULED,),
    Placement: tuple(BEFORE_APPROVAL),
    Conversion: (ConversionStatus.PROPOSED, ConversionStatus.ACADEMIC_REVIEW),
}
"""An obligation is looked at again for as long as it is kept."""
