"""Posts for interns over HTTP."""

from typing import Final

from services.training.api.access import READ, WIDE, WRITE
from services.training.api.internship.post_body import CreatePostBody, PostTermsBody, PostView, Site
from services.training.api.view import Reason
from services.training.commands.internship.post import ClosePost, CreatePost, UpdatePost
from services.training.domain.internship.post import Post, PostStatus
from services.training.handlers.internship import post as handlers
from shared.contracts.fields import Code
from shared.contracts.ids import AgreementId, OrganizationId, PostId, new_id
from shared.identity.access import allow
from shared.identity.router import AccessRouter
from shared.web.edge import EdgeIn
from shared.web.pages import Page, PageIn
from shared.web.regions import Region, within

router: Final = AccessRouter(tags=["internships"])
_OWN: Final = allow("enterprise_admin", scope=None)
READERS: Final = allow(
    "enterprise_admin",
    "enterprise_mentor",
    "university_coop_office",
    "university_academic_office",
    "teacher",
    "student",
    scope=READ,
    alliance_wide=WIDE,
)


@router.post("/v1/posts", status_code=201, access=allow("enterprise_admin", scope=WRITE))
async def create_post(body: CreatePostBody, edge: EdgeIn) -> PostView:
    """Offer a post of one's own enterprise."""
    command = CreatePost(
        post_id=new_id("post"),
        organization_id=edge.organization_id,
        agreement_id=body.agreement_id,
        terms=body.terms,
    )
    return await edge.act(handlers.create_post, command, answer=PostView.of_post, location="/v1/posts/{id}")


@router.put("/v1/posts/{post_id}", access=_OWN)
async def update_post(post_id: PostId, body: PostTermsBody, edge: EdgeIn) -> PostView:
    """Say anew what a post is; whoever was placed before keeps the conditions that were checked."""
    command = UpdatePost(post_id=post_id, organization_id=edge.organization_id, terms=body.terms)
    return await edge.act(handlers.update_post, command, on=(Post, post_id), answer=PostView.of_post)


@router.post("/v1/posts/{post_id}/closure", access=_OWN)
async def close_post(post_id: PostId, body: Reason, edge: EdgeIn) -> PostView:
    """Offer a post no more."""
    command = ClosePost(post_id=post_id, organization_id=edge.organization_id, reason=body.reason)
    return await edge.act(handlers.close_post, command, on=(Post, post_id), answer=PostView.of_post)


@router.get("/v1/posts/{post_id}", access=READERS)
async def post(post_id: PostId, edge: EdgeIn) -> PostView:
    """One post."""
    return await edge.show(Post, post_id, PostView.of_post)


@router.get("/v1/posts", access=READERS)
async def posts(
    edge: EdgeIn,
    page: PageIn,
    *,
    status: PostStatus | None = None,
    enterprise_id: OrganizationId | None = None,
    occupation_code: Code | None = None,
    site: Site | None = None,
    agreement_id: AgreementId | None = None,
    region_code: Region | None = None,
) -> Page[PostView]:
    """The posts of the alliance; a region takes in all that lies in it."""
    return await edge.page(
        Post,
        page,
        PostView.of_post,
        status=status,
        enterprise_id=enterprise_id,
        occupation_code=occupation_code,
        site=site,
        agreement_id=agreement_id,
        region_code=within(region_code),
    )
