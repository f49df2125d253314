"""A student with an account in the credit bank, for tests: each step from learning to credits in one line."""

from typing import Any

from services.training.commands.cohort import EnrolStudents, FormCohort, OpenIntake, StartCohort
from services.training.commands.credit import (
    ApproveConversion,
    OpenAccount,
    ProposeConversion,
    RecogniseOutcome,
    RegisterOutcome,
    ReverseConversion,
    ReviewConversion,
)
from services.training.domain.account import (
    CreditAccount,
)
from services.training.domain.kinship import born_of
from services.training.domain.outcome import Outcome, OutcomeKind
from services.training.handlers import account, cohort, conversion, outcome
from shared.contracts.ids import new_id
from tests.unit.training.college import College, class_terms


class Learner:
    """A student in a running class, with an account."""

    def __init__(self, college: College, student_id: str, cohort_id: str, account_id: str) -> None:
        self.college = college
        self.student_id = student_id
        self.cohort_id = cohort_id
        self.account_id = account_id

    async def register(self, course: str = "C-1", *, hours: int = 68, evidence_id: str | None = None) -> Outcome:
        command = RegisterOutcome(
            outcome_id=new_id("outcome"),
            account_id=self.account_id,
            outcome_kind=OutcomeKind.ACADEMIC_COURSE,
            hours=hours,
            evidence_id=evidence_id or self.cohort_id,
            course=course,
        )
        registered: Outcome = await self.college.do(outcome.register_outcome, command)
        return registered

    async def learn(self, course: str = "C-1", *, hours: int = 68) -> Outcome:
        """Register and recognise."""
        registered = await self.register(course, hours=hours)
        command = RecogniseOutcome(outcome_id=registered.id, decision_id=new_id("decision"))
        recognised: Outcome = await self.college.do(outcome.recognise_outcome, command)
        return recognised

    async def propose(
        self, *wanted: tuple[str, int | None], programme_id: str | None = None, course: str | None = None
    ) -> str:
        conversion_id = new_id("conversion")
        command = ProposeConversion(
            conversion_id=conversion_id,
            account_id=self.account_id,
            wanted=wanted,
            target_programme_id=programme_id or self.college.programme,
            target_course=course,
        )
        await self.college.do(conversion.propose_conversion, command)
        return conversion_id

    async def approve(self, conversion_id: str) -> Any:
        await self.college.do(conversion.review_conversion, ReviewConversion(conversion_id=conversion_id))
        command = ApproveConversion(conversion_id=conversion_id, decision_id=new_id("decision"))
        return await self.college.do(conversion.approve_conversion, command)

    async def reverse(self, conversion_id: str) -> Any:
        command = ReverseConversion(
            conversion_id=conversion_id, organization_id=self.college.university, reason="entered in error"
        )
        return await self.college.do(conversion.reverse_conversion, command)

    async def balance(self) -> int:
        kept: CreditAccount = await self.college.read("accounts", self.account_id)
        return kept.balance

    @property
    def ledger(self) -> list[int]:
        """The amounts of the account's entries, in their order."""
        rows = self.college.store.rows.get("ledger_entry", {}).values()
        return [row["half_credits"] for row in sorted(rows, key=lambda row: row["number"])]


async def enrolled_learner(college: College) -> Learner:
    """A student in a running class, with an account."""
    (student_id,) = await college.students(1)
    agreement_id = await college.signed("order_class", class_terms(college.programme, 12))
    cohort_id = born_of(agreement_id, "cohort")
    await college.do(cohort.open_intake, OpenIntake(cohort_id=cohort_id))
    await college.do(cohort.enrol_students, EnrolStudents(cohort_id=cohort_id, student_ids=(student_id,)))
    await college.do(cohort.form_cohort, FormCohort(cohort_id=cohort_id))
    await college.do(cohort.start_cohort, StartCohort(cohort_id=cohort_id))
    opened = await college.do(account.open_account, OpenAccount(account_id=new_id("account"), student_id=student_id))
    return Learner(college, student_id, cohort_id, opened.id)
