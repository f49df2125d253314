"""The weekly logs of internships: only that one is missing or has come is told, never what stands in them."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Event, named
from shared.contracts.fields import Count
from shared.contracts.ids import OrganizationId, PlacementId, StudentId, TeacherId


@named("training.placement.log_overdue", key="placement_id")
class PlacementLogOverdue(Event):
    """No log was written in time of a week of an internship; told once per week.

    `week_no` counts the weeks from Monday in which the internship lies, from 1; `week_starts_on` is that week's Monday.
    `due_on` was the last day on which the log was in time, and `days_late` is counted from it to the telling.
    """

    placement_id: PlacementId
    student_id: StudentId
    university_id: OrganizationId
    enterprise_id: OrganizationId
    supervisor_id: TeacherId | None = None
    week_no: Annotated[int, Field(ge=1, le=1000)]
    week_starts_on: date
    due_on: date
    days_late: Count


@named("training.placement.log_received", key="placement_id")
class PlacementLogReceived(Event):
    """The log of a week was written after it was due: it is no longer missing."""

    placement_id: PlacementId
    student_id: StudentId
    university_id: OrganizationId
    enterprise_id: OrganizationId
    week_starts_on: date
    received_on: date
