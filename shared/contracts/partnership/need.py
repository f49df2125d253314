"""What organisations look for, from posting to fulfilment."""

from datetime import date
from typing import Annotated

from pydantic import Field

from shared.contracts.event import Body, Event, State, named
from shared.contracts.fields import (
    Code,
    Count,
    Fen,
    Instant,
    Known,
    Latitude,
    LineNo,
    Longitude,
    Name,
    RegionCode,
    SkillLevel,
    Text,
)
from shared.contracts.ids import AgreementId, NeedId, OrganizationId
from shared.contracts.partnership.skill import Skill

NeedKind = Annotated[
    str,
    Known(
        "talent", "order_class", "internship_posts", "teacher_practice_posts", "technician_supply", "co_build_base",
        "co_run_entity", "rnd", "staff_training", "base_hours", "overseas_training",
    ),
]  # fmt: skip
Visibility = Annotated[str, Known("public", "alliance", "named")]


class NeedLine(Body):
    """One line of a need: so many of one kind."""

    line_no: LineNo
    kind: NeedKind
    headcount: int = Field(ge=1, le=100_000)


class NeedBody(Body):
    """What an organisation looks for. Of a need with restricted visibility only ids, lines, region and dates go out."""

    need_id: NeedId
    organization_id: OrganizationId
    lines: list[NeedLine] = Field(min_length=1, max_length=100)
    title: Name | None = None
    occupation_codes: list[Code] = []
    skills: list[Skill] = []
    skill_level: SkillLevel | None = None
    starts_on: date
    ends_on: date
    region_code: RegionCode
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    visibility: Visibility
    named_organization_ids: list[OrganizationId] = []
    budget_fen: Fen | None = None
    conditions: dict[Name, Text] | None = None
    expires_at: Instant


@named("partnership.need.posted", key="need_id")
class NeedPosted(NeedBody, Event):
    """An enterprise (or another organisation) posted a need: who can meet it is now being looked for."""


@named("partnership.need.amended", key="need_id")
class NeedAmended(NeedBody, Event):
    """A posted need changed; the whole need as it is now."""


@named("partnership.need.withdrawn", key="need_id")
class NeedWithdrawn(Event):
    """The organisation no longer looks for it."""

    need_id: NeedId
    organization_id: OrganizationId
    reason: Text


@named("partnership.need.expired", key="need_id")
class NeedExpired(Event):
    """Nobody met the need in time."""

    need_id: NeedId
    organization_id: OrganizationId


@named("partnership.need.contracted", key="need_id")
class NeedContracted(Event):
    """An agreement was signed for one line of the need."""

    need_id: NeedId
    organization_id: OrganizationId
    line_no: LineNo
    agreement_id: AgreementId
    days_to_contract: Count


@named("partnership.need.fulfilled", key="need_id")
class NeedFulfilled(Event):
    """One line of the need got all that it asked for."""

    need_id: NeedId
    organization_id: OrganizationId
    line_no: LineNo
    agreement_id: AgreementId
    headcount_filled: Count


class NeedLineState(NeedLine):
    """A line of a need, and how far it has come."""

    status: Annotated[str, Known("open", "matched", "contracted", "fulfilled")]
    headcount_filled: Count


@named("partnership.need.state", key="need_id")
class NeedState(NeedBody, State):
    """A need as it is now."""

    status: Annotated[
        str,
        Known("draft", "posted", "matching", "matched", "contracted", "fulfilled", "withdrawn", "expired"),
    ]
    lines: list[NeedLineState] = Field(min_length=1, max_length=100)  # type: ignore[assignment]
