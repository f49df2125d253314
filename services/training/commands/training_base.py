"""What may be asked about training bases. `organization_id` is the caller's."""

from dataclasses import dataclass

from services.training.domain.base_plan import BasePlan, ExceptionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBase:
    """Plan a base of one's own and say which enterprises may take part."""

    base_id: str
    organization_id: str
    invited_ids: tuple[str, ...]
    plan: BasePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEnterpriseParticipation:
    """Say that one's enterprise takes part."""

    base_id: str
    organization_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideSectorRule:
    """Accept that no enterprise of the sector takes part."""

    base_id: str
    organization_id: str | None
    decision_id: str
    approver_role: str
    reason_code: ExceptionReason
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartBuild:
    """Begin to build."""

    base_id: str
    organization_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptBase:
    """Say that what was built is as it should be."""

    base_id: str
    organization_id: str
    decision_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBase:
    """Open an accepted base."""

    base_id: str
    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeBase:
    """Open a suspended base again."""

    base_id: str
    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendBase:
    """Let nobody in for a while."""

    base_id: str
    organization_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBase:
    """End a base for good."""

    base_id: str
    organization_id: str
    reason: str
