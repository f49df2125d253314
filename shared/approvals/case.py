"""One approval: asked for, decided step by step, used up by the act, or void once it is about what is no more."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final, Self

from shared.approvals.act import Approvable
from shared.approvals.chain import ApprovalChain
from shared.approvals.refusals import (
    ApprovalOver,
    DecidedBefore,
    NotYourStep,
    OwnRequest,
    ReasonMissing,
    StepOver,
)
from shared.approvals.step import Step, StepDecision, Verdict, human
from shared.contracts.approval import ApprovalStateBody
from shared.contracts.event import Event
from shared.documents.signing.parties import role_in
from shared.documents.wire import body_of
from shared.errors import State
from shared.kernel.aggregate import Aggregate
from shared.words import Role, word_of


class ApprovalStatus(State):
    """How far an approval has come."""

    OPEN = "open", "审批中", "open"
    APPROVED = "approved", "已通过", "approved"
    REFUSED = "refused", "未通过", "refused"
    VOID = "void", "已失效", "void"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    USED = "used", "已办理", "used up"


class Cause(StrEnum):
    """Why an approval counts no more."""

    OBJECT_CHANGED = "object_changed"
    ACT_OVER = "act_over"
    CHAIN_ENDED = "chain_ended"
    WITHDRAWN = "withdrawn"


LIVE: Final = (ApprovalStatus.OPEN, ApprovalStatus.APPROVED)
"""What still counts, or may come to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For whom, on what and by whom an approval is asked for."""

    service: str
    organization_id: str
    approvable: Approvable
    thing: Aggregate
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalCase(Aggregate):
    """An approval of one act on one thing, as the thing is by its `mark`, over the steps that its chain had then.

    `standing` names organisation, act, thing and mark while it is live: there is one at a time.
    """

    kind: ClassVar[str] = "approval"
    service: str
    organization_id: str
    act: str
    about: str
    mark: str
    chain_id: str
    chain_version: int
    steps: tuple[Step, ...]
    several_steps: bool
    asked_by: str
    asked_at: datetime
    decisions: tuple[StepDecision, ...] = ()
    cause: Cause | None = None
    status: ApprovalStatus = ApprovalStatus.OPEN
    standing: str | None

    @classmethod
    def ask(cls, id: str, asked: Asked, chain: ApprovalChain) -> tuple[Self, Event]:
        """Ask the organisation to let the act be done."""
        act, about, mark = asked.approvable.act, asked.thing.id, asked.approvable.mark(asked.thing)
        case = cls(
            id=id,
            story=asked.thing.story,
            service=asked.service,
            organization_id=asked.organization_id,
            act=act,
            about=about,
            mark=mark,
            chain_id=chain.id,
            chain_version=chain.version,
            steps=chain.steps,
            several_steps=chain.several_steps,
            asked_by=asked.by,
            asked_at=asked.at,
            standing=standing_of(asked.organization_id, act, about, mark),
        )
        return case, case._fact("requested")

    @property
    def owners(self) -> frozenset[str]:
        """The organisation, and the people whom its steps name."""
        return frozenset({self.organization_id, *(step.person_id for step in self.steps if step.person_id)})

    @property
    def is_live(self) -> bool:
        """Whether it still counts, or may come to."""
        return self.status in LIVE

    @property
    def step(self) -> int:
        """The step at which it is, or was when it ended; the first is 1."""
        return min(len(self.decisions) + (self.status is not ApprovalStatus.REFUSED), len(self.steps))

    @property
    def turn(self) -> str | None:
        """Whom it waits for, while it is open."""
        return self._now.party(self.organization_id) if self.status is ApprovalStatus.OPEN else None

    @property
    def _now(self) -> Step:
        return self.steps[self.step - 1]

    def decide(
        self, step: int, verdict: Verdict, *, by: str, parties: Collection[str], at: datetime, reason: str | None
    ) -> tuple[Self, tuple[Event, ...]]:
        """Approve or refuse at the step at which it is. The last approval approves it, a refusal ends it."""
        self._require_turn(step, by, parties)
        if verdict is Verdict.REFUSED and reason is None:
            raise ReasonMissing
        said = StepDecision(step=step, verdict=verdict, decided_by=by, decided_at=at, reason=reason)
        one_more = replace(self, decisions=(*self.decisions, said))
        if verdict is Verdict.REFUSED:
            return one_more._conclude(ApprovalStatus.REFUSED, said)
        if len(one_more.decisions) == len(self.steps):
            return one_more._conclude(ApprovalStatus.APPROVED, said)
        return one_more, (one_more._said(said),)

    def withdraw(self) -> tuple[Self, Event]:
        """Ask for it no more."""
        if not self.is_live:
            raise ApprovalOver(status=self.status)
        return self._end(ApprovalStatus.WITHDRAWN, Cause.WITHDRAWN)

    def void(self, cause: Cause) -> tuple[Self, Event]:
        """Let it count no more."""
        return self._end(ApprovalStatus.VOID, cause)

    def use(self) -> Self:
        """The act is done: it has served."""
        return replace(self, status=ApprovalStatus.USED, standing=None)

    def state(self) -> ApprovalStateBody:
        """The approval as it is now."""
        now = {"status": self.status.value, "version": self.version}
        return body_of(self.service, "approval.state", ApprovalStateBody).model_validate(self._told() | now)

    def _require_turn(self, step: int, by: str, parties: Collection[str]) -> None:
        if self.status is not ApprovalStatus.OPEN:
            raise ApprovalOver(status=self.status)
        if step != self.step:
            raise StepOver(step=self.step, name=self._now.name)
        if not self._now.is_for(parties, self.organization_id):
            raise NotYourStep(role=word_of(Role, self._now.role), name=self._now.name)
        if human(by) == human(self.asked_by):
            raise OwnRequest
        if not self.several_steps and any(human(by) == human(said.decided_by) for said in self.decisions):
            raise DecidedBefore

    def _conclude(self, status: ApprovalStatus, said: StepDecision) -> tuple[Self, tuple[Event, ...]]:
        standing = self.standing if status is ApprovalStatus.APPROVED else None
        decided = replace(self, status=status, standing=standing)
        return decided, (decided._said(said), decided._fact("decided", outcome=status.value))

    def _end(self, status: ApprovalStatus, cause: Cause) -> tuple[Self, Event]:
        ended = replace(self, status=status, cause=cause, standing=None)
        return ended, ended._fact("voided", cause=cause.value)

    def _said(self, said: StepDecision) -> Event:
        return self._fact("step_decided", decided_step=said.step, verdict=said.verdict.value)

    def _fact(self, fact: str, **told: object) -> Event:
        return body_of(self.service, f"approval.{fact}", Event).model_validate(self._told() | told)

    def _told(self) -> dict[str, object]:
        return {
            "approval_id": self.id,
            "organization_id": self.organization_id,
            "act": self.act,
            "about_id": self.about,
            "asker_party": role_in(self.asked_by.partition(":")[0], self.organization_id),
            "step": self.step,
            "steps": len(self.steps),
            "asked_parties": [self.turn] if self.turn else [],
        }


def standing_of(organization_id: str, act: str, about: str, mark: str) -> str:
    """What two live approvals of one act on one thing, as it is now, would have in common."""
    return f"{organization_id}:{act}:{about}:{mark}"
