"""One day on which a technician taught, a row of its own; recorded anew, it is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from services.training.domain.faculty.engagement import TechnicianEngagement
from services.training.domain.faculty.engagement_refusals import DayTwice, OutsideEngagement
from shared.kernel.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtEntry:
    """What is recorded of one day."""

    taught_on: date
    minutes: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtDay(Aggregate):
    """A day of one engagement. `id` holds both, so that the database knows no day twice."""

    kind: ClassVar[str] = "taught_day"
    engagement_id: str
    technician_id: str
    university_id: str
    enterprise_id: str
    taught_on: date
    minutes: int
    text: str

    @classmethod
    def of(cls, engagement: TechnicianEngagement, entry: TaughtEntry) -> Self:
        """The entry as a row of this engagement."""
        return cls(
            id=day_id(engagement.id, entry.taught_on),
            story=engagement.story,
            engagement_id=engagement.id,
            technician_id=engagement.technician_id,
            university_id=engagement.university_id,
            enterprise_id=engagement.enterprise_id,
            taught_on=entry.taught_on,
            minutes=entry.minutes,
            text=entry.text,
        )

    @property
    def owners(self) -> frozenset[str]:
        """Both sides and the technician."""
        return frozenset({self.university_id, self.enterprise_id, self.technician_id})

    def corrected(self, entry: TaughtEntry) -> Self:
        """What is recorded anew of the same day."""
        return replace(self, minutes=entry.minutes, text=entry.text)


def day_id(engagement_id: str, day: date) -> str:
    """Under which id the day of an engagement is kept."""
    return f"{engagement_id}/{day.isoformat()}"


def require_days_of(engagement: TechnicianEngagement, entries: Sequence[TaughtEntry], *, on: date) -> None:
    """Raise what forbids these entries: a day twice, outside the engagement, or in the future."""
    days = {entry.taught_on for entry in entries}
    if len(days) < len(entries):
        raise DayTwice
    if min(days) < engagement.starts_on or max(days) > min(engagement.ends_on, on):
        raise OutsideEngagement(first=engagement.starts_on, last=engagement.ends_on)
