"""Technicians of enterprises who teach at universities, by reference."""

from datetime import date
from typing import Annotated

from shared.contracts.event import Body, Event, named
from shared.contracts.fields import Count, Known
from shared.contracts.ids import EngagementId, OrganizationId, TechnicianId


class EngagementBody(Body):
    """A technician's engagement at a university, by reference; whole hours, rounded down."""

    engagement_id: EngagementId
    technician_id: TechnicianId
    enterprise_id: OrganizationId
    university_id: OrganizationId
    kind: Annotated[str, Known("industry_teacher_special_post", "mobile_post", "part_time", "lecture")]
    starts_on: date
    ends_on: date
    hours_planned: Count


@named("training.technician.engaged", key="engagement_id")
class TechnicianEngaged(EngagementBody, Event):
    """A technician begins to teach at a university."""


@named("training.technician.engagement_completed", key="engagement_id")
class TechnicianEngagementCompleted(EngagementBody, Event):
    """A technician's engagement is over, in time or early, with so many hours done."""

    hours_done: Count
    ended_early: bool
