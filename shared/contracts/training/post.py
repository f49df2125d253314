"""Posts for interns, from the offer to its end. Wages, fees and hours stay inside."""

from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import Code, Count, Known, Name, RegionCode
from shared.contracts.ids import AgreementId, OrganizationId, PostId

Hazard = Annotated[
    str,
    Known(
        "high_altitude", "underground", "radioactive", "toxic", "flammable_explosive", "other_high_risk",
        "other_harmful",
    ),
]  # fmt: skip
VenueKind = Annotated[
    str,
    Known(
        "production", "office", "shop", "hotel_or_restaurant", "care", "school", "laboratory", "construction_site",
        "farm", "transport", "other", "bar", "night_club", "karaoke", "bath_house", "video_game_hall", "internet_cafe",
    ),
]  # fmt: skip


class PostBody(Body):
    """A post: whose it is, what is done there, and how many interns it takes at once."""

    post_id: PostId
    enterprise_id: OrganizationId
    agreement_id: AgreementId | None = None
    title: Name
    occupation_code: Code
    site: Name
    country: Code
    region_code: RegionCode | None = None
    headcount: Count
    hazards: list[Hazard] = []
    venue_kind: VenueKind
    labour_grade: int | None = Field(default=None, ge=1, le=4)
    programme_categories: list[Code] = []


@named("training.post.created", key="post_id")
class PostCreated(PostBody, Event):
    """An enterprise offers a post for interns."""


@named("training.post.updated", key="post_id")
class PostUpdated(PostBody, Event):
    """The enterprise said anew what the post is."""


@named("training.post.closed", key="post_id")
class PostClosed(PostBody, Event):
    """No more interns are placed on the post."""


@named("training.post.state", key="post_id")
class PostState(PostBody, State):
    """A post as it is now."""

    status: Annotated[str, Known("open", "closed")]
