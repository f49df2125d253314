"""A university enters what it teaches."""

from services.talent.commands import RegisterProgramme, UpdateProgramme
from services.talent.domain.programme import Programme
from services.talent.ports import Work


async def register_programme(command: RegisterProgramme, work: Work) -> Programme:
    """Enter a new programme."""
    programme, registered = Programme.register(command.programme_id, command.university_id, command.entry)
    work.audit("register_programme", programme.id, organization_id=programme.university_id)
    return work.programmes.add(programme, registered)


async def update_programme(command: UpdateProgramme, work: Work) -> Programme:
    """Replace a programme's entry."""
    programme = await work.programmes.get(command.programme_id)
    programme, updated = programme.update(command.entry)
    work.audit("update_programme", programme.id, organization_id=programme.university_id)
    return work.programmes.save(programme, updated)
