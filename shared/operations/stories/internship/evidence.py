"""What there is after story S2, read over HTTP once everything has come to rest."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.operations.stories.cast import OFFICE
from shared.operations.stories.internship.cast import InternshipCast
from shared.operations.stories.internship.judging import Judged
from shared.operations.stories.internship.offering import unit_of
from shared.operations.stories.teller import Caller, Teller
from shared.operations.stories.telling import Rest, at_rest, set_aside


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipTold:
    """Story S2, told to its end: by whom, with whom, and what became of the placements."""

    teller: Teller
    cast: InternshipCast
    agreement: str
    judged: Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipEvidence:
    """Everything that the findings are made of.

    `statuses` are those of the placements, `quota` how many interns the unit may still take, `authority` and
    `alliance` the digests of the exception in their inboxes.
    """

    rest: Rest
    statuses: Mapping[str, str]
    quota: Mapping[str, Any]
    authority: Sequence[Mapping[str, Any]]
    alliance: Sequence[Mapping[str, Any]]
    set_aside: Mapping[str, Sequence[str]]


async def gather(story: InternshipTold) -> InternshipEvidence:
    """Wait until nothing moves any more, then read."""
    teller, cast = story.teller, story.cast
    rest = await at_rest(teller, story.agreement)
    placements = await teller.all(cast.cooperation, "training", "/v1/placements", university_id=cast.university)
    unit = await unit_of(teller, cast)
    days = {"from": cast.starts_on.isoformat(), "to": cast.ends_on.isoformat()}
    return InternshipEvidence(
        rest=rest,
        statuses={placement["id"]: placement["status"] for placement in placements},
        quota=await teller.get(cast.administrator, "training", f"/v1/internship-units/{unit['id']}/quota", **days),
        authority=await _digests(teller, cast.authority, story),
        alliance=await _digests(teller, OFFICE, story),
        set_aside=await set_aside(teller),
    )


async def _digests(teller: Teller, who: Caller, story: InternshipTold) -> list[Mapping[str, Any]]:
    """What somebody was told of exceptions in this story."""
    told = await teller.all(who, "notify", "/v1/inbox", template="rule_overridden")
    return [item for item in told if item["subject"] == story.judged.over_unit]
