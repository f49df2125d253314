"""What handlers of training know of teachers at work: practice, what is owed, recognition, recruitment, technicians."""

from typing import Protocol

from services.training.domain.faculty.candidate import RecruitmentCheck
from services.training.domain.faculty.counted_practice import CountedPractice, LoggedDay
from services.training.domain.faculty.engagement import TechnicianEngagement
from services.training.domain.faculty.evidence_item import EvidenceItem
from services.training.domain.faculty.evidence_package import EvidencePackage, FrozenSource
from services.training.domain.faculty.head_count import HeadCount
from services.training.domain.faculty.leave import TeacherLeave
from services.training.domain.faculty.obligation import Obligation
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_log import PracticeLog
from services.training.domain.faculty.recognition import Recognition
from services.training.domain.faculty.recognition_batch import RecognitionBatch
from services.training.domain.faculty.recruitment import Recruitment
from services.training.domain.faculty.seats import PracticeSeats
from services.training.domain.faculty.special_post import SpecialPost
from services.training.domain.faculty.taught_day import TaughtDay
from services.training.domain.faculty.teaching_assignment import TeachingAssignment
from services.training.domain.faculty.technician import Technician
from shared.kernel.work import Reader, Repository


class Faculty(Protocol):
    """Practice, recognition and recruitment of teachers, and technicians who teach."""

    @property
    def seats(self) -> Repository[PracticeSeats]:
        """Seats for practice, one record per agreement."""

    @property
    def practices(self) -> Repository[Practice]:
        """Practice periods."""

    @property
    def practice_logs(self) -> Repository[PracticeLog]:
        """Days of practice."""

    @property
    def counted_practices(self) -> Reader[CountedPractice]:
        """Practice periods to be counted, as they were last committed, and never locked."""

    @property
    def logged_days(self) -> Reader[LoggedDay]:
        """Their days to be counted: of periods that are over, in which nothing more is written."""

    @property
    def obligations(self) -> Repository[Obligation]:
        """What teachers owe."""

    @property
    def leaves(self) -> Repository[TeacherLeave]:
        """Leave of teachers."""

    @property
    def technicians(self) -> Repository[Technician]:
        """Technicians of enterprises."""

    @property
    def special_posts(self) -> Repository[SpecialPost]:
        """Posts that universities keep for people from industry."""

    @property
    def engagements(self) -> Repository[TechnicianEngagement]:
        """Engagements of technicians at universities."""

    @property
    def taught_days(self) -> Repository[TaughtDay]:
        """Days on which technicians taught."""

    @property
    def teaching_assignments(self) -> Repository[TeachingAssignment]:
        """Which teacher teaches what, from when to when."""

    @property
    def head_counts(self) -> Repository[HeadCount]:
        """How many teachers universities have, by year."""

    @property
    def recruitments(self) -> Repository[Recruitment]:
        """Recruitments of teachers."""

    @property
    def recruitment_checks(self) -> Repository[RecruitmentCheck]:
        """Candidates, held against the rule."""

    @property
    def recognition_batches(self) -> Repository[RecognitionBatch]:
        """Batches of recognition."""

    @property
    def recognitions(self) -> Repository[Recognition]:
        """Applications for recognition, and what came of them."""

    @property
    def known_recognitions(self) -> Reader[Recognition]:
        """The same as they were last committed, and never locked."""

    @property
    def evidence_items(self) -> Repository[EvidenceItem]:
        """Evidence that teachers entered."""

    @property
    def evidence_packages(self) -> Repository[EvidencePackage]:
        """Evidence as it was frozen, one package for each application."""

    @property
    def frozen_sources(self) -> Repository[FrozenSource]:
        """What frozen evidence rests on."""
