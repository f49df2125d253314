"""What an enterprise's quota calendar is drawn from: its people, its open posts, and whom it has already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from services.training.domain.directory import KnownOrganization, OrganizationUnknown
from services.training.domain.internship.post import Post
from services.training.domain.internship.rules.quota_calendar import PostKind, QuotaCalendar, Staff, quota_calendar
from services.training.domain.internship.unit import ExternalInterns, InternshipUnit
from shared.errors import Invalid
from shared.rules import Rule, jurisdiction_of


class QuotaRange(Invalid):
    """A calendar covers a time that somebody can plan for."""

    en = "The calendar runs from a day to the same or a later one, over {days} days at most."
    zh = "查询时段的结束日期不得早于开始日期，且最长为 {days} 天。"


@dataclass(frozen=True, slots=True, order=True)
class Present:
    """So many interns on a kind of post on all of these days."""

    starts_on: date
    ends_on: date
    occupation_code: str
    site: str
    count: int

    @classmethod
    def declared(cls, interns: ExternalInterns) -> Self:
        """Interns of other schools."""
        return cls(interns.starts_on, interns.ends_on, interns.occupation_code, interns.site, interns.interns)

    @classmethod
    def placed(cls, group: Mapping[str, Any], count: int) -> tuple[Self, ...]:
        """So many placements of one occupation, site and segments, these as they are kept."""
        return tuple(
            cls(
                date.fromisoformat(segment["starts_on"]),
                date.fromisoformat(segment["ends_on"]),
                group["occupation_code"],
                group["site"],
                count,
            )
            for segment in group["segments"]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaBoard:
    """What is known of a unit as far as its quotas go. `interns` are those who take a place on a post.

    `home` is whose rules are asked: the enterprise's own, or those of the university that wants to send interns.
    """

    unit: InternshipUnit
    organization: KnownOrganization | None
    home: KnownOrganization | None
    posts: tuple[Post, ...]
    interns: tuple[Present, ...]

    @property
    def jurisdiction(self) -> str:
        """Where the rules are asked. Raises `OrganizationUnknown`."""
        if self.home is None:
            raise OrganizationUnknown
        return jurisdiction_of(self.home.region_code, self.home.id)

    @property
    def employees_total(self) -> int | None:
        """All of the unit's employees, None where they are not known."""
        return self.organization.employees_total if self.organization else None

    def employees_on(self, kind: PostKind) -> int | None:
        """The employees on a kind of post, None where they are not known."""
        return self.organization.employees_on(kind.occupation_code, kind.site) if self.organization else None

    def posts_of(self, kind: PostKind) -> tuple[Post, ...]:
        """The open posts of one kind."""
        return tuple(post for post in self.posts if (post.occupation_code, post.site) == kind)

    def calendar(self, first: date, last: date, *, unit_rule: Rule, post_rule: Rule) -> QuotaCalendar:
        """The free places on every day from first to last, of every kind of post that is open or has interns then."""
        declared = self.unit.external_interns
        external = None if declared is None else tuple(map(Present.declared, declared))
        return quota_calendar(
            Staff(self.employees_total, self.employees_on),
            [PostKind(post.occupation_code, post.site) for post in self.posts],
            self.interns,
            external,
            first=first,
            last=last,
            unit_rule=unit_rule,
            post_rule=post_rule,
        )


def require_plannable(first: date, last: date, *, days: int) -> None:
    """Raise `QuotaRange` unless the days are in order and no more than so many."""
    if not 0 <= (last - first).days < days:
        raise QuotaRange(days=days)
