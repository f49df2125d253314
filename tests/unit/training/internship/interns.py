"""Interns of a workshop: students planned on a post, with everything that the rules ask for."""

import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from services.training.commands.internship.placement import (
    AddEvidence,
    ApprovePlacement,
    CompletePlacement,
    PlanPlacement,
    RunComplianceCheck,
    StartPlacement,
)
from services.training.commands.internship.unit import DeclareExternalInterns
from services.training.commands.people import ImportStudents
from services.training.domain.directory import Employees, KnownProgramme
from services.training.domain.internship.consent import Consent, Giver
from services.training.domain.internship.evidence import Evidence, EvidenceKind
from services.training.domain.internship.placement import Placement
from services.training.domain.internship.placement_log import LoggedDay, LogStatus, PlacementLog, log_id_of
from services.training.domain.internship.placement_papers import (
    Insurance,
    Payer,
    SafetyTraining,
    Signer,
    TripartiteAgreement,
)
from services.training.domain.internship.placement_terms import (
    InternshipKind,
    Mode,
    Payee,
    PayForm,
    PayTerms,
    PlacementPlan,
    PlacementTerms,
    Segment,
)
from services.training.domain.internship.post import Post
from services.training.domain.internship.post_terms import PostTerms
from services.training.domain.internship.unit import unit_id_of
from services.training.handlers import people
from services.training.handlers.internship import placement, planning, unit
from services.training.storage import TrainingWork
from shared.contracts.ids import new_id
from shared.kernel.calendar import midnight
from shared.rules import Decision
from tests.unit.training.college import TODAY, College, student_entry
from tests.unit.training.internship.workshop import FITTER, TERMS, employs, inspected, listed, looked_up, offered

FIRST, LAST = date(2026, 9, 7), date(2026, 12, 31)
PAID = PayTerms(stipend_fen=400_000, cycle_days=30, form=PayForm.MONEY, payee=Payee.STUDENT)
TERMS_OF_PLACEMENT = PlacementTerms(supervisor_id=None, mentor_id="per_1", pay=PAID, forced=False, for_profit=False)


