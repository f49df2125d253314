"""What happens when technicians are entered, and posts are kept for people from industry."""

from services.training.commands.faculty.technician import (
    CloseSpecialPost,
    CreateSpecialPost,
    RegisterTechnician,
    ResizeSpecialPost,
    UpdateSpecialPost,
    UpdateTechnician,
)
from services.training.domain.faculty.special_post import PostNoTaken, SpecialPost
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
    """Set up a post, under a number of the university's own that is free."""
    await _require_post_no_free(command.organization_id, command.entry.post_no, work)
    return work.special_posts.add(SpecialPost.create(command.special_post_id, command.organization_id, command.entry))


async def resize_special_post(command: ResizeSpecialPost, work: Work) -> SpecialPost:
    """Offer more seats or fewer, and give the post its number, if one is said."""
    post = (await work.special_posts.get(command.special_post_id)).resize(command.seats)
    if command.post_no is not None and command.post_no != post.post_no:
        await _require_post_no_free(post.university_id, command.post_no, work)
        post = post.numbered(command.post_no)
    return work.special_posts.save(post)


async def update_special_post(command: UpdateSpecialPost, work: Work) -> SpecialPost:
    """Bring a post up to date."""
    post = await work.special_posts.get(command.special_post_id)
    return work.special_posts.save(post.update(command.change))


async def close_special_post(command: CloseSpecialPost, work: Work) -> SpecialPost:
    """Take nobody any more."""
    post = await work.special_posts.get(command.special_post_id)
    return work.special_posts.save(post.close())


async def _require_post_no_free(university_id: str, post_no: str | None, work: Work) -> None:
    if post_no is not None and await work.special_posts.where(university_id=university_id, post_no=post_no):
        raise PostNoTaken


async def _require_free(enterprise_id: str, staff_no: str, technician_id: str, work: Work) -> None:
    known = await work.technicians.where(enterprise_id=enterprise_id, staff_no=staff_no)
    if any(other.id != technician_id for other in known):
        raise TechnicianNoTaken
