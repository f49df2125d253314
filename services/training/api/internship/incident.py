"""Incidents of internships over HTTP: the report, the register, and what was done."""

from datetime import date
from typing import Final, Self

from services.training.api.access import WIDE
from services.training.api.view import Body, Day, Sentence, View
from services.training.commands.internship.incident import HandleIncident, ReportIncident
from services.training.domain.internship.incident import (
    Incident,
    IncidentKind,
    IncidentReport,
    IncidentStatus,
    Severity,
)
from services.training.domain.internship.placement import Placement
from services.training.handlers.internship import incident as handlers
from shared.contracts.fields import Instant
from shared.contracts.ids import IncidentId, OrganizationId, PlacementId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn

router: Final = AccessRouter(tags=["internship papers"])
_REPORT: Final = allow("student", "teacher", "university_coop_office", "enterprise_mentor", scope=None)
_READ: Final = allow(
    "student", "teacher", "university_coop_office", "enterprise_admin", "enterprise_mentor", scope=None
)
_REGISTER: Final = allow(
    "student",
    "teacher",
    "university_coop_office",
    "enterprise_admin",
    "enterprise_mentor",
    scope=None,
    alliance_wide=WIDE,
)


class IncidentBody(Body):
    """What happened, when, and how grave it is."""

    kind: IncidentKind
    severity: Severity
    occurred_on: Day
    text: Sentence

    @property
    def report(self) -> IncidentReport:
        """The report as the domain has it."""
        return IncidentReport(
            incident_kind=self.kind, severity=self.severity, occurred_on=self.occurred_on, text=self.text
        )


class HandlingBody(Body):
    """What was done about an incident."""

    handling: Sentence


class IncidentLine(View):
    """An incident in the register: that it was, and whether it is handled. What happened stands in the incident."""

    id: str
    placement_id: str
    university_id: str
    enterprise_id: str
    kind: str
    severity: str
    occurred_on: date
    reported_at: Instant
    handled_at: Instant | None
    days_to_handling: int | None
    status: str
    version: int

    @classmethod
    def of_incident(cls, incident: Incident) -> Self:
        """The line of an incident."""
        same = {name: getattr(incident, name) for name in cls.model_fields if name != "kind"}
        return cls.model_validate({**same, "kind": incident.incident_kind.value})


class IncidentView(IncidentLine):
    """An incident as those see it whom it concerns."""

    student_id: str
    text: str
    handling: str | None


@router.post("/v1/placements/{placement_id}/incidents", status_code=201, access=_REPORT)
async def report_incident(placement_id: PlacementId, body: IncidentBody, edge: EdgeIn) -> IncidentView:
    """Report an incident. One about the enterprise's own conduct is not shown to the enterprise."""
    command = ReportIncident(
        incident_id=new_id("incident"),
        placement_id=placement_id,
        organization_id=edge.who.organization_id,
        report=body.report,
    )
    return await edge.act(
        handlers.report_incident,
        command,
        on=(Placement, placement_id),
        answer=IncidentView.of_incident,
        location="/v1/incidents/{id}",
    )


@router.post("/v1/incidents/{incident_id}/handling", access=allow("teacher", "university_coop_office", scope=None))
async def handle_incident(incident_id: IncidentId, body: HandlingBody, edge: EdgeIn) -> IncidentView:
    """Say what was done; the incident is closed by that."""
    command = HandleIncident(incident_id=incident_id, organization_id=edge.organization_id, handling=body.handling)
    return await edge.act(
        handlers.handle_incident, command, on=(Incident, incident_id), answer=IncidentView.of_incident
    )


@router.get("/v1/incidents/{incident_id}", access=_READ)
async def incident(incident_id: IncidentId, edge: EdgeIn) -> IncidentView:
    """One incident."""
    return await edge.show(Incident, incident_id, IncidentView.of_incident)


@router.get("/v1/incidents", access=_REGISTER)
async def incidents(
    edge: EdgeIn,
    page: PageIn,
    *,
    placement_id: PlacementId | None = None,
    university_id: OrganizationId | None = None,
    enterprise_id: OrganizationId | None = None,
    kind: IncidentKind | None = None,
    severity: Severity | None = None,
    status: IncidentStatus | None = None,
) -> Page[IncidentLine]:
    """The register of the incidents that one may see."""
    return await edge.page(
        Incident,
        page,
        IncidentLine.of_incident,
        placement_id=placement_id,
        university_id=university_id,
        enterprise_id=enterprise_id,
        incident_kind=kind,
        severity=severity,
        status=status,
    )
