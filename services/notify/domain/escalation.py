"""One thing that is owed on its way up a ladder of reminders: each step is raised once, until nothing is owed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.notify.domain.derived_id import derived_id
from services.notify.domain.ladder import Ladder, Step
from shared.contracts.notify import EscalationRaised
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a ladder is begun for, and which party each of its roles is. `week_no` and `occasion` tell logs apart."""

    ladder: str
    subject: str
    owed_by: str
    due_on: date
    parties: dict[str, str]
    obligation_kind: str | None = None
    week_no: int | None = None
    occasion: str = ""

    @property
    def id(self) -> str:
        """The id that follows from what is owed: whoever begins it again names the same row."""
        return escalation_id(self.ladder, self.subject, self.occasion)


@dataclass(frozen=True, slots=True)
class Term:
    """How long something lasts, as its state says: an obligation until it is met, a teacher until they leave."""

    id: str
    version: int
    lasts: bool
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Erased:
    """What a table held of another service's state until a tombstone took it away."""

    table_name: str
    id: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation(Aggregate):
    """How far one thing has come on its ladder. `taken` steps are behind it; `next_on` is None when it is over."""

    kind: ClassVar[str] = "escalation"
    ladder: str
    subject: str
    owed_by: str
    obligation_kind: str | None
    week_no: int | None
    due_on: date
    parties: dict[str, str]
    taken: int
    next_on: date | None

    @classmethod
    def begin(cls, owed: Owed, ladder: Ladder, *, on: date, story: str) -> Self:
        """From now on reminders follow."""
        begun = cls(
            id=owed.id,
            story=story,
            ladder=owed.ladder,
            subject=owed.subject,
            owed_by=owed.owed_by,
            obligation_kind=owed.obligation_kind,
            week_no=owed.week_no,
            due_on=owed.due_on,
            parties=owed.parties,
            taken=0,
            next_on=None,
        )
        return begun._placed(ladder, on)

    def again(self, owed: Owed, ladder: Ladder, *, on: date) -> Self:
        """It is owed as before, or once more: a step that was taken for the same day is not taken again."""
        told = replace(self, parties=owed.parties)
        if told.due_on != owed.due_on:
            return told.due(owed.due_on, ladder, on=on)
        return told if self.next_on is not None else told._placed(ladder, on)

    def due(self, due_on: date, ladder: Ladder, *, on: date) -> Self:
        """It is due on this day instead; its steps are counted from there."""
        return self if due_on == self.due_on else replace(self, due_on=due_on, taken=0)._placed(ladder, on)

    def end(self) -> Self:
        """Nothing is owed any more."""
        return replace(self, next_on=None)

    def as_of(self, terms: Iterable[Term], ladder: Ladder, *, on: date) -> Self:
        """What the states of its subject and of whoever owes it make of it."""
        known = {term.id: term for term in terms}
        if not all(term.lasts for term in known.values()):
            return self.end()
        subject = known.get(self.subject)
        return self if subject is None or subject.due_on is None else self.due(subject.due_on, ladder, on=on)

    def climb(self, ladder: Ladder, *, on: date) -> tuple[Self, tuple[EscalationRaised, ...]]:
        """Take the steps whose day has come.

        A step is taken in silence if it names nobody, or only those whom a later one names that has come as well.
        """
        if self.next_on is None or self.next_on > on:
            return self, ()
        reached = max(self.taken, ladder.first_after(self.due_on, on))
        places = (place for place in range(self.taken, reached) if not ladder.is_contained(place, reached))
        raised = (self._raised(place, ladder.steps[place], on) for place in places)
        climbed = replace(self, taken=reached, next_on=ladder.day_of(reached, self.due_on))
        return climbed, tuple(fact for fact in raised if fact is not None)

    def _placed(self, ladder: Ladder, on: date) -> Self:
        missed = ladder.first_after(self.due_on, on) if ladder.missed == "skipped" else 0
        taken = max(self.taken, missed)
        return replace(self, taken=taken, next_on=ladder.day_of(taken, self.due_on))

    def _raised(self, place: int, step: Step, on: date) -> EscalationRaised | None:
        addressees = [self.parties[role] for role in step.to if role in self.parties]
        if not addressees:
            return None
        return EscalationRaised(
            escalation_id=self.id,
            ladder=self.ladder,
            subject_id=self.subject,
            owed_by_id=self.owed_by,
            obligation_kind=self.obligation_kind,
            week_no=self.week_no,
            due_on=self.due_on,
            days=(on - self.due_on).days,
            step=place + 1,
            level=step.level,
            addressees=addressees,
        )


def escalation_id(ladder: str, subject: str, occasion: str = "") -> str:
    """The id that follows from a ladder and what is climbing it."""
    return derived_id("escalation", ladder, subject, occasion)
