"""A small college in memory: a university, an enterprise, a base operator, and what they do, one work at a time."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from services.training.commands.people import ImportStudents, RegisterTeacher
from services.training.domain.directory import KnownOrganization, KnownProgramme
from services.training.domain.kinship import born_of
from services.training.domain.rule_catalogue import RULES
from services.training.domain.student import StudentEntry
from services.training.domain.teacher import TeacherEntry, TeacherKind
from services.training.handlers import account, agreement, outcome, people
from services.training.handlers.faculty import obligation
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.contracts.partnership import (
    AgreementActivated,
    AgreementSigned,
    AgreementTerminated,
    AgreementTerms,
    BaseCoBuildTerms,
    OrderClassTerms,
    Party,
    TeacherPracticeTerms,
)
from shared.contracts.training import PracticeRevoked, PracticeVerified, TeacherRegistered
from shared.kernel.calendar import midnight
from shared.rules import Rulebook, load_packs
from tests.fakes import MemoryStore, memory_work

RULEBOOK = Rulebook(load_packs(Path("services/training/rules")), RULES)
TODAY = date(2026, 9, 1)
DAY = timedelta(days=1)
NEED = new_id("need")


class College:
    """Runs handlers over one store, each in a unit of work of its own, on `today`, a day that the test may move."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.today = TODAY
        self.university = self.knows("university", "500101", None)
        self.enterprise = self.knows("enterprise", "511700", "C3824")
        self.operator = self.knows("university", "500101", None)
        self.programme = new_id("programme")
        programme = KnownProgramme(
            id=self.programme, version=1, university_id=self.university, total_half_credits=280, status="active"
        )
        self.store.put(TrainingWork.programmes.mapping, programme)

    @property
    def now(self) -> datetime:
        """Noon of the day."""
        return midnight(self.today) + timedelta(hours=12)

    def knows(self, kind: str, region_code: str, industry_code: str | None) -> str:
        """An organisation whose state has arrived; its id."""
        known = KnownOrganization(
            id=new_id("organization"),
            version=1,
            kind=kind,
            name_zh="达州某公司",
            region_code=region_code,
            industry_code=industry_code,
        )
        self.store.put(TrainingWork.organizations.mapping, known)
        return known.id

    async def do(self, handler: Callable[[Any, Any], Awaitable[Any]], command: object, **context: Any) -> Any:
        """Handle one command or event and commit."""
        work = memory_work(TrainingWork, self.store, rules=RULEBOOK, **{"now": self.now, **context})
        outcome = await handler(command, work)
        await work.flush()
        return outcome

    async def read(self, repository: str, id: str) -> Any:
        """What is kept under an id, None if nothing is."""
        work = memory_work(TrainingWork, self.store, rules=RULEBOOK)
        return await getattr(work, repository).find(id)

    async def teacher(
        self,
        *,
        kind: str = "professional_course",
        hired_on: date = date(2010, 9, 1),
        new: bool = False,
        department: str | None = None,
    ) -> str:
        """A registered teacher, with what follows from the registration; their id."""
        entry = TeacherEntry(
            staff_no=new_id("person"),
            name="张三",
            teacher_kind=TeacherKind(kind),
            hired_on=hired_on,
            new_hire=new,
            programme_ids=(),
            skills=(),
            region_code="500101",
            department=department,
        )
        teacher_id = new_id("teacher")
        command = RegisterTeacher(teacher_id=teacher_id, university_id=self.university, entry=entry)
        await self.do(people.register_teacher, command)
        registered = next(f for f in self.facts if isinstance(f, TeacherRegistered) and f.teacher_id == teacher_id)
        await self.do(account.open_teacher_account, registered, correlation_id=teacher_id)
        await self.do(obligation.review_teacher, teacher_id, correlation_id=teacher_id)
        return teacher_id

    async def students(self, count: int) -> list[str]:
        """So many students of the university; their ids."""
        entries = tuple((new_id("student"), student_entry(f"S{place}", self.programme)) for place in range(count))
        await self.do(people.import_students, ImportStudents(university_id=self.university, entries=entries))
        return [student_id for student_id, _ in entries]

    async def signed(self, type: str, terms: AgreementTerms, *, active: bool = True) -> str:
        """A signed agreement of university, enterprise and operator, as told by partnership; its id."""
        event = self.signing(type, terms)
        await self.do(agreement.plan_what_was_agreed, event, correlation_id=NEED)
        if active:
            await self.activate(event.agreement_id, type)
        return event.agreement_id

    def signing(self, type: str, terms: AgreementTerms) -> AgreementSigned:
        """The event that such an agreement was signed."""
        parties = [(self.university, "university"), (self.enterprise, "enterprise"), (self.operator, "base_operator")]
        return AgreementSigned(
            agreement_id=new_id("agreement"),
            type=type,
            parties=[Party(organization_id=party, role=role) for party, role in parties],
            need_id=NEED,
            line_no=1,
            starts_on=TODAY - 200 * DAY,
            ends_on=TODAY + 800 * DAY,
            terms=terms,
        )

    async def activate(self, agreement_id: str, type: str) -> None:
        """The event that an agreement is in force."""
        event = AgreementActivated(agreement_id=agreement_id, type=type, effective_on=self.today)
        await self.do(agreement.activate_agreement, event, correlation_id=NEED)

    async def terminate(self, agreement_id: str, type: str) -> None:
        """The event that an agreement was ended."""
        event = AgreementTerminated(
            agreement_id=agreement_id, type=type, reason="no longer needed", effective_on=self.today, before_start=True
        )
        await self.do(agreement.end_agreement, event, correlation_id=NEED)

    async def hear_verified(self) -> None:
        """What follows from the practice that was verified last."""
        verified = [fact for fact in self.facts if isinstance(fact, PracticeVerified)][-1]
        await self.do(obligation.review_teacher, verified.teacher_id, correlation_id=NEED)
        await self.do(outcome.register_practice, verified, correlation_id=NEED)

    async def hear_revoked(self) -> None:
        """What follows from the practice that was revoked last."""
        revoked = [fact for fact in self.facts if isinstance(fact, PracticeRevoked)][-1]
        await self.do(obligation.review_teacher, revoked.teacher_id, correlation_id=NEED)
        await self.do(outcome.revoke_practice, revoked, correlation_id=NEED)

    async def obligation(self, teacher_id: str, kind: str) -> Any:
        """One obligation of a teacher, None if they do not owe it."""
        return await self.read("obligations", born_of(teacher_id, "obligation", kind))

    @property
    def facts(self) -> list[Any]:
        """All that was published, without the states."""
        return self.store.facts

    @property
    def story(self) -> list[str]:
        """The names of all facts, in order: `practice.verified`."""
        return [f"{fact.wire.aggregate}.{fact.wire.fact}" for fact in self.facts]


