"""What a training base is to be, where it lies, and why it may be built without an enterprise of its sector."""

from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.partnership import Skill


class ExceptionReason(StrEnum):
    """Why a base may be built although no enterprise of its sector takes part."""

    NO_ENTERPRISE_IN_REGION = "no_enterprise_of_sector_in_region"
    ENTERPRISE_JOINS_LATER = "enterprise_joins_later"
    PUBLIC_FACILITY = "public_facility"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorException:
    """The exception from BAS-01 that a named approver accepted; the decision holds its inputs."""

    decision_id: str
    approver_role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a base lies; the two coordinates are given together or not at all."""

    region_code: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasePlan:
    """What a base is to be, as its operator plans it; `base_kind` and the functions are the contracts' words."""

    name: str
    base_kind: str
    functions: tuple[str, ...]
    industry_codes: tuple[str, ...]
    skills: tuple[Skill, ...]
    stations: int
    place: Place
    open_scope: str
