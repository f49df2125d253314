"""Chains and approvals as callers send and see them."""

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.approvals.case import ApprovalCase
from shared.approvals.chain import ApprovalChain
from shared.approvals.step import Step, Verdict
from shared.contracts.fields import Code, Instant

_MOST_STEPS: Final = 10
_Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
_StepName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")
]
_PersonId = Annotated[str, StringConstraints(pattern=r"^(per|tch|tec)_[0-9A-HJKMNP-TV-Z]{26}$")]
_Role = Literal[
    "university_coop_office",
    "university_academic_office",
    "university_hr",
    "council_member",
    "teacher",
    "enterprise_admin",
    "enterprise_mentor",
    "base_operator",
]


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class StepBody(_Body):
    """A step: what it is called, and who does it. With `person_id` that person alone, in that role."""

    name_zh: _StepName
    name_en: _StepName | None = None
    role: _Role
    person_id: _PersonId | None = None

    @property
    def step(self) -> Step:
        """The step as the domain has it."""
        return Step(**dict(self))


class ChainBody(_Body):
    """The steps in their order, and why. Unless `several_steps`, nobody decides more than one of them."""

    steps: Annotated[tuple[StepBody, ...], Field(min_length=1, max_length=_MOST_STEPS)]
    several_steps: bool = False
    reason: _Reason

    @property
    def in_order(self) -> tuple[Step, ...]:
        """The steps as the domain has them."""
        return tuple(step.step for step in self.steps)


class NewChainBody(ChainBody):
    """The steps that one's organisation puts in front of an act."""

    act: Code


class EndBody(_Body):
    """Why the act is to be done without approvals again."""

    reason: _Reason


class AskBody(_Body):
    """The act that is to be done, and on which object."""

    act: Code
    object_id: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,8}_[0-9A-HJKMNP-TV-Z]{26}$")]


class DecisionBody(_Body):
    """What is decided at which step. A refusal has a reason."""

    step: Annotated[int, Field(ge=1, le=_MOST_STEPS)]
    verdict: Verdict
    reason: _Reason | None = None


class StepView(_View):
    """A step."""

    name_zh: str
    name_en: str | None
    role: str
    person_id: str | None


class StepDecisionView(_View):
    """What was said at a step."""

    step: int
    verdict: str
    decided_by: str
    decided_at: Instant
    reason: str | None


class ApprovalChainView(_View):
    """The chain of an organisation for an act."""

    id: str
    organization_id: str
    act: str
    steps: list[StepView]
    several_steps: bool
    in_force: bool
    version: int

    @classmethod
    def of(cls, chain: ApprovalChain) -> Self:
        """The view of a chain."""
        return cls.model_validate(chain)


class ApprovalView(_View):
    """An approval: of which act on what, how far it has come, and what was said. `turn` is whom it waits for."""

    id: str
    organization_id: str
    act: str
    about: str
    mark: str
    chain_id: str
    chain_version: int
    steps: list[StepView]
    several_steps: bool
    step: int
    turn: str | None
    decisions: list[StepDecisionView]
    asked_by: str
    asked_at: Instant
    cause: str | None
    status: str
    version: int

    @classmethod
    def of(cls, case: ApprovalCase) -> Self:
        """The view of an approval."""
        return cls.model_validate(case)
