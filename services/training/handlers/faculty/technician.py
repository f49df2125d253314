"""What happens when technicians are entered, and posts are kept for people from industry."""

from services.training.commands.faculty.technician import (
    CloseSpecialPost,
    CreateSpecialPost,
    RegisterTechnician,
    ResizeSpecialPost,
    UpdateTechnician,
)
from services.training.domain.faculty.special_post import SpecialPost
from services.training.domain.faculty.technician import Technician, TechnicianNoTaken
from services.training.ports import Work


async def register_technician(command: RegisterTechnician, work: Work) -> Technician:
    """Enter a technician under a staff number that is free."""
    await _require_free(command.organization_id, command.entry.staff_no, command.technician_id, work)
    technician = Technician.register(command.technician_id, command.organization_id, command.entry)
    return work.technicians.add(technician)


async def update_technician(command: UpdateTechnician, work: Work) -> Technician:
    """Bring a technician's entry up to date."""
    technician = await work.technicians.get(command.technician_id)
    await _require_free(technician.enterprise_id, command.entry.staff_no, technician.id, work)
    return work.technicians.save(technician.update(command.entry))


async def create_special_post(command: CreateSpecialPost, work: Work) -> SpecialPost:
    """Set up a post."""
    post = SpecialPost.create(
        command.special_post_id,
        university_id=command.organization_id,
        post_kind=command.post_kind,
        title=command.title,
        programme_ids=command.programme_ids,
        seats=command.seats,
    )
    return work.special_posts.add(post)


async def resize_special_post(command: ResizeSpecialPost, work: Work) -> SpecialPost:
    """Offer more seats or fewer."""
    post = await work.special_posts.get(command.special_post_id)
    return work.special_posts.save(post.resize(command.seats))


async def close_special_post(command: CloseSpecialPost, work: Work) -> SpecialPost:
    """Take nobody any more."""
    post = await work.special_posts.get(command.special_post_id)
    return work.special_posts.save(post.close())


async def _require_free(enterprise_id: str, staff_no: str, technician_id: str, work: Work) -> None:
    known = await work.technicians.where(enterprise_id=enterprise_id, staff_no=staff_no)
    if any(other.id != technician_id for other in known):
        raise TechnicianNoTaken
