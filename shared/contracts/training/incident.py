"""Incidents of internships: that there was one, of which kind and how grave, never what happened to whom."""

from datetime import date
from typing import Annotated

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Known
from shared.contracts.ids import IncidentId, OrganizationId, PlacementId, StudentId

IncidentKind = Annotated[str, Known("injury", "rights_violation", "leave", "dispute")]
IncidentSeverity = Annotated[str, Known("minor", "serious", "grave")]


class IncidentBody(Body):
    """An incident of an internship. Its text stays inside."""

    incident_id: IncidentId
    placement_id: PlacementId
    student_id: StudentId
    university_id: OrganizationId
    enterprise_id: OrganizationId
    kind: IncidentKind
    severity: IncidentSeverity
    occurred_on: date


@named("training.incident.reported", key="incident_id")
class IncidentReported(IncidentBody, Event):
    """Somebody reported an incident of an internship. Its text stays inside."""


@named("training.incident.state", key="incident_id")
class IncidentState(IncidentBody, State):
    """An incident as it is now: whether somebody has dealt with it."""

    status: Annotated[str, Known("reported", "handled")]
