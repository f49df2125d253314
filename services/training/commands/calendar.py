"""What may be asked about the calendar."""

from dataclasses import dataclass

from services.training.domain.calendar_year import SpecialDay


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterYear:
    """Enter the days of a year whole, in place of what was entered of it before."""

    year: int
    days: tuple[SpecialDay, ...]
