"""What a training base is to be, where it lies, and why it may be built without an enterprise of its sector."""

from dataclasses import dataclass
from enum import StrEnum

from shared.contracts.partnership import Skill
from shared.words import Worded


class BaseKind(Worded):
    """The kinds of bases that there are. The contracts are open for others, which stay without a word."""

    ON_CAMPUS_PRODUCTIVE = "on_campus_productive", "校内生产性实训基地", "productive base on campus"
    OFF_CAMPUS_INTERNSHIP = "off_campus_internship", "校外实习基地", "internship base off campus"
    FACTORY_IN_SCHOOL = "factory_in_school", "校中厂", "factory in school"
    PUBLIC_TRAINING = "public_training", "公共实训基地", "public training base"
    VIRTUAL_SIMULATION = "virtual_simulation", "虚拟仿真实训基地", "virtual simulation base"
    REGIONAL_PRACTICE_CENTRE = "regional_practice_centre", "区域产教融合实践中心", "regional practice centre"
    MAKER_SPACE = "maker_space", "众创空间", "maker space"


class BaseFunction(Worded):
    """What a base is for; a comprehensive one has all three."""

    CONSTRUCTION = "construction", "基地建设", "construction"
    TRAINING_TEACHING = "training_teaching", "实训教学", "training teaching"
    PRODUCTION_SERVICE = "production_service", "生产服务", "production service"


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
