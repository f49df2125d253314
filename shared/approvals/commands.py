"""What may be asked of approvals, in the imperative. Ids are made by whoever asks; `parties` are all that they are."""

from dataclasses import dataclass

from shared.approvals.act import Approvable
from shared.approvals.step import Step, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpChain:
    """Put steps in front of an act."""

    organization_id: str
    act: str
    steps: tuple[Step, ...]
    several_steps: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeChain:
    """Put other steps in front of it."""

    chain_id: str
    steps: tuple[Step, ...]
    several_steps: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndChain:
    """Let an act be done without approvals again."""

    chain_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskApproval:
    """Ask one's organisation to let an act be done on a thing."""

    approval_id: str
    approvable: Approvable
    object_id: str
    organization_id: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideStep:
    """Approve or refuse at a step."""

    approval_id: str
    step: int
    verdict: Verdict
    parties: frozenset[str]
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawApproval:
    """Ask for it no more."""

    approval_id: str
    organization_id: str
