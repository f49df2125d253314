"""What happens when an intern asks for leave."""

from services.training.commands.internship.absence import DecideAbsence, RequestAbsence
from services.training.domain.internship.absence import Absence
from services.training.domain.internship.consent import require_intern
from services.training.ports import Work


async def request_absence(command: RequestAbsence, work: Work) -> Absence:
    """Ask for leave from one's own internship."""
    placement = await work.placements.get(command.placement_id)
    require_intern(placement, command.caller_ids)
    absence = Absence.request(command.absence_id, placement=placement, period=command.period, reason=command.reason)
    return work.absences.add(absence)


async def decide_absence(command: DecideAbsence, work: Work) -> Absence:
    """Grant a leave or refuse it. The placement is locked first, as it is where logs are written."""
    absence = await work.absences.get(command.absence_id)
    await work.placements.get(absence.placement_id)
    logs = await work.placement_logs.where(placement_id=absence.placement_id)
    decided = absence.decide(granted=command.granted, by=work.context.actor, logs=logs)
    return work.absences.save(decided)
