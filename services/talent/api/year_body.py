"""The numbers of a programme's year as they come in: shares in percent, money in yuan, ratios as they are spoken of."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

from services.talent.domain.programme_year import ProgrammeYear, YearMetrics
from shared.contracts.fields import Count

_HUNDRED: Final = 100

Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
Yuan = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
Ratio = Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)]
Year = Annotated[int, Field(ge=2010, le=2199)]
Day = Annotated[date, Field(ge=date(2010, 1, 1), le=date(2199, 12, 31))]


class MetricsBody(BaseModel):
    """All numbers of a year; what is left out is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    plan_quota: Count | None = None
    first_choice_applicants: Count | None = None
    enrolled: Count | None = None
    registered: Count | None = None
    students: Count | None = None
    graduates: Count | None = None
    destination_rate: Percent | None = None
    first_employment_rate: Percent | None = None
    first_employment_counted_on: Day | None = None
    related_job_rate: Percent | None = None
    local_stay_rate: Percent | None = None
    average_pay: Yuan | None = None
    satisfaction: Percent | None = None
    employer_satisfaction: Percent | None = None
    dual_qualified_rate: Percent | None = None
    students_per_teacher: Ratio | None = None
    stations_per_100_students: Count | None = None
    partner_enterprises: Count | None = None
    external_bases: Count | None = None
    x_pass_rate: Percent | None = None
    cost_per_student: Yuan | None = None
    same_code_in_region: Count | None = None

    @property
    def metrics(self) -> YearMetrics:
        """The numbers as they are kept."""
        kept: dict[str, Any] = {kept: _kept(getattr(self, said)) for said, kept in _NAMES.items()}
        return YearMetrics(**kept)


class YearBody(MetricsBody):
    """The numbers of a year."""

    year: Year


class ProgrammeYearView(MetricsBody):
    """The numbers of a programme in a year, as they came in."""

    id: str
    programme_id: str
    university_id: str
    year: int
    version: int

    @classmethod
    def of_year(cls, entered: ProgrammeYear) -> "ProgrammeYearView":
        """The view of a year."""
        same = {name: getattr(entered, name) for name in ("id", "programme_id", "university_id", "year", "version")}
        return cls(**same, **{said: _said(said, getattr(entered.metrics, kept)) for said, kept in _NAMES.items()})


def _kept_as(said: str) -> str:
    kept = {"students_per_teacher": "students_per_100_teachers"}
    for unit in ("", "_bp", "_fen"):
        if (name := kept.get(said, said) + unit) in _KEPT:
            return name
    raise LookupError(said)


def _kept(value: object) -> object:
    return int(value * _HUNDRED) if isinstance(value, Decimal) else value


def _said(name: str, value: int | date | None) -> object:
    if value is None or _NAMES[name] == name:
        return value
    assert isinstance(value, int)  # noqa: S101
    return Decimal(value) / _HUNDRED


_KEPT: Final = {field.name for field in fields(YearMetrics)}
_NAMES: Final = {name: _kept_as(name) for name in MetricsBody.model_fields}
"""By which name a number is kept: in hundredths under another than it is said by."""
