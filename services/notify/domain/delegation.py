"""Somebody is away: their tasks are shown for some days to somebody else of the same organisation."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar, Final, Self

from shared.contracts.ids import PREFIXES
from shared.errors import Conflict, Invalid
from shared.kernel.aggregate import Aggregate

LONGEST: Final = timedelta(days=366)
_PERSON: Final = "person:"
_REGISTERED: Final = tuple(f"{PREFIXES[kind]}_" for kind in ("teacher", "student"))


class DelegatedToOneself(Invalid):
    """Whoever is away cannot stand in for themselves."""

    en = "Tasks are handed to another person or role; name one that is not the one who is away."
    zh = "任务须委托给其他人员或岗位，不能委托给本人。"


class DelegatedElsewhere(Invalid):
    """A delegate belongs to the same organisation."""

    en = "Tasks are handed on within one organisation; name a person or role of the same one."
    zh = "任务只能在同一单位内委托，请填写本单位的人员或岗位。"


class DelegateUnknown(Invalid):
    """Teachers and students are known by their registers: an id that is in none is a slip of the pen."""

    en = (
        "No teacher or student with this id is known here; check it. "
        "Whoever was registered just now is known in a minute."
    )
    zh = "未找到该编号的教师或学生，请核对；如刚登记，请一分钟后再试。"


class BadDelegationPeriod(Invalid):
    """A delegation has a beginning and an end, neither of them past nor too far away."""

    en = "A delegation begins today or later, ends on or after its first day, and lasts at most {days} days."
    zh = "委托须自今日或以后开始，结束日不早于开始日，最长 {days} 天。"


class DelegatedTwice(Conflict):
    """One party's tasks are handed to one delegate at a time."""

    en = "These tasks are already handed on in that period; end that delegation first, or choose other days."
    zh = "该期间的任务已委托他人，请先结束原委托或另选日期。"


class DelegationChain(Conflict):
    """A delegate does not pass on what was handed to them."""

    en = "Whoever hands tasks on, or stands in for others, cannot do the other in the same days: there are no chains."
    zh = "同一期间内，委托人不得再受托，受托人不得再转委托。"


class DelegationOver(Conflict):
    """What has ended cannot be ended."""

    en = "This delegation is over; there is nothing left to end."
    zh = "该委托已结束，无需再次结束。"


def is_registered(party: str) -> bool:
    """Whether this is a person of a kind of whom every one is known."""
    return party.removeprefix(_PERSON).startswith(_REGISTERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationPlan:
    """Who is away and who stands in, from the first of these days to the last, both included."""

    from_party: str
    to_party: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Aggregate):
    """One party's tasks shown to another. It hands on sight, not rights: each act still asks for its own role."""

    kind: ClassVar[str] = "delegation"
    organization_id: str
    from_party: str
    to_party: str
    starts_on: date
    ends_on: date
    made_by: str
    ended_on: date | None = None

    @classmethod
    def make(
        cls, id: str, plan: DelegationPlan, *, organization_id: str, others: Iterable["Delegation"], by: str, on: date
    ) -> Self:
        """Hand tasks on for some days; `others` are the delegations that name one of the two."""
        made = cls(
            id=id,
            story=id,
            organization_id=organization_id,
            from_party=plan.from_party,
            to_party=plan.to_party,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            made_by=by,
        )
        if plan.from_party == plan.to_party:
            raise DelegatedToOneself
        if not on <= plan.starts_on <= plan.ends_on <= plan.starts_on + LONGEST:
            raise BadDelegationPeriod(days=LONGEST.days)
        made._require_alone([other for other in others if other.meets(made)])
        return made

    @property
    def owners(self) -> frozenset[str]:
        """The organisation within which tasks are handed on, and the persons among the two."""
        persons = {party.removeprefix(_PERSON) for party in (self.from_party, self.to_party) if _PERSON in party}
        return frozenset({self.organization_id, *persons})

    @property
    def delegate_known(self) -> bool:
        """Whether the delegate stands in a register. Anybody else sees the tasks once they sign in under this id."""
        return not self.to_party.startswith(_PERSON) or is_registered(self.to_party)

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return self.ends_on if self.ended_on is None else min(self.ends_on, self.ended_on - timedelta(days=1))

    def holds_on(self, day: date) -> bool:
        """Whether the tasks are handed on that day."""
        return self.starts_on <= day <= self.last_day

    def meets(self, other: "Delegation") -> bool:
        """Whether both hold on some day."""
        return self.starts_on <= other.last_day and other.starts_on <= self.last_day

    def end(self, *, on: date) -> Self:
        """From this day on it holds no longer; one that has not begun never does."""
        if self.ended_on is not None or self.ends_on < on:
            raise DelegationOver
        return replace(self, ended_on=on)

    def _require_alone(self, others: Iterable["Delegation"]) -> None:
        for other in others:
            if other.from_party == self.from_party:
                raise DelegatedTwice
            if other.to_party == self.from_party or other.from_party == self.to_party:
                raise DelegationChain
