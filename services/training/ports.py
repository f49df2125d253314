"""What training's handlers work with: its aggregates, and what it knows of others' organisations and programmes."""

from typing import Protocol

from services.training.domain.account import CreditAccount, LedgerEntry
from services.training.domain.agreement import Agreement
from services.training.domain.calendar_year import CalendarYear
from services.training.domain.cohort import Cohort, Enrolment
from services.training.domain.conversion import Conversion
from services.training.domain.directory import KnownOrganization, KnownProgramme
from services.training.domain.faculty.candidate import RecruitmentCheck
from services.training.domain.faculty.counted_practice import CountedPractice, LoggedDay
from services.training.domain.faculty.engagement import TechnicianEngagement
from services.training.domain.faculty.evidence_item import EvidenceItem
from services.training.domain.faculty.evidence_package import EvidencePackage, FrozenSource
from services.training.domain.faculty.head_count import HeadCount
from services.training.domain.faculty.leave import TeacherLeave
from services.training.domain.faculty.obligation import Obligation
from services.training.domain.faculty.person_link import PersonLink
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
from services.training.domain.hosting import HostingYear
from services.training.domain.internship.absence import Absence
from services.training.domain.internship.consent import Consent
from services.training.domain.internship.consent_link import ConsentLink
from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.incident import Incident
from services.training.domain.internship.log_book import LogBook
from services.training.domain.internship.payment import Payment
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import PlacementLog
from services.training.domain.internship.post import Post
from services.training.domain.internship.site import SiteInspection, SiteListing
from services.training.domain.internship.unit import InternshipUnit
from services.training.domain.outcome import Outcome
from services.training.domain.privacy.correction import Correction
from services.training.domain.privacy.erasure import Erasure
from services.training.domain.privacy.processing_consent import ProcessingConsent
from services.training.domain.student import Student
from services.training.domain.teacher import Teacher
from services.training.domain.training_base import TrainingBase
from shared.approvals.guard import ApprovalWork
from shared.documents.document import Document
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.kernel.work import Reader, Repository


class Work(ApprovalWork, Protocol):
    """One transaction of training."""

    def forget(self, person_id: str) -> None:
        """Erase a person from every table, once everything else is written."""

    @property
    def erasures(self) -> Repository[Erasure]:
        """Erasures of persons, with the receipts of the other services."""

    @property
    def corrections(self) -> Repository[Correction]:
        """Requests for correction."""

    @property
    def processing_consents(self) -> Repository[ProcessingConsent]:
        """Consents to processing."""

    @property
    def calendar_years(self) -> Repository[CalendarYear]:
        """Years of the calendar that were entered here."""

    @property
    def hosting_years(self) -> Repository[HostingYear]:
        """Years of enterprises that are to be proven."""

    @property
    def known_calendar_years(self) -> Reader[CalendarYear]:
        """The same as they were last committed, and never locked."""

    @property
    def organizations(self) -> Reader[KnownOrganization]:
        """Organisations, as partnership publishes them."""

    @property
    def programmes(self) -> Reader[KnownProgramme]:
        """Programmes, as talent publishes them."""

    @property
    def agreements(self) -> Repository[Agreement]:
        """Signed agreements that plan something here."""

    @property
    def bases(self) -> Repository[TrainingBase]:
        """Training bases."""

    @property
    def teachers(self) -> Repository[Teacher]:
        """Teachers."""

    @property
    def students(self) -> Repository[Student]:
        """Students."""

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
    def person_links(self) -> Repository[PersonLink]:
        """Which entries are one person."""

    @property
    def recruitments(self) -> Repository[Recruitment]:
        """Recruitments of teachers."""

    @property
    def recruitment_checks(self) -> Repository[RecruitmentCheck]:
        """Candidates, held against the rule."""

    @property
    def cohorts(self) -> Repository[Cohort]:
        """Cohorts."""

    @property
    def enrolments(self) -> Repository[Enrolment]:
        """Students in cohorts."""

    @property
    def accounts(self) -> Repository[CreditAccount]:
        """Accounts of the credit bank."""

    @property
    def ledger(self) -> Repository[LedgerEntry]:
        """Entries of accounts, only ever added."""

    @property
    def outcomes(self) -> Repository[Outcome]:
        """Learning outcomes."""

    @property
    def conversions(self) -> Repository[Conversion]:
        """Conversions of outcomes into credits."""

    @property
    def posts(self) -> Repository[Post]:
        """Posts for interns."""

    @property
    def placements(self) -> Repository[Placement]:
        """Internships of students."""

    @property
    def known_placements(self) -> Reader[Placement]:
        """The same as they were last committed, and never locked."""

    @property
    def units(self) -> Repository[InternshipUnit]:
        """Units that offer posts, one per enterprise; the lock under which quotas are judged."""

    @property
    def site_inspections(self) -> Repository[SiteInspection]:
        """Reports on visits to units."""

    @property
    def site_listings(self) -> Repository[SiteListing]:
        """Units on the lists of universities."""

    @property
    def consent_texts(self) -> Repository[ConsentText]:
        """Editions of the texts to which students and guardians consent."""

    @property
    def consents(self) -> Repository[Consent]:
        """What students and guardians answered, only ever added."""

    @property
    def consent_links(self) -> Repository[ConsentLink]:
        """One-time links for guardians."""

    @property
    def placement_logs(self) -> Repository[PlacementLog]:
        """Weekly logs of internships."""

    @property
    def log_books(self) -> Repository[LogBook]:
        """The clocks of weekly logs, one per placement."""

    @property
    def incidents(self) -> Repository[Incident]:
        """Incidents of internships."""

    @property
    def payments(self) -> Repository[Payment]:
        """What interns were paid."""

    @property
    def absences(self) -> Repository[Absence]:
        """Interns' leave."""

    @property
    def known_teachers(self) -> Reader[Teacher]:
        """Teachers as they were last committed, and never locked."""

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

    @property
    def documents(self) -> Repository[Document]:
        """Papers about people, placements and units."""

    @property
    def signings(self) -> Repository[SigningRound]:
        """Rounds of signatures on papers."""

    @property
    def signing_links(self) -> Repository[SigningLink]:
        """Who may sign such a round without an account."""
