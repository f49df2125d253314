"""What may be asked of talent, in the imperative."""

from dataclasses import dataclass

from services.talent.domain.programme import ProgrammeEntry
from services.talent.domain.programme_year import YearMetrics


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProgramme:
    """Enter a programme of a university."""

    programme_id: str
    university_id: str
    entry: ProgrammeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateProgramme:
    """Replace the entry of a programme."""

    programme_id: str
    entry: ProgrammeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterProgrammeYear:
    """Enter the numbers of a programme for one year."""

    year_id: str
    programme_id: str
    year: int
    metrics: YearMetrics


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectProgrammeYear:
    """State the numbers of a year anew."""

    year_id: str
    metrics: YearMetrics


@dataclass(frozen=True, slots=True, kw_only=True)
class RankNeed:
    """Say who could meet each line of a need as things are now, and who could not and why."""

    need_id: str
