"""One transaction of training, with all that is kept in it."""

from functools import partial

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
from services.training.domain.roster.roster import Roster, RosterChange
from services.training.domain.student import Student
from services.training.domain.teacher import Teacher
from services.training.domain.training_base import TrainingBase
from services.training.personal import PERSONAL
from services.training.storage.calendar import KNOWN_YEARS, CalendarYearRow
from services.training.storage.cohort import CohortRow, EnrolmentRow
from services.training.storage.credit import AccountRow, ConversionRow, LedgerEntryRow, OutcomeRow
from services.training.storage.directory import AgreementRow, KnownOrganizationRow, KnownProgrammeRow
from services.training.storage.faculty.leave import TeacherLeaveRow
from services.training.storage.faculty.practice import ObligationRow, PracticeLogRow, PracticeRow, PracticeSeatsRow
from services.training.storage.faculty.recognition import (
    EvidenceItemRow,
    EvidencePackageRow,
    FrozenSourceRow,
    RecognitionBatchRow,
    RecognitionRow,
)
from services.training.storage.faculty.staffing import (
    HeadCountRow,
    PersonLinkRow,
    RecruitmentCheckRow,
    RecruitmentRow,
    TeachingAssignmentRow,
)
from services.training.storage.faculty.technician import EngagementRow, SpecialPostRow, TaughtDayRow, TechnicianRow
from services.training.storage.hosting import HostingYearRow
from services.training.storage.internship.papers import (
    AbsenceRow,
    ConsentLinkRow,
    ConsentRow,
    ConsentTextRow,
    IncidentRow,
    LogBookRow,
    PaymentRow,
    PlacementLogRow,
)
from services.training.storage.internship.placement import PlacementRow
from services.training.storage.internship.unit import InternshipUnitRow, PostRow, SiteInspectionRow, SiteListingRow
from services.training.storage.people import StudentRow, TeacherRow
from services.training.storage.privacy import CorrectionRow, ErasureRow, ProcessingConsentRow
from services.training.storage.roster import RosterChangeRow, RosterRow, let_go
from services.training.storage.table import Table
from services.training.storage.training_base import TrainingBaseRow
from shared.approvals.case import ApprovalCase
from shared.approvals.chain import ApprovalChain
from shared.documents.document import Document
from shared.documents.signing.link import SigningLink
from shared.documents.signing.round import SigningRound
from shared.imports.imported import Import
from shared.persistence.approval_rows import ApprovalChainRow, ApprovalRow, approvals_into
from shared.persistence.spine import DocumentRow, ImportRow, SigningLinkRow, SigningRow, spine_into
from shared.persistence.unit_of_work import Projected, Stored
from shared.personal.forgetting import PersonalUnitOfWork


class TrainingWork(PersonalUnitOfWork):
    """One transaction of training."""

    service = "training"
    personal = PERSONAL
    erasures = Stored(Erasure, ErasureRow)
    corrections = Stored(Correction, CorrectionRow)
    processing_consents = Stored(ProcessingConsent, ProcessingConsentRow)
    calendar_years = Stored(CalendarYear, CalendarYearRow)
    hosting_years = Stored(HostingYear, HostingYearRow)
    known_calendar_years = KNOWN_YEARS
    organizations = Projected(KnownOrganization, KnownOrganizationRow)
    programmes = Projected(KnownProgramme, KnownProgrammeRow)
    agreements = Stored(Agreement, AgreementRow)
    bases = Stored(TrainingBase, TrainingBaseRow)
    teachers = Stored(Teacher, TeacherRow)
    students = Stored(Student, StudentRow)
    seats = Stored(PracticeSeats, PracticeSeatsRow)
    practices = Stored(Practice, PracticeRow)
    practice_logs = Stored(PracticeLog, PracticeLogRow)
    counted_practices = Projected(CountedPractice, PracticeRow, part=True)
    logged_days = Projected(LoggedDay, PracticeLogRow, part=True)
    obligations = Stored(Obligation, ObligationRow)
    leaves = Stored(TeacherLeave, TeacherLeaveRow)
    cohorts = Stored(Cohort, CohortRow)
    enrolments = Stored(Enrolment, EnrolmentRow)
    accounts = Stored(CreditAccount, AccountRow)
    ledger = Stored(LedgerEntry, LedgerEntryRow)
    outcomes = Stored(Outcome, OutcomeRow)
    conversions = Stored(Conversion, ConversionRow)
    technicians = Stored(Technician, TechnicianRow)
    special_posts = Stored(SpecialPost, SpecialPostRow)
    engagements = Stored(TechnicianEngagement, EngagementRow)
    taught_days = Stored(TaughtDay, TaughtDayRow)
    teaching_assignments = Stored(TeachingAssignment, TeachingAssignmentRow)
    head_counts = Stored(HeadCount, HeadCountRow)
    person_links = Stored(PersonLink, PersonLinkRow)
    recruitments = Stored(Recruitment, RecruitmentRow)
    recruitment_checks = Stored(RecruitmentCheck, RecruitmentCheckRow)
    posts = Stored(Post, PostRow)
    placements = Stored(Placement, PlacementRow)
    known_placements = Projected(Placement, PlacementRow)
    units = Stored(InternshipUnit, InternshipUnitRow)
    site_inspections = Stored(SiteInspection, SiteInspectionRow)
    site_listings = Stored(SiteListing, SiteListingRow)
    consent_texts = Stored(ConsentText, ConsentTextRow)
    consents = Stored(Consent, ConsentRow)
    consent_links = Stored(ConsentLink, ConsentLinkRow)
    placement_logs = Stored(PlacementLog, PlacementLogRow)
    log_books = Stored(LogBook, LogBookRow)
    incidents = Stored(Incident, IncidentRow)
    payments = Stored(Payment, PaymentRow)
    absences = Stored(Absence, AbsenceRow)
    known_teachers = Projected(Teacher, TeacherRow)
    recognition_batches = Stored(RecognitionBatch, RecognitionBatchRow)
    recognitions = Stored(Recognition, RecognitionRow)
    known_recognitions = Projected(Recognition, RecognitionRow)
    evidence_items = Stored(EvidenceItem, EvidenceItemRow)
    evidence_packages = Stored(EvidencePackage, EvidencePackageRow)
    frozen_sources = Stored(FrozenSource, FrozenSourceRow)
    documents = Stored(Document, DocumentRow)
    signings = Stored(SigningRound, SigningRow)
    signing_links = Stored(SigningLink, SigningLinkRow)
    imports = Stored(Import, ImportRow)
    approval_chains = Stored(ApprovalChain, ApprovalChainRow)
    approvals = Stored(ApprovalCase, ApprovalRow)
    rosters = Stored(Roster, RosterRow)
    roster_changes = Stored(RosterChange, RosterChangeRow)

    def let_go(self, roster_id: str, part: int | None) -> None:
        """Forget what a part of a roster (None: all of it) changes, once everything else is written."""
        self.afterwards(partial(let_go, roster_id=roster_id, part=part))


spine_into(Table.metadata)
approvals_into(Table.metadata)
