"""What organisations offer to others."""

from datetime import date
from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Count, Known
from shared.contracts.ids import BaseId, CapabilityId, OrganizationId, ProgrammeId, TeacherId
from shared.contracts.partnership.need import NeedKind
from shared.contracts.partnership.skill import Skill


class CapabilityBody(Body):
    """What an organisation offers."""

    capability_id: CapabilityId
    organization_id: OrganizationId
    kind: NeedKind
    programme_ids: list[ProgrammeId] = []
    base_ids: list[BaseId] = []
    teacher_ids: list[TeacherId] = []
    capacity: Count
    starts_on: date
    ends_on: date
    skills: list[Skill] = []


@named("partnership.capability.published", key="capability_id")
class CapabilityPublished(CapabilityBody, Event):
    """An organisation published what it can do for others."""


@named("partnership.capability.withdrawn", key="capability_id")
class CapabilityWithdrawn(Event):
    """An organisation no longer offers it."""

    capability_id: CapabilityId
    organization_id: OrganizationId


@named("partnership.capability.state", key="capability_id")
class CapabilityState(CapabilityBody, State):
    """An offer as it is now."""

    status: Annotated[str, Known("published", "withdrawn")]
