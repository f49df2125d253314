"""What may be asked about posts for interns. `organization_id` is the caller's."""

from dataclasses import dataclass

from services.training.domain.internship.post_terms import PostTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePost:
    """Offer a post of one's own enterprise, under an agreement on internships or under none."""

    post_id: str
    organization_id: str
    agreement_id: str | None
    terms: PostTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePost:
    """Say anew what a post is."""

    post_id: str
    organization_id: str
    terms: PostTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePost:
    """Offer a post no more."""

    post_id: str
    organization_id: str
    reason: str
