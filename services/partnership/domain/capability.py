"""What an organisation offers to others: the mirror of a need."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.partnership.domain.period import require_in_order
from shared.contracts.partnership import CapabilityPublished, CapabilityState, CapabilityWithdrawn, Skill
from shared.errors import Conflict, State
from shared.kernel.aggregate import Aggregate


class CapabilityGone(Conflict):
    """What was withdrawn stays withdrawn."""

    en = "The offer was withdrawn already; publish a new one if it holds again."
    zh = "该能力已撤回；如仍可提供，请重新发布。"


class CapabilityStatus(State):
    """Whether an offer stands."""

    PUBLISHED = "published", "已发布", "published"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What is offered, from when to when; `kind` is the kind of need that it answers."""

    kind: str
    programme_ids: tuple[str, ...]
    base_ids: tuple[str, ...]
    teacher_ids: tuple[str, ...]
    capacity: int
    starts_on: date
    ends_on: date
    skills: tuple[Skill, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability(Aggregate):
    """An offer that stands until it is withdrawn."""

    kind: ClassVar[str] = "capability"
    visibility: ClassVar[str] = "alliance"
    organization_id: str
    capability_kind: str
    programme_ids: tuple[str, ...]
    base_ids: tuple[str, ...]
    teacher_ids: tuple[str, ...]
    capacity: int
    starts_on: date
    ends_on: date
    skills: tuple[Skill, ...]
    status: CapabilityStatus

    @classmethod
    def publish(cls, id: str, organization_id: str, offer: Offer) -> tuple[Self, CapabilityPublished]:
        """Offer something to the alliance."""
        require_in_order(offer.starts_on, offer.ends_on)
        published = cls(
            id=id,
            story=id,
            organization_id=organization_id,
            capability_kind=offer.kind,
            programme_ids=offer.programme_ids,
            base_ids=offer.base_ids,
            teacher_ids=offer.teacher_ids,
            capacity=offer.capacity,
            starts_on=offer.starts_on,
            ends_on=offer.ends_on,
            skills=offer.skills,
            status=CapabilityStatus.PUBLISHED,
        )
        return published, CapabilityPublished.model_validate(published._told())

    @property
    def owners(self) -> frozenset[str]:
        """The organisation that offers it."""
        return frozenset({self.organization_id})

    def withdraw(self) -> tuple[Self, CapabilityWithdrawn]:
        """Offer it no longer."""
        if self.status is CapabilityStatus.WITHDRAWN:
            raise CapabilityGone
        withdrawn = replace(self, status=CapabilityStatus.WITHDRAWN)
        return withdrawn, CapabilityWithdrawn(capability_id=self.id, organization_id=self.organization_id)

    def state(self) -> CapabilityState:
        """The offer as it is now."""
        return CapabilityState.model_validate({**self._told(), "status": self.status.value, "version": self.version})

    def _told(self) -> dict[str, object]:
        return {
            "capability_id": self.id,
            "organization_id": self.organization_id,
            "kind": self.capability_kind,
            "programme_ids": self.programme_ids,
            "base_ids": self.base_ids,
            "teacher_ids": self.teacher_ids,
            "capacity": self.capacity,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "skills": self.skills,
        }
