"""What may be asked about technicians, their engagements and posts. `organization_id` is the caller's."""

from dataclasses import dataclass

from services.training.domain.faculty.engagement import EngagementPlan
from services.training.domain.faculty.special_post import SpecialPostChange, SpecialPostEntry
from services.training.domain.faculty.taught_day import TaughtEntry
from services.training.domain.faculty.technician import TechnicianEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterTechnician:
    """Enter a technician of one's enterprise."""

    technician_id: str
    organization_id: str
    entry: TechnicianEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTechnician:
    """Bring a technician's entry up to date."""

    technician_id: str
    entry: TechnicianEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSpecialPost:
    """Set up a post for people from industry."""

    special_post_id: str
    organization_id: str
    entry: SpecialPostEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ResizeSpecialPost:
    """Offer more seats or fewer; with `post_no`, give the post this number of the university's own."""

    special_post_id: str
    seats: int
    post_no: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSpecialPost:
    """Bring a post up to date."""

    special_post_id: str
    change: SpecialPostChange


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSpecialPost:
    """Take nobody any more."""

    special_post_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EngageTechnician:
    """Propose an engagement to a technician's enterprise."""

    engagement_id: str
    organization_id: str
    technician_id: str
    special_post_id: str | None
    plan: EngagementPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveEngagement:
    """Agree for the enterprise."""

    engagement_id: str
    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEngagement:
    """Begin."""

    engagement_id: str
    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTeachingHours:
    """Record what was taught, by day; a day that is recorded again is corrected."""

    engagement_id: str
    organization_id: str
    entries: tuple[TaughtEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteEngagement:
    """Say that it is over."""

    engagement_id: str
    organization_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEngagementEarly:
    """End it before its time, or decline what was proposed."""

    engagement_id: str
    organization_id: str
    reason: str
