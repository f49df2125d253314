"""What teachers owe, kept up with the teachers, with verified practice, with leave and with the calendar."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from services.training.domain.faculty.obligation import Obligation
from services.training.domain.faculty.obligations import (
    ObligationKind,
    Standing,
    five_year_standing,
    new_teacher_standing,
    practice_suffices,
)
from services.training.domain.faculty.practice_file import PracticeFile
from services.training.domain.faculty.practice_ledger import PracticeRules
from services.training.domain.kinship import born_of
from services.training.domain.teacher import Teacher
from services.training.handlers.faculty.practice_ledger import files_of, jurisdiction_of_teacher, rules_of_today
from services.training.ports import Work
from shared.rules import Decision, Rule

Kept = Mapping[ObligationKind, Obligation]


async def review_teacher(teacher_id: str, work: Work) -> None:
    """Open what the teacher owes and has not been told yet; look again at what is open."""
    await review_teachers([teacher_id], work)


async def review_teachers(teacher_ids: Collection[str], work: Work) -> None:
    """The same for many teachers at once; what stands as it stood is not written."""
    # Obligations are locked first, always: whoever waits here reads the practice that the other has verified.
    kept = defaultdict[str, dict[ObligationKind, Obligation]](dict)
    for obligation in await work.obligations.where(teacher_id=sorted(teacher_ids)):
        kept[obligation.teacher_id][obligation.obligation_kind] = obligation
    teachers = (await work.known_teachers.known(sorted(teacher_ids))).values()
    for left in (teacher for teacher in teachers if not teacher.is_active):
        _rest(kept[left.id], work)
    rules, active = rules_of_today(work), [teacher for teacher in teachers if teacher.is_active]
    files = await files_of(active, rules, work)
    for teacher in active:
        _Review(teacher=teacher, file=files[teacher.id], rules=rules(teacher)).review(kept[teacher.id], work)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Review:
    """One look at one teacher's practice."""

    teacher: Teacher
    file: PracticeFile
    rules: PracticeRules

    def review(self, kept: Kept, work: Work) -> None:
        ledger = self.file.ledger(self.rules)
        for kind in _owed(self.teacher):
            judge = new_teacher_standing if kind is ObligationKind.NEW_TEACHER else five_year_standing
            standing = judge(ledger, hired_on=self.teacher.hired_on, on=work.context.today)
            if kind in kept:
                self._look_again(kept[kind], standing, work)
            else:
                self._open(standing, work)

    def _open(self, standing: Standing, work: Work) -> None:
        id = born_of(self.teacher.id, "obligation", standing.kind.value)
        opened, facts = Obligation.open(id, teacher=self.teacher, standing=standing)
        work.decide(self._decision(opened, standing))
        work.obligations.add(opened, *facts)

    def _look_again(self, kept: Obligation, standing: Standing, work: Work) -> None:
        reviewed, facts = kept.review(standing)
        if facts:
            work.decide(self._decision(reviewed, standing))
        if reviewed != kept:
            work.obligations.save(reviewed, *facts)

    def _decision(self, obligation: Obligation, standing: Standing) -> Decision:
        rule = self._rule(standing.kind)
        return Decision(
            # The version names the occasion, so that a repeat of it is the same decision.
            id=born_of(obligation.id, "decision", str(obligation.version)),
            subject=obligation.id,
            findings=(practice_suffices(standing, rule),),
            inputs={rule.id: self.file.owed(self.teacher.hired_on).model_dump(mode="json")},
            on=standing.on,
            jurisdiction=jurisdiction_of_teacher(self.teacher),
        )

    def _rule(self, kind: ObligationKind) -> Rule:
        return self.rules.concentrated if kind is ObligationKind.NEW_TEACHER else self.rules.accumulated


def _owed(teacher: Teacher) -> list[ObligationKind]:
    owed = {
        ObligationKind.FIVE_YEAR: teacher.owes_practice,
        ObligationKind.NEW_TEACHER: teacher.owes_first_practice,
    }
    return [kind for kind, is_owed in owed.items() if is_owed]


def _rest(kept: Kept, work: Work) -> None:
    for obligation in kept.values():
        if obligation.review_on is not None:
            work.obligations.save(obligation.rest())
