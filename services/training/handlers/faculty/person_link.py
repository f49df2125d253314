"""What happens when an office says that several entries are one person."""

from collections.abc import Sequence

from services.training.commands.faculty.staffing import LinkPersons, SeparatePerson
from services.training.domain.faculty.person_link import NobodyHere, PersonLink, as_one, require_one_kind
from services.training.ports import Work


async def link_persons(command: LinkPersons, work: Work) -> list[PersonLink]:
    """Make one person of these entries and of whoever they were linked with before."""
    organizations = await _organizations(command.person_ids, work)
    kept = {link.id: link for link in await work.person_links.where(id=sorted(organizations))}
    identities = sorted({link.identity_id for link in kept.values()})
    kept |= {link.id: link for link in await work.person_links.where(identity_id=identities)} if identities else {}
    new = {person: PersonLink.alone(person, home) for person, home in organizations.items() if person not in kept}
    linked = [
        work.person_links.add(link) if link.id in new else work.person_links.save(link)
        for link in as_one([*kept.values(), *new.values()])
    ]
    work.audit("link", linked[0].identity_id, reason=", ".join(sorted(organizations)))
    return linked


async def separate_person(command: SeparatePerson, work: Work) -> PersonLink:
    """Take one entry out; the others stay one person among themselves."""
    link = await work.person_links.get(command.person_id)
    together = await work.person_links.where(identity_id=link.identity_id)
    others = [other for other in together if other.id != link.id]
    for other in as_one(others) if others else ():
        work.person_links.save(other)
    work.audit("separate", link.id)
    return work.person_links.save(link.separate())


async def _organizations(person_ids: Sequence[str], work: Work) -> dict[str, str]:
    """Whose entries these are. Raises `NotOneKind`, `NobodyHere`."""
    wanted = sorted(set(person_ids))
    if require_one_kind(person_ids) == "teacher":
        found = {teacher.id: teacher.university_id for teacher in await work.teachers.where(id=wanted)}
    else:
        found = {technician.id: technician.enterprise_id for technician in await work.technicians.where(id=wanted)}
    if len(found) < len(wanted):
        raise NobodyHere
    return found