def student_entry(number: str, programme_id: str, *, birth_date: date | None = date(2007, 1, 31)) -> StudentEntry:
    """A student as the academic office enters them."""
    return StudentEntry(
        student_no=number,
        name="李四",
        programme_id=programme_id,
        study_year=2,
        enrolled_on=date(2025, 9, 1),
        birth_date=birth_date,
        sex="female",
    )


def base_terms(operator_id: str, *, host_base_id: str | None = None) -> AgreementTerms:
    """Terms of building a base together, in the sector of the enterprise."""
    terms = BaseCoBuildTerms(
        operator_id=operator_id,
        base_kind="on_campus_productive",
        industry_codes=["C38"],
        functions=["construction", "training_teaching"],
        host_base_id=host_base_id,
    )
    return AgreementTerms(base_co_build=terms)


def class_terms(programme_id: str, headcount: int) -> AgreementTerms:
    """Terms of an order class."""
    terms = OrderClassTerms(programme_id=programme_id, occupation_code="6-31-01-03", headcount=headcount, hire_bp=8000)
    return AgreementTerms(order_class=terms)


def practice_terms(seats: int, *teacher_ids: str) -> AgreementTerms:
    """Terms of practice for teachers."""
    return AgreementTerms(teacher_practice=TeacherPracticeTerms(seats=seats, teacher_ids=list(teacher_ids)))
