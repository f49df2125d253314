"""What is read past the domain: clocks that must be looked at, what a link shows, what rules have against papers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.training.domain.acceptance.case import AcceptanceCase
from services.training.domain.faculty.exchange import EngagementDone, PracticeDone
from services.training.domain.faculty.obligations import ObligationStatus
from services.training.domain.faculty.practice import Practice
from services.training.domain.faculty.practice_certificate import PracticeCertificate
from services.training.domain.faculty.practice_facts import DaysFact, PeriodFact
from services.training.domain.faculty.staff_member import Staff
from services.training.domain.hosting import HostingProof, HostingYear
from services.training.domain.internship.exception_board import BoardWanted, PlacementException
from services.training.domain.internship.filing import FilingWanted
from services.training.domain.internship.internship_paper import PaperCase
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.quota_board import QuotaBoard
from services.training.domain.privacy.erasure import ErasureStatus
from services.training.domain.teacher import TeacherStatus
from services.training.domain.training_base import TrainingBase
from services.training.storage import acceptance, directory, hosting, registry, roster
from services.training.storage.calendar import calendar_of, year_of
from services.training.storage.faculty import certificate_reading, exchange, staff
from services.training.storage.faculty import kpi_reading as faculty_kpis
from services.training.storage.faculty.practice import ObligationRow
from services.training.storage.faculty.recognition import RecognitionRow
from services.training.storage.internship import consent_reading, paper_reading, placement_reading, quota
from services.training.storage.internship import kpi_reading as internship_kpis
from services.training.storage.internship.papers import LogBookRow, PaymentRow, PlacementLogRow
from services.training.storage.people import TeacherRow
from services.training.storage.privacy import ErasureRow
from shared.kernel.calendar import business_date
from shared.persistence.spine import table_of
from shared.rules import Decision, Finding, Rule

calendar: Final = calendar_of
calendar_year: Final = year_of
students_by_number: Final = registry.students_by_number
teachers_by_number: Final = registry.teachers_by_number
special_posts_by_number: Final = registry.special_posts_by_number
programmes_of: Final = registry.programmes_of
consent_link_id: Final = consent_reading.consent_link_id
linked_consent: Final = consent_reading.linked_consent
answered_consent: Final = consent_reading.answered_consent
phones_to_forget: Final = consent_reading.phones_to_forget
current_roster: Final = roster.current_roster
kept_roster: Final = roster.kept_roster
registered_in: Final = roster.registered_in
rosters_to_apply: Final = roster.rosters_to_apply
changes_after: Final = roster.changes_after
universities: Final = directory.universities
internship_counts: Final = internship_kpis.internship_counts
teacher_counts: Final = faculty_kpis.teacher_counts
_OBLIGATION: Final = table_of(ObligationRow)
_TEACHER: Final = table_of(TeacherRow)
_RECOGNITION: Final = table_of(RecognitionRow)
_BOOK: Final = table_of(LogBookRow)
_LOG: Final = table_of(PlacementLogRow)
_ERASURE: Final = table_of(ErasureRow)
_PAYMENT: Final = table_of(PaymentRow)
_FINDINGS: Final = TypeAdapter(tuple[Finding, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """What one rule has against one paper. `since` is the Monday of a log's week, or the first day of a payment."""

    paper: str
    paper_id: str
    since: date
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationCounts:
    """How many teachers of one department (None: of those in none) stand how with one kind of obligation."""

    university_id: str
    department: str | None
    kind: str
    fulfilled: int
    on_track: int
    at_risk: int
    overdue: int
    not_started: int