class Interns:
    """A workshop of 85 employees, nine of them fitters, and students of mechatronics in their second year."""

    def __init__(self) -> None:
        self.college = College()
        self.numbers = iter(range(1, 1000))

    async def open(self, terms: PostTerms = TERMS, *, employees: int = 85, fitters: int = 9) -> "Interns":
        """The post is offered, the unit inspected, listed and declared, and everything about it is known."""
        college = self.college
        employs(college, employees)
        self.headcounts(employees, fitters)
        programme = KnownProgramme(
            id=college.programme,
            version=2,
            university_id=college.university,
            total_half_credits=280,
            status="active",
            code="460301",
        )
        college.store.put(TrainingWork.programmes.mapping, programme)
        self.post: Post = await offered(college, terms)
        self.teacher_id = await college.teacher()
        await inspected(college)
        await listed(college)
        await looked_up(college)
        await self.declare()
        return self

    def headcounts(self, employees: int, fitters: int, **at_sites: int) -> None:
        """How many people work there, and how many of the fitters at single sites."""
        organizations = TrainingWork.organizations.mapping
        known = organizations.thing(self.college.store.rows["known_organization"][self.college.enterprise])
        posts = (
            Employees(occupation_code=FITTER, employees=fitters),
            *(Employees(occupation_code=FITTER, employees=count, site=site) for site, count in at_sites.items()),
        )
        self.college.store.put(organizations, replace(known, employees_total=employees, posts=posts))

    async def declare(self, *interns: Any) -> None:
        """The unit states its interns from elsewhere."""
        college = self.college
        command = DeclareExternalInterns(
            unit_id=unit_id_of(college.enterprise), organization_id=college.enterprise, interns=interns
        )
        await college.do(unit.declare_external_interns, command)

    async def student(self, *, study_year: int = 2, birth_date: date | None = date(2007, 1, 31)) -> str:
        """A student; their id."""
        number = f"I{next(self.numbers)}"
        entry = replace(student_entry(number, self.college.programme, birth_date=birth_date), study_year=study_year)
        command = ImportStudents(university_id=self.college.university, entries=((new_id("student"), entry),))
        entered = await self.college.do(people.import_students, command)
        return str(entered[0].id)

    def asked(self, student_id: str, *, post: Post | None = None, **said: Any) -> PlanPlacement:
        """The command that plans an internship."""
        segments = said.pop("segments", ((FIRST, LAST),))
        kind, mode = said.pop("kind", InternshipKind.POST), said.pop("mode", Mode.ARRANGED)
        plan = PlacementPlan(
            post_id=(post or self.post).id,
            internship_kind=kind,
            mode=mode,
            segments=tuple(Segment(starts_on=first, ends_on=last) for first, last in segments),
            terms=replace(TERMS_OF_PLACEMENT, **{"supervisor_id": self.teacher_id, **said}),
        )
        return PlanPlacement(
            placement_id=new_id("placement"),
            organization_id=self.college.university,
            student_id=student_id,
            plan=plan,
        )

    async def planned(self, student_id: str | None = None, **said: Any) -> Placement:
        """A planned internship of a new student."""
        asked = self.asked(student_id or await self.student(), **said)
        return await self._do(planning.plan_placement, asked)

    async def ready(self, student_id: str | None = None, **said: Any) -> Placement:
        """A planned internship with all of its papers and consents."""
        planned = await self.planned(student_id, **said)
        for giver in Giver:
            self.consents(planned, giver)
        for paper in papers(planned):
            planned = await self.add(planned, paper)
        return planned

    async def checked(self, **said: Any) -> Placement:
        """An internship of which the rules have been asked."""
        return await self.check(await self.ready(**said))

    async def approved(self, **said: Any) -> Placement:
        """An approved internship."""
        return await self.approve(await self.checked(**said))

    async def ongoing(self, **said: Any) -> Placement:
        """An internship that has begun."""
        approved = await self.approved(**said)
        self.college.today = approved.starts_on
        return await self._do(placement.start_placement, StartPlacement(placement_id=approved.id))

    async def completed(self, *, reviewed: bool = True, **said: Any) -> Placement:
        """An internship that is over, with one week's log."""
        ongoing = await self.ongoing(**said)
        self.logs(ongoing, reviewed=reviewed)
        self.college.today = ongoing.ends_on + timedelta(days=1)
        return await self._do(placement.complete_placement, CompletePlacement(placement_id=ongoing.id))

    async def add(self, one: Placement, paper: Any) -> Placement:
        """Hand a paper in."""
        return await self._do(planning.add_evidence, AddEvidence(placement_id=one.id, paper=paper))

    async def check(self, one: Placement) -> Placement:
        """Ask the rules."""
        command = RunComplianceCheck(placement_id=one.id, decision_id=new_id("decision"))
        return await self._do(placement.run_compliance_check, command)

    async def approve(self, one: Placement) -> Placement:
        """Approve it."""
        command = ApprovePlacement(
            placement_id=one.id, organization_id=self.college.university, decision_id=new_id("decision")
        )
        return await self._do(placement.approve_placement, command)

    def consents(self, one: Placement, giver: Giver, *, given: bool = True) -> None:
        """Somebody has answered."""
        answered = Consent(
            id=new_id("consent"),
            story=one.story,
            placement_id=one.id,
            student_id=one.student_id,
            university_id=one.university_id,
            supervisor_id=None,
            giver=giver,
            given=given,
            reason=None,
            text_id="ctx_1",
            digest="0" * 64,
            answered_at=midnight(TODAY) + timedelta(hours=9),
        )
        self.college.store.put(TrainingWork.consents.mapping, answered)

    def logs(self, one: Placement, *, reviewed: bool) -> None:
        """The first week's log is written."""
        monday = one.starts_on - timedelta(days=one.starts_on.weekday())
        written = PlacementLog(
            id=log_id_of(one.id, monday),
            story=one.story,
            placement_id=one.id,
            student_id=one.student_id,
            university_id=one.university_id,
            enterprise_id=one.enterprise_id,
            supervisor_id=None,
            monday=monday,
            week="2026-W37",
            days=(LoggedDay(worked_on=one.starts_on, minutes=450),),
            minutes=450,
            text="装配",
            written_on=one.starts_on,
            reviewed_at=datetime.combine(one.starts_on, time(12), tzinfo=midnight(TODAY).tzinfo) if reviewed else None,
            status=LogStatus.REVIEWED if reviewed else LogStatus.SUBMITTED,
        )
        self.college.store.put(TrainingWork.placement_logs.mapping, written)

    def decision(self, one: Placement) -> Decision:
        """What was decided of a placement last."""
        assert one.judgement is not None
        kept = {row["id"]: row["body"] for changes in self.college.store.changes for row in changes.decisions}
        return Decision.from_json(json.dumps(kept[one.judgement.decision_id]))

    async def _do(self, handler: Any, command: object) -> Placement:
        changed: Placement = await self.college.do(handler, command)
        return changed


def papers(one: Placement) -> tuple[Any, ...]:
    """All that is handed in for a placement."""
    return (
        TripartiteAgreement(
            paper=paper(EvidenceKind.TRIPARTITE_AGREEMENT), signed_by=tuple(Signer), on_official_model=True
        ),
        Insurance(
            paper=paper(EvidenceKind.INSURANCE),
            covers_from=one.starts_on,
            covers_to=one.ends_on,
            payer=Payer.SCHOOL,
            deducted_from_pay=False,
        ),
        SafetyTraining(paper=paper(EvidenceKind.SAFETY_TRAINING), trained_on=TODAY, passed=True),
    )


def paper(kind: EvidenceKind, number: str = "2026-001") -> Evidence:
    """A paper of this kind."""
    return Evidence(kind=kind, number=number, issuer="重庆安全职业技术学院", issued_on=TODAY)
