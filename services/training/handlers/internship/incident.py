"""What happens when an incident of an internship is reported and handled."""

from services.training.commands.internship.incident import HandleIncident, ReportIncident
from services.training.domain.internship.incident import Incident
from services.training.ports import Work


async def report_incident(command: ReportIncident, work: Work) -> Incident:
    """Write down what happened, and tell that something did."""
    placement = await work.placements.get(command.placement_id)
    incident, reported = Incident.of(
        command.incident_id,
        placement=placement,
        report=command.report,
        reporter=work.context.actor,
        at=work.context.now,
    )
    work.audit("incident.reported", incident.id, organization_id=command.organization_id)
    return work.incidents.add(incident, reported)


async def handle_incident(command: HandleIncident, work: Work) -> Incident:
    """Write down what was done about it."""
    incident = await work.incidents.get(command.incident_id)
    handled = incident.handle(handling=command.handling, by=work.context.actor, at=work.context.now)
    work.audit("incident.handled", handled.id, organization_id=command.organization_id)
    return work.incidents.save(handled)
