"""The seats that an agreement gives teachers for practice in an enterprise: so many, and no more."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from services.training.domain.agreement import Agreement
from shared.contracts.partnership import TeacherPracticeTerms
from shared.errors import Conflict, Invalid, State
from shared.kernel.aggregate import Aggregate


class NoSeatLeft(Conflict):
    """An agreement gives so many seats and no more."""

    en = "All {seats} seats of the agreement are taken; agree on more with the enterprise."
    zh = "协议的 {seats} 个实践席位已满，请与企业另行商定。"


class SeatsWithdrawn(Conflict):
    """The seats go with the agreement that gave them."""

    en = "The seats were withdrawn with their agreement; plan the practice on another one."
    zh = "实践席位已随协议终止而撤销，请依据其他协议安排。"


class NotNamed(Invalid):
    """Where an agreement names the teachers, its seats are theirs."""

    en = "The agreement names the teachers of its seats, and this teacher is not among them."
    zh = "协议已确定实践教师名单，该教师不在其中。"


class SeatsStatus(State):
    """Whether seats may still be taken."""

    OFFERED = "offered", "可用", "offered"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeSeats(Aggregate):
    """The seats of one agreement. `holder_ids` are the teachers who took one; nobody takes two."""

    kind: ClassVar[str] = "practice_seats"
    agreement_id: str
    party_ids: tuple[str, ...]
    seats: int
    named_ids: tuple[str, ...]
    holder_ids: tuple[str, ...] = ()
    taken: int = 0
    status: SeatsStatus = SeatsStatus.OFFERED

    @classmethod
    def agreed(cls, id: str, *, agreement: Agreement, terms: TeacherPracticeTerms) -> Self:
        """The seats that an agreement on teachers' practice gives."""
        return cls(
            id=id,
            story=agreement.story,
            agreement_id=agreement.id,
            party_ids=agreement.party_ids,
            seats=terms.seats,
            named_ids=tuple(terms.teacher_ids),
        )

    @property
    def owners(self) -> frozenset[str]:
        """The parties of the agreement."""
        return frozenset(self.party_ids)

    def require_open_to(self, teacher_id: str) -> None:
        """Raise what forbids this teacher to plan on these seats."""
        if self.status is SeatsStatus.WITHDRAWN:
            raise SeatsWithdrawn
        if self.named_ids and teacher_id not in self.named_ids:
            raise NotNamed

    def take(self, teacher_id: str) -> Self:
        """Give the teacher a seat, or leave them the one they have. Raises `NoSeatLeft`."""
        self.require_open_to(teacher_id)
        if teacher_id in self.holder_ids:
            return self
        if self.taken >= self.seats:
            raise NoSeatLeft(seats=self.seats)
        return replace(self, holder_ids=(*self.holder_ids, teacher_id), taken=self.taken + 1)

    def withdraw(self) -> Self:
        """Give no more: the agreement was ended."""
        return replace(self, status=SeatsStatus.WITHDRAWN)
