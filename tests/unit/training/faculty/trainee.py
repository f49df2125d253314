"""A teacher who practises, for tests: the path from plan to verification in one line each."""

from datetime import date, timedelta

from services.training.commands.faculty.leave import CancelLeave, RecordLeave
from services.training.commands.faculty.practice import (
    ApprovePractice,
    CompletePractice,
    LogPractice,
    PausePractice,
    PlanPractice,
    ResumePractice,
    RevokePractice,
    StartPractice,
    VerifyPractice,
)
from services.training.domain.faculty.practice import Practice, PracticePlan, SideVerdict
from services.training.domain.faculty.practice_log import LogEntry
from services.training.domain.faculty.practice_period import Form
from services.training.domain.faculty.practice_window import LeaveKind
from services.training.handlers.faculty import practice as handlers
from services.training.handlers.faculty.leave import cancel_leave, record_leave
from services.training.handlers.faculty.obligation import review_teacher
from services.training.handlers.faculty.verification import verify_practice
from shared.contracts.ids import new_id
from tests.unit.training.college import TODAY, College, practice_terms

FIRST = TODAY - timedelta(days=180)
LAST = TODAY - timedelta(days=1)
FULL_DAY = 480


class Trainee:
    """One teacher, one practice at a time."""

    def __init__(self, college: College, teacher_id: str, agreement_id: str) -> None:
        self.college = college
        self.teacher_id = teacher_id
        self.agreement_id = agreement_id
        self.practice_id = ""

    async def plan(
        self,
        first: date = FIRST,
        last: date = LAST,
        *,
        minutes_a_day: int = FULL_DAY,
        enterprise_id: str | None = None,
        form: Form = Form.POST_WORK,
    ) -> Practice:
        plan = PracticePlan(
            enterprise_id=enterprise_id or self.college.enterprise,
            form=form,
            starts_on=first,
            ends_on=last,
            weekdays=(1, 2, 3, 4, 5),
            minutes_a_day=minutes_a_day,
        )
        command = PlanPractice(
            practice_id=new_id("practice"),
            teacher_id=self.teacher_id,
            caller_ids=frozenset({self.teacher_id}),
            agreement_id=self.agreement_id,
            plan=plan,
        )
        practice: Practice = await self.college.do(handlers.plan_practice, command)
        self.practice_id = practice.id
        return practice

    async def approve(self) -> Practice:
        command = ApprovePractice(practice_id=self.practice_id)
        approved: Practice = await self.college.do(handlers.approve_practice, command)
        return approved

    async def start(self) -> Practice:
        started: Practice = await self.college.do(handlers.start_practice, StartPractice(practice_id=self.practice_id))
        return started

    async def log(self, *days: date, minutes: int = FULL_DAY) -> Practice:
        entries = tuple(LogEntry(worked_on=day, minutes=minutes, text="") for day in days)
        command = LogPractice(practice_id=self.practice_id, entries=entries)
        logged: Practice = await self.college.do(handlers.log_practice, command)
        return logged

    async def complete(self) -> Practice:
        command = CompletePractice(practice_id=self.practice_id)
        completed: Practice = await self.college.do(handlers.complete_practice, command)
        return completed

    async def pause(self, first: date | None = None) -> Practice:
        command = PausePractice(practice_id=self.practice_id, first=first, reason="production stands still")
        paused: Practice = await self.college.do(handlers.pause_practice, command)
        return paused

    async def resume(self) -> Practice:
        command = ResumePractice(practice_id=self.practice_id)
        resumed: Practice = await self.college.do(handlers.resume_practice, command)
        return resumed

    async def revoke(self) -> Practice:
        command = RevokePractice(practice_id=self.practice_id, reason="the attendance was made up")
        revoked: Practice = await self.college.do(handlers.revoke_practice, command)
        return revoked

    async def is_away(
        self, first: date = TODAY + timedelta(days=400), days: int = 158, kind: LeaveKind = LeaveKind.MATERNITY
    ) -> str:
        """Leave from a day on; its id."""
        command = RecordLeave(
            leave_id=new_id("leave"),
            teacher_id=self.teacher_id,
            kind=kind,
            starts_on=first,
            ends_on=first + timedelta(days=days - 1),
        )
        await self.college.do(record_leave, command)
        await self.college.do(review_teacher, self.teacher_id)
        return command.leave_id

    async def is_back(self, leave_id: str) -> None:
        """The leave was never taken."""
        await self.college.do(cancel_leave, CancelLeave(leave_id=leave_id))
        await self.college.do(review_teacher, self.teacher_id)

    async def verify(self, organization_id: str, *, confirmed: bool = True, reason: str | None = None) -> Practice:
        verdict = SideVerdict(organization_id=organization_id, confirmed=confirmed, reason=reason)
        command = VerifyPractice(practice_id=self.practice_id, decision_id=new_id("decision"), verdict=verdict)
        heard: Practice = await self.college.do(verify_practice, command)
        return heard

    async def finish(self, first: date = FIRST, last: date = LAST, *, minutes_a_day: int = FULL_DAY) -> Practice:
        """From plan to completion, one day logged."""
        await self.plan(first, last, minutes_a_day=minutes_a_day)
        await self.approve()
        await self.start()
        await self.log(first, minutes=minutes_a_day)
        return await self.complete()

    async def succeed(self, first: date = FIRST, last: date = LAST, *, minutes_a_day: int = FULL_DAY) -> Practice:
        """From plan to verification, and what follows from it."""
        await self.finish(first, last, minutes_a_day=minutes_a_day)
        await self.verify(self.college.enterprise)
        verified = await self.verify(self.college.university)
        await self.college.hear_verified()
        return verified


async def trainee(college: College, *, seats: int = 4, active: bool = True, **teacher: object) -> Trainee:
    """A teacher of the college beside an agreement on practice."""
    teacher_id = await college.teacher(**teacher)  # type: ignore[arg-type]
    agreement_id = await college.signed("teacher_practice", practice_terms(seats), active=active)
    return Trainee(college, teacher_id, agreement_id)
