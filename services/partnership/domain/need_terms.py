"""What a need says: what is looked for, when, where and for whose eyes; and which part of it may travel in events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.partnership.domain.need_line import NeedLine
from shared.contracts.partnership import Skill


class Visibility(StrEnum):
    """Who may see a need: everybody, every member of the alliance, or only those whom it names."""

    PUBLIC = "public"
    ALLIANCE = "alliance"
    NAMED = "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedDetails:
    """What a need that names its readers tells only them, over HTTP and in no event."""

    title: str
    occupation_codes: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    skill_level: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    budget_fen: int | None = None
    conditions: Mapping[str, str] | None = None

    def told(self, visibility: Visibility) -> dict[str, object]:
        """What events may say of it: nothing of a named need, money and conditions only inside the alliance."""
        if visibility is Visibility.NAMED:
            return {}
        inside = {"budget_fen": self.budget_fen, "conditions": self.conditions}
        return {
            "title": self.title,
            "occupation_codes": self.occupation_codes,
            "skills": self.skills,
            "skill_level": self.skill_level,
            "latitude": self.latitude,
            "longitude": self.longitude,
            **(inside if visibility is Visibility.ALLIANCE else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedTerms:
    """What is posted. `expires_at` None is the end of the last day."""

    lines: tuple[NeedLine, ...]
    starts_on: date
    ends_on: date
    region_code: str
    visibility: Visibility
    named_organization_ids: tuple[str, ...]
    expires_at: datetime | None
    details: NeedDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedChanges:
    """A partial change of what a need says; None leaves a field as it is."""

    lines: tuple[NeedLine, ...] | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    region_code: str | None = None
    visibility: Visibility | None = None
    named_organization_ids: tuple[str, ...] | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailChanges:
    """A partial change of a need's details; None leaves a field as it is."""

    title: str | None = None
    occupation_codes: tuple[str, ...] | None = None
    skills: tuple[Skill, ...] | None = None
    skill_level: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    budget_fen: int | None = None
    conditions: Mapping[str, str] | None = None
