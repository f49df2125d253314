"""What happens when an enterprise offers a post for interns, changes it, or offers it no more."""

from services.training.commands.internship.post import ClosePost, CreatePost, UpdatePost
from services.training.domain.agreement import Agreement
from services.training.domain.internship.post import Post, require_at
from services.training.domain.internship.post_refusals import AgreementUnknown
from services.training.handlers.internship.unit import unit_of
from services.training.ports import Work


async def create_post(command: CreatePost, work: Work) -> Post:
    """Offer a post; with the first one the enterprise becomes a unit for internships."""
    unit = await unit_of(command.organization_id, work)
    agreement = await _agreement(command.agreement_id, work)
    await _require_base(command.terms.base_id, unit.enterprise_id, work)
    post, created = Post.create(
        command.post_id, enterprise_id=unit.enterprise_id, agreement=agreement, terms=command.terms
    )
    return work.posts.add(post, created)


async def update_post(command: UpdatePost, work: Work) -> Post:
    """Say anew what a post is."""
    post = await work.posts.get(command.post_id)
    await _require_base(command.terms.base_id, post.enterprise_id, work)
    updated, fact = post.update(command.terms, by=command.organization_id)
    return work.posts.save(updated, fact)


async def close_post(command: ClosePost, work: Work) -> Post:
    """Offer a post no more."""
    post = await work.posts.get(command.post_id)
    closed, fact = post.close(by=command.organization_id)
    work.audit("close", post.id, organization_id=command.organization_id, reason=command.reason)
    return work.posts.save(closed, fact)


async def _require_base(base_id: str | None, enterprise_id: str, work: Work) -> None:
    if base_id is not None:
        require_at(await work.bases.find(base_id), enterprise_id)


async def _agreement(agreement_id: str | None, work: Work) -> Agreement | None:
    if agreement_id is None:
        return None
    agreement = await work.agreements.find(agreement_id)
    if agreement is None:
        raise AgreementUnknown
    return agreement