async def teachers_to_review(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Teachers of whose obligations time alone may have changed something by today, each once."""
    due = _OBLIGATION.c.review_on <= business_date(now)
    # By nothing but the column that is indexed: after a night's change of the date all of them may be of one day.
    statement = select(_OBLIGATION.c.teacher_id).where(due).order_by(_OBLIGATION.c.review_on).limit(limit)
    return list(dict.fromkeys((await connection.execute(statement)).scalars()))


async def obligation_counts(
    connection: AsyncConnection, universities: Collection[str] | None, university_id: str | None
) -> list[ObligationCounts]:
    """How the obligations of teachers still there stand, of these universities or (None) of all; one if it is named."""
    university, kind, department = _OBLIGATION.c.university_id, _OBLIGATION.c.obligation_kind, _TEACHER.c.department
    counts = [
        func.count().filter(_OBLIGATION.c.status == status.value).label(status.value) for status in ObligationStatus
    ]
    statement = (
        select(university, department, kind.label("kind"), *counts)
        .join(_TEACHER, _TEACHER.c.id == _OBLIGATION.c.teacher_id)
        .where(_TEACHER.c.status == TeacherStatus.ACTIVE.value)
        .where(*([] if universities is None else [university.in_(universities)]))
        .where(*([] if university_id is None else [university == university_id]))
        .group_by(university, department, kind)
        .order_by(university, department, kind)
    )
    return [ObligationCounts(**row) for row in (await connection.execute(statement)).mappings()]


async def log_books_to_review(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Log books of internships in which another week may be overdue by today."""
    due = _BOOK.c.review_on <= business_date(now)
    statement = select(_BOOK.c.id).where(due).order_by(_BOOK.c.review_on, _BOOK.c.id).limit(limit)
    return list((await connection.execute(statement)).scalars())


async def erasures_to_tell_again(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Erasures of which a receipt has not come within its time."""
    open_ = _ERASURE.c.status.in_((ErasureStatus.WAITING.value, ErasureStatus.LATE.value))
    statement = select(_ERASURE.c.id).where(open_, _ERASURE.c.due_at <= now).order_by(_ERASURE.c.due_at).limit(limit)
    return list((await connection.execute(statement)).scalars())


async def violations_of(connection: AsyncConnection, placement_id: str) -> list[Violation]:
    """What the rules have against the papers of a placement, the oldest first."""
    logs = await _found(connection, _LOG, placement_id, since="monday", findings="violations")
    payments = await _found(connection, _PAYMENT, placement_id, since="starts_on", findings="findings")
    return sorted([*logs, *payments], key=lambda violation: (violation.since, violation.paper_id))


async def _found(
    connection: AsyncConnection, papers: Table, placement_id: str, *, since: str, findings: str
) -> list[Violation]:
    violated = (papers.c.placement_id == placement_id) & papers.c.violated
    statement = select(papers.c.id, papers.c[since], papers.c[findings]).where(violated)
    return [
        Violation(paper=papers.name, paper_id=id, since=first, finding=finding)
        for id, first, said in (await connection.execute(statement)).all()
        for finding in _FINDINGS.validate_python(said)
    ]


async def engagements_in(
    connection: AsyncConnection, year: int, test: bool, university_ids: Collection[str] | None = None
) -> list[tuple[str, EngagementDone]]:
    """Technicians' engagements with the days taught in a year, each beside its university: of these, or of all."""
    return await exchange.engagements_in(connection, year, test=test, university_ids=university_ids)


async def practices_in(
    connection: AsyncConnection, year: int, test: bool, rule: Rule, university_ids: Collection[str] | None = None
) -> list[tuple[str, PracticeDone]]:
    """Teachers' verified practice that touches a year, each beside its university; `rule` is TCH-04."""
    return await exchange.practices_in(connection, year, rule, test=test, university_ids=university_ids)


async def quota_board(
    connection: AsyncConnection, unit_id: str, first: date, last: date, university_id: str | None
) -> QuotaBoard | None:
    """What a unit's quota calendar is drawn from between two days; None if there is no such unit."""
    return await quota.quota_board(connection, unit_id, first, last, university_id)


async def decision_of(connection: AsyncConnection, decision_id: str) -> Decision | None:
    """A decision as it was kept."""
    return await placement_reading.decision_of(connection, decision_id)


async def placement_exceptions(
    connection: AsyncConnection, wanted: BoardWanted
) -> tuple[list[PlacementException], str | None]:
    """A page of the placements with which something is the matter, and after which id to go on."""
    return await placement_reading.placement_exceptions(connection, wanted)


async def filing_after(
    connection: AsyncConnection, wanted: FilingWanted, after: str, limit: int
) -> tuple[list[tuple[str, ...]], str | None]:
    """So many lines of the filing of internships, and after which id to go on."""
    return await placement_reading.filing_after(connection, wanted, after, limit)


async def paper_case(connection: AsyncConnection, placement: Placement) -> PaperCase:
    """All that the papers of one internship are made of."""
    return await paper_reading.paper_case(connection, placement)


async def practice_certificate(connection: AsyncConnection, practice: Practice) -> PracticeCertificate:
    """The certificate of a practice. Raises `NothingToCertify`."""
    return await certificate_reading.practice_certificate(connection, practice)


async def hosting_proof(connection: AsyncConnection, year: HostingYear) -> HostingProof:
    """The proof of what an enterprise hosted in a year. Raises `TooMuchForOnePaper`."""
    return HostingProof.of(year, await hosting.hosted_in(connection, year))


async def acceptance_case(connection: AsyncConnection, base: TrainingBase, on: date) -> AcceptanceCase:
    """All that the acceptance pack of a base is drawn from."""
    return await acceptance.acceptance_case(connection, base, on)


async def recognitions_to_advance(connection: AsyncConnection, now: datetime, limit: int) -> list[str]:
    """Recognitions that time alone takes further by today: their publicity is over, their end is near or past."""
    r = _RECOGNITION.c
    statement = select(r.id).where(r.review_on <= business_date(now)).order_by(r.review_on, r.id).limit(limit)
    return list((await connection.execute(statement)).scalars())


async def staff_of(connection: AsyncConnection, university_id: str, on: date) -> Staff | None:
    """The active teachers of a university who are hired by a day, with what was granted; None where it is not known."""
    return await staff.staff_of(connection, university_id, on)


async def practice_of(connection: AsyncConnection, teacher_id: str, year: int) -> list[PeriodFact]:
    """A teacher's verified practice that shares a day with a calendar year."""
    return await staff.practice_of(connection, teacher_id, year)


async def away_of(connection: AsyncConnection, teacher_id: str) -> list[DaysFact]:
    """The days of a teacher's leave, whatever its kind."""
    return await staff.away_of(connection, teacher_id)
