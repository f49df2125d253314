"""A student on an internship, for tests: what they, their guardian and their enterprise write, in one line each."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.training.commands.internship.absence import DecideAbsence, RequestAbsence
from services.training.commands.internship.consent import (
    AnswerAsStudent,
    AnswerByLink,
    AskGuardian,
    PublishConsentText,
)
from services.training.commands.internship.incident import HandleIncident, ReportIncident
from services.training.commands.internship.payment import AnswerPayment, EnterPayment, WithdrawPayment
from services.training.commands.internship.placement_log import ReviewLog, WriteLog
from services.training.commands.people import ImportStudents
from services.training.domain.internship.absence import Absence
from services.training.domain.internship.consent import Answer, Consent
from services.training.domain.internship.consent_link import ConsentLink, Guardian
from services.training.domain.internship.consent_text import ConsentText
from services.training.domain.internship.incident import Incident, IncidentKind, IncidentReport, Severity
from services.training.domain.internship.payment import Payment, PaymentEntry
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import LoggedDay, PlacementLog, Review, WeekEntry
from services.training.domain.internship.placement_status import PlacementStatus
from services.training.domain.internship.placement_terms import (
    InternshipKind,
    Mode,
    Payee,
    PayForm,
    PayTerms,
    Segment,
)
from services.training.domain.internship.post_terms import PostTerms
from services.training.domain.internship.weeks import monday_of
from services.training.handlers import people
from services.training.handlers.internship import absence, consent, incident, payment, placement_log
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from tests.unit.training.college import DAY, TODAY, College, student_entry
from tests.unit.training.internship.workshop import TERMS, offered

MONDAY = date(2026, 9, 7)
"""The second week of the internship, the first whole one."""
LAST = TODAY + timedelta(days=179)
STIPEND = 300_000
GUARDIAN = Guardian(name="王芳", phone="13812345678")
LINK = "the hash of a token"
YES, NO = Answer(given=True), Answer(given=False, reason="离家太远")


class Intern:
    """One student on one placement, whose parts the test may say."""

    def __init__(self, college: College, placement: Placement) -> None:
        self.college = college
        self.placement_id = placement.id
        self.student_id = placement.student_id

    @property
    async def placement(self) -> Placement:
        """The placement as it is kept."""
        kept: Placement = await self.college.read("placements", self.placement_id)
        return kept

    async def become(self, status: PlacementStatus) -> None:
        """Move the placement to a status, whatever it takes."""
        self.college.store.put(TrainingWork.placements.mapping, replace(await self.placement, status=status))

    async def publish(self, title: str = "岗位实习知情同意书", text: str = "本人已知悉实习安排。") -> ConsentText:
        """Publish the next edition of the university's text."""
        command = PublishConsentText(organization_id=self.college.university, title=title, text=text)
        return await self._do(consent.publish_consent_text, command)

    async def answer(self, text: ConsentText, answer: Answer = YES, *, by: str | None = None) -> Consent:
        """Answer as the student."""
        command = AnswerAsStudent(
            consent_id=new_id("consent"),
            placement_id=self.placement_id,
            caller_ids=frozenset({by or self.student_id}),
            text_id=text.id,
            answer=answer,
        )
        return await self._do(consent.answer_as_student, command)

    async def ask_guardian(self, link: str = LINK) -> ConsentLink:
        """Make a link for the guardian."""
        command = AskGuardian(
            link_id=new_id("consent_link"), placement_id=self.placement_id, guardian=GUARDIAN, token_hash=link
        )
        return await self._do(consent.ask_guardian, command)

    async def answer_by_link(self, answer: Answer = YES, *, link: str = LINK) -> Consent:
        """Answer as whoever holds the link."""
        command = AnswerByLink(consent_id=new_id("consent"), token_hash=link, answer=answer)
        return await self._do(consent.answer_by_link, command, actor="consent_link:csl_1")

    async def log(self, *days: LoggedDay, week: date | None = None, by: str | None = None) -> PlacementLog:
        """Write a week's log."""
        monday = week or monday_of(days[0].worked_on)
        command = WriteLog(
            placement_id=self.placement_id,
            caller_ids=frozenset({by or self.student_id}),
            decision_id=new_id("decision"),
            entry=WeekEntry(monday=monday, days=days, text="学习装调"),
        )
        return await self._do(placement_log.write_log, command)

    async def review(self, log: PlacementLog, *, accepted: bool = True, remark: str | None = None) -> PlacementLog:
        """Review a log as the supervisor."""
        review = Review(accepted=accepted, remark=remark, reviewer="teacher:tch_1")
        return await self._do(placement_log.review_log, ReviewLog(log_id=log.id, review=review))

    async def report(
        self, kind: IncidentKind = IncidentKind.INJURY, *, occurred_on: date | None = None, text: str = "手指划伤"
    ) -> Incident:
        """Report an incident."""
        report = IncidentReport(
            incident_kind=kind, severity=Severity.MINOR, occurred_on=occurred_on or self.college.today, text=text
        )
        command = ReportIncident(
            incident_id=new_id("incident"), placement_id=self.placement_id, organization_id=None, report=report
        )
        return await self._do(incident.report_incident, command)

    async def handle(self, reported: Incident) -> Incident:
        """Say what was done about an incident."""
        command = HandleIncident(
            incident_id=reported.id, organization_id=self.college.university, handling="已送医并通知家长"
        )
        return await self._do(incident.handle_incident, command)

    async def paid(self, first: date, last: date, *, by: str | None = None, **entry: Any) -> Payment:
        """Enter a payment for these days."""
        said = {"amount_fen": STIPEND, "form": PayForm.MONEY, "payee": Payee.STUDENT, "paid_on": self.college.today}
        command = EnterPayment(
            payment_id=new_id("payment"),
            placement_id=self.placement_id,
            organization_id=by or self.college.enterprise,
            decision_id=new_id("decision"),
            entry=PaymentEntry(period=Segment(starts_on=first, ends_on=last), **{**said, **entry}),
        )
        return await self._do(payment.enter_payment, command)

    async def answer_payment(self, entered: Payment, objection: str | None = None, *, received: bool) -> Payment:
        """Confirm a payment or dispute it."""
        command = AnswerPayment(
            payment_id=entered.id,
            caller_ids=frozenset({self.student_id}),
            received=received,
            objection=objection,
        )
        return await self._do(payment.answer_payment, command)

    async def withdraw(self, entered: Payment) -> Payment:
        """Take a payment back."""
        command = WithdrawPayment(payment_id=entered.id, organization_id=self.college.enterprise)
        return await self._do(payment.withdraw_payment, command)

    async def ask_leave(self, first: date, last: date) -> Absence:
        """Ask for leave."""
        command = RequestAbsence(
            absence_id=new_id("absence"),
            placement_id=self.placement_id,
            caller_ids=frozenset({self.student_id}),
            period=Segment(starts_on=first, ends_on=last),
            reason="就医",
        )
        return await self._do(absence.request_absence, command)

    async def decide(self, asked: Absence, *, granted: bool = True) -> Absence:
        """Decide a leave."""
        return await self._do(absence.decide_absence, DecideAbsence(absence_id=asked.id, granted=granted))

    async def _do(self, handler: Any, command: object, **context: Any) -> Any:
        return await self.college.do(handler, command, **context)


