"""What a teacher owes, kept up with the teacher, with verified practice, and with the calendar."""

from dataclasses import dataclass

from services.training.domain.kinship import born_of
from services.training.domain.obligation import Obligation
from services.training.domain.obligations import (
    ObligationKind,
    Standing,
    five_year_standing,
    new_teacher_standing,
    practice_suffices,
)
from services.training.domain.practice_ledger import PracticeLedger
from services.training.domain.teacher import Teacher
from services.training.handlers.practice_ledger import jurisdiction_of_teacher, ledger_of
from services.training.ports import Work
from shared.rules import Decision, Rule


async def review_teacher(teacher_id: str, work: Work) -> None:
    """Open what the teacher owes and has not been told yet; look again at what is open."""
    # Obligations are locked first, always: whoever waits here reads the practice that the other has verified.
    kept = {
        obligation.obligation_kind: obligation for obligation in await work.obligations.where(teacher_id=teacher_id)
    }
    teacher = await work.teachers.get(teacher_id)
    if not teacher.is_active:
        _rest(list(kept.values()), work)
        return
    review = _Review(teacher=teacher, ledger=await ledger_of(teacher, work))
    for kind in _owed(teacher):
        if kind in kept:
            review.look_again(kept[kind], work)
        else:
            review.open(kind, work)


async def review_obligation(obligation_id: str, work: Work) -> None:
    """Move the clock of one obligation, and with it those of the same teacher."""
    obligation = await work.obligations.get(obligation_id)
    await review_teacher(obligation.teacher_id, work)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Review:
    """One look at one teacher's practice."""

    teacher: Teacher
    ledger: PracticeLedger

    def open(self, kind: ObligationKind, work: Work) -> None:
        standing = self._standing(kind, work)
        opened, facts = Obligation.open(
            born_of(self.teacher.id, "obligation", kind.value),
            teacher=self.teacher,
            standing=standing,
            margin_days=self._rule(kind).number("margin_days"),
        )
        work.decide(self._decision(opened, standing))
        work.obligations.add(opened, *facts)

    def look_again(self, kept: Obligation, work: Work) -> None:
        kind = kept.obligation_kind
        standing = self._standing(kind, work)
        reviewed, facts = kept.review(standing, margin_days=self._rule(kind).number("margin_days"))
        if facts:
            work.decide(self._decision(reviewed, standing))
        if reviewed != kept:
            work.obligations.save(reviewed, *facts)

    def _standing(self, kind: ObligationKind, work: Work) -> Standing:
        judge = new_teacher_standing if kind is ObligationKind.NEW_TEACHER else five_year_standing
        return judge(self.ledger, hired_on=self.teacher.hired_on, on=work.context.today)

    def _rule(self, kind: ObligationKind) -> Rule:
        rules = self.ledger.rules
        return rules.concentrated if kind is ObligationKind.NEW_TEACHER else rules.accumulated

    def _decision(self, obligation: Obligation, standing: Standing) -> Decision:
        return Decision(
            # The version names the occasion, so that a repeat of it is the same decision.
            id=born_of(obligation.id, "decision", str(obligation.version)),
            subject=obligation.id,
            findings=(practice_suffices(standing, self._rule(standing.kind)),),
            inputs={
                "hired_on": self.teacher.hired_on.isoformat(),
                "done_days": standing.done_days,
                "missing_days": standing.missing_days,
                "due_on": standing.due_on.isoformat(),
            },
            on=standing.on,
            jurisdiction=jurisdiction_of_teacher(self.teacher),
        )


def _owed(teacher: Teacher) -> list[ObligationKind]:
    owed = {
        ObligationKind.FIVE_YEAR: teacher.owes_practice,
        ObligationKind.NEW_TEACHER: teacher.owes_first_practice,
    }
    return [kind for kind, is_owed in owed.items() if is_owed]


def _rest(obligations: list[Obligation], work: Work) -> None:
    for obligation in obligations:
        if obligation.review_on is not None:
            work.obligations.save(obligation.rest())
