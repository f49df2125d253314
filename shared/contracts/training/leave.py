"""Statutory leave of teachers, by which the time for their practice is extended. Why somebody is away stays inside."""

from datetime import date

from shared.contracts.event import Body, Event, named
from shared.contracts.ids import LeaveId, OrganizationId, TeacherId


class LeaveBody(Body):
    """A teacher's leave, both ends included; never its kind."""

    leave_id: LeaveId
    teacher_id: TeacherId
    university_id: OrganizationId
    starts_on: date
    ends_on: date


@named("training.leave.recorded", key="leave_id")
class LeaveRecorded(LeaveBody, Event):
    """A university recorded a teacher's leave."""


@named("training.leave.cancelled", key="leave_id")
class LeaveCancelled(LeaveBody, Event):
    """The record was taken back: no such leave was taken."""
