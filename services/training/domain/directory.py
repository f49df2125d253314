"""What training knows of things that other services own: copies of their published state, never changed here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from shared.errors import Conflict


class OrganizationUnknown(Conflict):
    """Rules ask for an organisation's place and papers for its name, and news of organisations takes a moment."""

    en = "This organisation is not known here yet; if it is registered, try again in a moment."
    zh = "本服务尚未收到该组织的信息；如已登记，请稍后重试。"


class ProgrammeUnknown(Conflict):
    """Credits are converted into a programme that is known here; news of programmes takes a moment to arrive."""

    en = "This programme is not known here yet; if it is registered, try again in a moment."
    zh = "本服务尚未收到该专业的信息；如已登记，请稍后重试。"


class Stated(Protocol):
    """A headcount as an organisation states it."""

    @property
    def occupation_code(self) -> str:
        """Of which occupation."""

    @property
    def site(self) -> str | None:
        """Of which site, None for all."""

    @property
    def employees(self) -> int:
        """How many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Employees:
    """How many people an organisation employs on one kind of post: at one of its sites, or everywhere."""

    occupation_code: str
    employees: int
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrganization:
    """An organisation of the alliance, as partnership publishes it. What it has not stated is None or missing."""

    id: str
    version: int
    kind: str
    name_zh: str
    region_code: str
    industry_code: str | None
    employees_total: int | None = None
    posts: tuple[Employees, ...] | None = None

    def employees_on(self, occupation_code: str, site: str) -> int | None:
        """How many it employs on a kind of post at a site; None where it has not stated it."""
        return employees_at(self.posts or (), occupation_code, site)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUniversity:
    """A university, and where it lies."""

    id: str
    region_code: str


def employees_at(posts: Iterable[Stated], occupation_code: str, site: str) -> int | None:
    """What is stated of the site, else of the whole organisation; None where neither is."""
    stated = {post.site: post.employees for post in posts if post.occupation_code == occupation_code}
    return stated.get(site, stated.get(None))


def called(id: str, organizations: Mapping[str, KnownOrganization]) -> str:
    """What an organisation is called on paper. Raises `OrganizationUnknown` where it is not known here yet."""
    if id not in organizations:
        raise OrganizationUnknown
    return organizations[id].name_zh


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownProgramme:
    """A programme of a university, as talent publishes it. `code` is the catalogue's; None: not told here yet."""

    id: str
    version: int
    university_id: str
    total_half_credits: int
    status: str
    code: str | None = None
