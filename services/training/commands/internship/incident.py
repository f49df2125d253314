"""What may be asked about incidents of internships."""

from dataclasses import dataclass

from services.training.domain.internship.incident import IncidentReport


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIncident:
    """Say what happened."""

    incident_id: str
    placement_id: str
    organization_id: str | None
    report: IncidentReport


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleIncident:
    """Say what was done about it."""

    incident_id: str
    organization_id: str
    handling: str