async def intern(
    college: College,
    *,
    status: PlacementStatus = PlacementStatus.ONGOING,
    birth_date: date = date(2009, 1, 31),
    first: date = TODAY,
    last: date = LAST,
    terms: PostTerms = TERMS,
) -> Intern:
    """A student (17 years old unless the test says otherwise) with a placement in this status."""
    student_id = new_id("student")
    entry = student_entry(student_id, college.programme, birth_date=birth_date)
    await college.do(
        people.import_students, ImportStudents(university_id=college.university, entries=((student_id, entry),))
    )
    post = await offered(college, terms)
    placement = Placement(
        id=new_id("placement"),
        story=post.story,
        version=1,
        student_id=student_id,
        university_id=college.university,
        programme_id=college.programme,
        post_id=post.id,
        enterprise_id=college.enterprise,
        occupation_code=post.occupation_code,
        site=post.site,
        agreement_id=None,
        need_id=None,
        line_no=None,
        internship_kind=InternshipKind.POST,
        mode=Mode.ARRANGED,
        segments=(Segment(starts_on=first, ends_on=last),),
        starts_on=first,
        ends_on=last,
        supervisor_id=new_id("teacher"),
        mentor_id=None,
        pay=PayTerms(stipend_fen=STIPEND, cycle_days=31, form=PayForm.MONEY, payee=Payee.STUDENT),
        forced=False,
        for_profit=False,
        status=status,
    )
    college.store.put(TrainingWork.placements.mapping, placement)
    return Intern(college, placement)


def day(worked_on: date, hours: int = 8, **times: Any) -> LoggedDay:
    """A day's work."""
    return LoggedDay(worked_on=worked_on, minutes=hours * 60, **times)


def week_of(monday: date, days: int = 5, hours: int = 8) -> tuple[LoggedDay, ...]:
    """The first days of a week, each with as many hours."""
    return tuple(day(monday + place * DAY, hours) for place in range(days))
