"""What happens when a technician's engagement is proposed, approved, begun, taught, ended."""

from services.training.commands.faculty.technician import (
    ApproveEngagement,
    CompleteEngagement,
    EndEngagementEarly,
    EngageTechnician,
    RecordTeachingHours,
    StartEngagement,
)
from services.training.domain.faculty.engagement import TechnicianEngagement
from services.training.domain.faculty.special_post import SpecialPost
from services.training.domain.faculty.taught_day import TaughtDay, TaughtEntry, day_id, require_days_of
from services.training.ports import Work
from shared.errors import NotFound


async def engage_technician(command: EngageTechnician, work: Work) -> TechnicianEngagement:
    """Propose an engagement on a post of one's own, where it is of a kind that needs one."""
    technician = await work.technicians.get(command.technician_id)
    engagement = TechnicianEngagement.propose(
        command.engagement_id,
        university_id=command.organization_id,
        technician=technician,
        post=await _own_post(command, work),
        plan=command.plan,
    )
    return work.engagements.add(engagement)


async def approve_engagement(command: ApproveEngagement, work: Work) -> TechnicianEngagement:
    """Agree, and take the seat."""
    engagement = (await work.engagements.get(command.engagement_id)).approve(by=command.organization_id)
    if engagement.special_post_id is not None:
        post = await work.special_posts.get(engagement.special_post_id)
        work.special_posts.save(post.take(engagement.id))
    return work.engagements.save(engagement)


async def start_engagement(command: StartEngagement, work: Work) -> TechnicianEngagement:
    """Begin what the enterprise has approved."""
    engagement = await work.engagements.get(command.engagement_id)
    started, engaged = engagement.start(by=command.organization_id, on=work.context.today)
    return work.engagements.save(started, engaged)


async def record_teaching_hours(command: RecordTeachingHours, work: Work) -> TechnicianEngagement:
    """Keep what was taught, a row a day; a day that is there already is corrected."""
    engagement = await work.engagements.get(command.engagement_id)
    engagement.require_active(by=command.organization_id)
    require_days_of(engagement, command.entries, on=work.context.today)
    replaced = sum([await _record(engagement, entry, work) for entry in command.entries])
    minutes = sum(entry.minutes for entry in command.entries)
    return work.engagements.save(engagement.taught(minutes, instead_of=replaced))


async def complete_engagement(command: CompleteEngagement, work: Work) -> TechnicianEngagement:
    """End it in time, and free its seat."""
    engagement = await work.engagements.get(command.engagement_id)
    completed, fact = engagement.complete(by=command.organization_id, on=work.context.today)
    await _leave_post(completed, work)
    return work.engagements.save(completed, fact)


async def end_engagement_early(command: EndEngagementEarly, work: Work) -> TechnicianEngagement:
    """End it before its time, and free its seat."""
    ended, facts = (await work.engagements.get(command.engagement_id)).end_early(command.reason)
    await _leave_post(ended, work)
    work.audit("end early", ended.id, organization_id=command.organization_id, reason=command.reason)
    return work.engagements.save(ended, *facts)


async def _own_post(command: EngageTechnician, work: Work) -> SpecialPost | None:
    if command.special_post_id is None:
        return None
    post = await work.special_posts.get(command.special_post_id)
    if post.university_id != command.organization_id:
        raise NotFound(kind=SpecialPost.kind)
    return post


async def _record(engagement: TechnicianEngagement, entry: TaughtEntry, work: Work) -> int:
    """Keep one day; the minutes that stood there before."""
    kept = await work.taught_days.find(day_id(engagement.id, entry.taught_on))
    if kept is None:
        work.taught_days.add(TaughtDay.of(engagement, entry))
        return 0
    work.taught_days.save(kept.corrected(entry))
    return kept.minutes


async def _leave_post(engagement: TechnicianEngagement, work: Work) -> None:
    if engagement.special_post_id is not None:
        post = await work.special_posts.get(engagement.special_post_id)
        work.special_posts.save(post.leave(engagement.id))
